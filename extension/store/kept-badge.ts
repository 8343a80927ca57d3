import type { Badge, IssuerProof, SnapshotDocument } from '../../shared/model/badge.ts';
import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import type { Json } from '../../shared/model/json.ts';
import { type Outcome, outcomes, type ReasonCode, type Verdict } from '../../shared/model/verdict.ts';
import { type Doc, type DocId, exists, fieldOf } from '../../shared/sync/doc.ts';
import type { ComparedBadge } from '../../shared/views/changes-since.ts';
import type { Failure } from '../channel.ts';
import type { KeptAs } from './database.ts';

/** A badge as the backpack keeps it. Bytes are named by hash and lie in `blobs`. */
export type KeptBadge = {
  readonly id: DocId;
  readonly kept: Instant;
  readonly keptAs: KeptAs;
  /** bytes in `blobs`, as everything named by a hash */
  readonly original: Sha256;
  /** baking registry's name, '' when nothing could be read */
  readonly container: string;
  /** absent when it could not be read; its `document` is empty: the original has it */
  readonly badge?: Badge;
  readonly issuerProof: IssuerProof;
  /** its `at` is the time of the check; its documents those of the snapshot */
  readonly verdict: Verdict;
  /** from when the evidence is: later than that nobody was heard */
  readonly snapshot: KeptSnapshot;
  /** the newest check could not reach the issuer: the verdict rests on the snapshot */
  readonly unansweredSince?: Instant;
  readonly picture?: KeptPicture;
  /** what the page called it, or the name of the file */
  readonly name?: string;
  /** address that it was fetched from */
  readonly address?: string;
  /** host of the page that offered it */
  readonly page?: string;
  readonly offer?: string;
  /** what the issuer answered at the claim, kept once it was asked again */
  readonly first?: FirstCheck;
  /** every check so far, newest first */
  readonly history: readonly CheckedOnce[];
};

/** An offer that was kept before its issuer answered. */
export type KeptOffer = {
  readonly id: DocId;
  readonly kept: Instant;
  readonly address: string;
  readonly name?: string;
  readonly issuer?: string;
  readonly page?: string;
  readonly offer: string;
  readonly error: Failure;
};

export type KeptPicture = { readonly hash: Sha256; readonly mediaType: string };
export type KeptSnapshot = {
  readonly taken: Instant;
  readonly documents: readonly Omit<SnapshotDocument, 'bytes'>[];
};
/** The first check that reached the issuer, with the names of all its documents, which stay in `blobs`. */
export type FirstCheck = {
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly proof: IssuerProof;
  readonly badge?: ComparedBadge;
  readonly snapshot: KeptSnapshot;
};
export type CheckedOnce = {
  readonly at: Instant;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly from: 'network' | 'snapshot';
};

/**
 * True where no badge of any kind was recognised: a file that is none, or any other JSON. A badge of a generation
 * that cannot be checked yet is recognised, so it is kept as a badge and asked about again.
 */
export function isUnread({ badge, verdict }: Pick<KeptBadge, 'badge' | 'verdict'>): boolean {
  return badge === undefined && (verdict.outcome === 'malformed' || verdict.reason === 'unknown-generation');
}

/** What a check adds to a document: `checked:` and its time. */
export const checkedPrefix = 'checked:';

/** The badge in a document; `undefined` for a document that is none, was removed, or has come in part so far. */
export function keptBadgeOf(doc: Doc): KeptBadge | undefined {
  if (doc.t !== 'badge' || !exists(doc)) return undefined;
  const verdict = fieldOf(doc, 'verdict');
  if (!isVerdict(verdict)) return undefined;
  // Written by our own devices alone, sealed: the forms hold, which parts are there is looked at.
  const value = <Value>(field: string): Value | undefined =>
    (fieldOf(doc, field) ?? undefined) as Value | undefined;
  const original = value<Sha256>('original');
  if (original === undefined) return undefined;
  const badge = value<Badge>('badge');
  return {
    id: doc.id,
    kept: value<Instant>('made') ?? verdict.at,
    keptAs: value<KeptAs>('as') ?? 'claimed',
    original,
    container: value<string>('container') ?? '',
    ...(badge === undefined ? {} : { badge: { ...badge, document: {} } }),
    issuerProof: value<IssuerProof>('proof') ?? { kind: 'none' },
    verdict,
    snapshot: value<KeptSnapshot>('snapshot') ?? { taken: verdict.at, documents: [] },
    ...present('unansweredSince', value<Instant>('unanswered')),
    ...present('picture', value<KeptPicture>('picture')),
    ...present('name', value<string>('name')),
    ...present('address', value<string>('address')),
    ...present('page', value<string>('page')),
    ...present('offer', value<string>('offer')),
    ...present('first', value<FirstCheck>('first')),
    history: historyOf(doc),
  };
}

/** The waiting offer in a document, as `keptBadgeOf`. */
export function keptOfferOf(doc: Doc): KeptOffer | undefined {
  if (doc.t !== 'offer' || !exists(doc)) return undefined;
  const value = <Value>(field: string): Value | undefined =>
    (fieldOf(doc, field) ?? undefined) as Value | undefined;
  const address = value<string>('address');
  const offer = value<string>('offer');
  const kept = value<Instant>('made');
  if (address === undefined || offer === undefined || kept === undefined) return undefined;
  return {
    id: doc.id,
    kept,
    address,
    offer,
    error: value<Failure>('error') ?? { code: 'offer-unreachable', facts: {} },
    ...present('name', value<string>('name')),
    ...present('issuer', value<string>('issuer')),
    ...present('page', value<string>('page')),
  };
}

function historyOf(doc: Doc): readonly CheckedOnce[] {
  return Object.keys(doc.f)
    .filter((field) => field.startsWith(checkedPrefix))
    .flatMap((field) => {
      const value = fieldOf(doc, field);
      const at = field.slice(checkedPrefix.length) as Instant;
      return value === undefined || value === null ? [] : [{ ...(value as Omit<CheckedOnce, 'at'>), at }];
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

function isVerdict(value: Json | undefined): value is Json & Verdict {
  return (
    typeof value === 'object' &&
    value !== null &&
    'outcome' in value &&
    outcomes.some((outcome) => outcome === value['outcome']) &&
    'checks' in value
  );
}

function present<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [_ in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [_ in Key]: Value });
}
