import type { Badge, IssuerProof, Snapshot } from '../../shared/model/badge.ts';
import { type Instant, parseUrl, type Sha256 } from '../../shared/model/brands.ts';
import type { Clock, Fetcher } from '../../shared/model/effects.ts';
import type { FindingCode, Outcome, Verdict } from '../../shared/model/verdict.ts';
import type { ManifestItem } from '../../shared/publish/manifest.ts';
import {
  maxPublishedSnapshotBytes,
  type PublishedSnapshot,
  parsePublishedSnapshot,
} from '../../shared/publish/published-snapshot.ts';
import { parseSaid, type Said } from '../../shared/publish/said.ts';
import { snapshotFetcher } from '../../shared/verify/snapshot.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import { nodeCryptography as cryptography } from '../node-cryptography.ts';
import type { AccountId, Session } from '../storage/storage.ts';
import { inBrief } from './badge-in-brief.ts';

/** What is known of one published badge: by whom, and what it says. */
export type Finding = {
  readonly badge?: Badge;
  readonly verdict: Verdict;
  readonly issuerProof: IssuerProof;
};

/** Both are kept: `checked` is this server's own, `recorded` rests on what the learner handed in and proves nothing. */
export type Findings = { readonly recorded?: Finding; readonly checked?: Finding };

/** Reads what `findingsText` wrote. */
export function readFindings(text: string | undefined): Findings {
  return text === undefined ? {} : (JSON.parse(text) as Findings);
}

export function findingsText(findings: Findings): string {
  return JSON.stringify(findings);
}

/** Verifies a published document for this server, with this server's own fetcher; `snapshot`: all that was answered. */
export async function checkDocument(
  bytes: Uint8Array,
  effects: { readonly fetch: Fetcher; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<{ readonly finding: Finding; readonly snapshot: Snapshot }> {
  const { fetch, clock, signal } = effects;
  const verification = await verifyBadge(
    { kind: 'bytes', bytes },
    { signal },
    { fetch, clock, cryptography },
  );
  return { finding: findingOf(verification), snapshot: verification.snapshot };
}

/**
 * Reads a published badge out of what the learner published with it, asking nobody: good for showing what it says
 * while the issuer does not answer. Whatever it seems to prove, a stranger may have made it up (threats T72), so its
 * proof is dropped here, at the source.
 */
export async function recordDocument(
  item: Extract<ManifestItem, { doc: Sha256 }>,
  account: AccountId,
  indexes: PublishedIndexes,
  session: Session,
): Promise<Finding | undefined> {
  const document = await session.published.document(account, item.doc);
  if (document === undefined) return undefined;
  const entries = new Map<string, PublishedSnapshot['documents'][number]>();
  for (const hash of item.with)
    for (const entry of (await indexes(hash, session))?.documents ?? []) {
      const asked = parseUrl(entry.address);
      if (asked.ok && item.with.includes(entry.hash)) entries.set(asked.value, entry);
    }
  const { seenValidAt } = item;
  // Only what the check asks for is read: a manifest may name more, many times over, than a server can read at once.
  const fetch: Fetcher = async (request) => {
    const entry = entries.get(request.url);
    const part =
      entry === undefined
        ? undefined
        : await session.published.document(account, entry.hash, request.maxBytes);
    const documents = entry === undefined || part === undefined ? [] : [{ ...entry, bytes: part.bytes }];
    return snapshotFetcher({ taken: seenValidAt, documents })(request);
  };
  const clock = () => seenValidAt;
  const finding = findingOf(
    await verifyBadge({ kind: 'bytes', bytes: document.bytes }, {}, { fetch, clock, cryptography }),
  );
  return { ...finding, issuerProof: { kind: 'none' } };
}

/** The index that a published document is, if it is one. */
export type PublishedIndexes = (hash: Sha256, session: Session) => Promise<PublishedSnapshot | undefined>;

/** The indexes that an account publishes, each read once for all the badges that name it. */
export function publishedIndexes(account: AccountId): PublishedIndexes {
  const read = new Map<Sha256, PublishedSnapshot | undefined>();
  return async (hash, { published }) => {
    if (read.has(hash)) return read.get(hash);
    const kept = await published.document(account, hash, maxPublishedSnapshotBytes);
    const index = kept === undefined ? undefined : parsePublishedSnapshot(kept.bytes);
    read.set(hash, index?.ok === true ? index.value : undefined);
    return read.get(hash);
  };
}

/** What a badge published without its document says of itself; nothing of it can be proven. */
export function saidFinding(bytes: Uint8Array): Finding | undefined {
  const said = parseSaid(bytes);
  return said.ok
    ? { badge: badgeOf(said.value), verdict: saidVerdict(said.value), issuerProof: { kind: 'none' } }
    : undefined;
}

/** Shown of a badge of which nothing could be read yet. */
export function unreadFinding(at: Instant): Finding {
  return {
    verdict: { outcome: 'unreachable', reason: 'document-unreachable', checks: [], documents: [], at },
    issuerProof: { kind: 'none' },
  };
}

function findingOf({ badge, verdict, issuerProof }: Finding): Finding {
  return { ...(badge === undefined ? {} : { badge: inBrief(withoutBulk(badge)) }), verdict, issuerProof };
}

/** The document lies beside its findings already, and pictures are shown from documents: neither is kept again. */
function withoutBulk(badge: Badge): Badge {
  const { picture: _, achievement, issuer, endorsements, ...rest } = badge;
  return {
    ...rest,
    achievement: withoutPicture(achievement),
    issuer: withoutPicture(issuer),
    endorsements: endorsements.map((endorsement) => ({ ...endorsement, document: null })),
    document: {},
  };
}

function withoutPicture<Part extends { readonly picture?: string }>({
  picture: _,
  ...rest
}: Part): Omit<Part, 'picture'> {
  return rest;
}

function badgeOf(said: Said): Badge {
  return {
    generation: '3.0',
    id: '',
    achievement: {
      name: said.name,
      tags: [],
      alignments: [],
      ...(said.description === undefined ? {} : { description: said.description }),
      ...(said.criteria === undefined ? {} : { criteria: { narrative: said.criteria } }),
    },
    issuer: { id: said.issuer ?? '', ...(said.issuerName === undefined ? {} : { name: said.issuerName }) },
    recipients: [],
    evidence: [],
    endorsements: [],
    document: {},
    ...(isInstant(said.awarded) ? { awarded: said.awarded } : {}),
    ...(isInstant(said.expires) ? { expires: said.expires } : {}),
  };
}

function saidVerdict(said: Said): Verdict {
  const at = isInstant(said.checked) ? said.checked : ('1970-01-01T00:00:00.000Z' as Instant);
  return { outcome: said.outcome, reason: saidReasons[said.outcome], checks: [], documents: [], at };
}

const saidReasons: Readonly<Record<Outcome, FindingCode>> = {
  valid: 'all-passed',
  invalid: 'signature-bad',
  revoked: 'has-been-revoked',
  expired: 'has-expired',
  unsupported: 'generation-not-supported',
  malformed: 'missing-field',
  unreachable: 'document-unreachable',
};

function isInstant(text: string | undefined): text is Instant {
  return (
    text !== undefined &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  );
}
