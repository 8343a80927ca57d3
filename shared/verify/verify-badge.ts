import { contextOf } from '../contexts/bundled.ts';
import { formatOf } from '../formats/registry.ts';
import type { Badge, Identity, IssuerProof, Snapshot } from '../model/badge.ts';
import type { Sha256 } from '../model/brands.ts';
import { type Bytes, base64UrlOf, sha256Of } from '../model/bytes.ts';
import { failure, warning } from '../model/check.ts';
import type { Clock, Fetcher, HostCryptography } from '../model/effects.ts';
import type { ContextSource, Session } from '../model/session.ts';
import { type Check, decide, type Verdict } from '../model/verdict.ts';
import type { Audience } from '../proofs/proof-suite.ts';
import { goodOneBeside, type Verified } from './good-one-beside.ts';
import { type BadgeInput, openInput, type Refused, type Unwrapped, unwrapped } from './open-badge.ts';
import { bytesOfPart } from './parts.ts';
import { type Asked, judgePresentation } from './presentation-proof.ts';
import { openSession } from './session.ts';
import { type SubjectVerification, verifyDocument } from './verify-subject.ts';

/** `contexts`: the bundled ones when left out; never the network. `cryptography`: WebCrypto when left out. */
export type VerifyEffects = {
  readonly fetch: Fetcher;
  readonly clock: Clock;
  readonly contexts?: ContextSource;
  readonly cryptography?: HostCryptography;
};

export type VerifyOptions = {
  /** any of these must be the recipient; without it whose the badge is plays no part in the verdict */
  readonly recipient?: readonly Identity[];
  /**
   * What is no badge may be asked about too: a badge class, a profile, an endorsement, a status list, any other
   * credential. Left out, such a one is `not-a-badge` however good it is, so that nobody claims a badge class.
   */
  readonly acceptsParts?: boolean;
  /**
   * Who asks: `holder` for the learner to whom the badge was given. Left out, what is for the holder's eyes alone (a
   * base proof of `ecdsa-sd-2023`) is refused, as whoever is shown it has to.
   */
  readonly audience?: Audience;
  /** What was asked of the holder: then only a presentation that he signed for it passes. Left out, it is only told. */
  readonly asked?: Asked;
  readonly signal?: AbortSignal;
};

export type Verification = {
  readonly verdict: Verdict;
  /** absent when too little could be read or had to show one */
  readonly badge?: Badge;
  readonly issuerProof: IssuerProof;
  /** the exact bytes given or fetched; empty when nothing answered */
  readonly original: Uint8Array;
  /** name in the baking registry: `json`, `jws`, `png`, `svg`; empty when it is none of them */
  readonly container: string;
  /** what was inside, byte for byte: JSON text or a compact token */
  readonly document?: Uint8Array;
  /** the documents inside a presentation of several (no badge itself) or a record, to be verified one by one */
  readonly parts?: readonly Uint8Array[];
  readonly snapshot: Snapshot;
};

/**
 * The whole verification of one badge, of any generation, in any container. Always answers with a verdict and the
 * checks behind it; never throws, never fetches a context, asks each address once.
 * Source: OB 3.0 §verification; OB 2.0 §Verification.
 */
export async function verifyBadge(
  input: BadgeInput,
  options: VerifyOptions,
  effects: VerifyEffects,
): Promise<Verification> {
  const now = effects.clock();
  const { session, snapshot, unasked } = openSession(now, effects.fetch, effects.contexts ?? contextOf, {
    signal: options.signal,
    cryptography: effects.cryptography,
  });
  const first = await verifyWithHash(unwrapped(await openInput(input, session)), options, session);
  const { opened, verified, ownHash } =
    (await goodOneBeside(first, session, (opened) => verifyWithHash(opened, options, session))) ?? first;
  const parts = 'parts' in opened && opened.parts !== undefined ? opened.parts : partsInside(verified);
  const kept = await snapshot();
  const hashes = [...(ownHash === undefined ? [] : [ownHash]), ...kept.documents.map(({ hash }) => hash)];
  return {
    verdict: decide([...verified.checks, ...toldUnasked(unasked())], [...new Set(hashes)], now),
    ...('badge' in verified && verified.badge !== undefined ? { badge: verified.badge } : {}),
    issuerProof: verified.issuerProof,
    original: opened.original,
    container: 'refusal' in opened ? '' : opened.container,
    ...('refusal' in opened ? {} : { document: opened.document }),
    ...(parts === undefined ? {} : { parts }),
    snapshot: kept,
  };
}

/** What was wanted and not asked, for one document may not set any number of others in motion (threat T39). */
function toldUnasked(addresses: readonly string[]): readonly Check[] {
  const [address = ''] = addresses;
  const facts = { count: addresses.length, address: address.slice(0, 300) };
  return addresses.length === 0 ? [] : [warning('limits', 'some-not-asked', 'ours', facts)];
}

const nobody: IssuerProof = { kind: 'none' };

/** What a record carries, each part as it would stand alone. */
function partsInside({ subject, badge }: SubjectVerification): readonly Uint8Array[] | undefined {
  if (subject === undefined || badge === undefined) return undefined;
  const carried = formatOf(subject.generation)?.partsOf?.(subject) ?? [];
  return carried.length === 0 ? undefined : carried.map(bytesOfPart);
}

async function verifyWithHash(
  opened: Unwrapped | Refused,
  options: VerifyOptions,
  session: Session,
): Promise<Verified> {
  const own = 'refusal' in opened ? opened.original : opened.document;
  const [ownHash, verified] = await Promise.all([
    own.length === 0 ? undefined : nameOf(own, session),
    'refusal' in opened
      ? { checks: [opened.refusal], issuerProof: nobody }
      : verifyOpened(opened, options, session),
  ]);
  return { opened, verified, ownHash };
}

/** The hash that names the document. WebCrypto's threads are at it while the document is verified. */
async function nameOf(bytes: Uint8Array, { cryptography }: Session): Promise<Sha256> {
  return cryptography === undefined
    ? sha256Of(bytes)
    : (base64UrlOf(cryptography.digest('SHA-256', bytes as Bytes)) as Sha256);
}

async function verifyOpened(
  opened: Unwrapped,
  { recipient, acceptsParts = false, audience = 'verifier', asked }: VerifyOptions,
  session: Session,
): Promise<SubjectVerification> {
  const options = { role: 'badge' as const, audience, ...(recipient === undefined ? {} : { recipient }) };
  try {
    const notes = [...opened.notes, ...(await judgePresentation(opened.presentation, asked, session))];
    if (opened.parts !== undefined)
      return { checks: [...notes, severalOrNone(opened.parts.length)], issuerProof: nobody };
    const verified = await verifyDocument(opened.held, opened.address, options, session);
    const apart = acceptsParts ? [] : judgeKind(verified);
    return { ...verified, checks: [...notes, ...verified.checks, ...apart] };
  } catch (thrown) {
    // Nothing in the pipeline is meant to throw; should it, the badge is not called good.
    const facts = { what: thrown instanceof Error ? thrown.name : 'unknown' };
    return {
      checks: [failure('limits', 'unsupported', 'beyond-limits', 'ours', facts)],
      issuerProof: nobody,
    };
  }
}

/** A part of a badge is none, and a credential of another kind is kept without being called one. */
function judgeKind({ subject, badge, checks }: SubjectVerification): readonly Check[] {
  if (subject === undefined || badge !== undefined || checks.some((check) => check.asks !== undefined))
    return [];
  const asks = subject.generation === 'vc-2.0' ? 'unsupported' : 'malformed';
  return [failure('form', asks, 'not-a-badge', 'ours', { generation: subject.generation })];
}

function severalOrNone(count: number): Check {
  const source = 'VCDM 2.0 §Verifiable Presentations';
  return count === 0
    ? failure('form', 'malformed', 'not-a-badge', source)
    : failure('form', 'unsupported', 'several-badges', source, { count });
}
