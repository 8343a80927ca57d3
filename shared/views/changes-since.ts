import type { Words } from '../messages/catalogue.ts';
import { fill } from '../messages/formats.ts';
import type { Badge, IssuerProof, SnapshotDocument } from '../model/badge.ts';
import type { Instant } from '../model/brands.ts';
import type { Facts } from '../model/errors.ts';
import type { FindingCode, Outcome } from '../model/verdict.ts';
import { hostText } from './issuer-view.ts';
import { markOf } from './verdict-view.ts';

/** What a check found, as far as a later one can be compared with it. */
export type CheckedState = {
  /** when its documents were answered */
  readonly at: Instant;
  readonly outcome: Outcome;
  readonly reason: FindingCode;
  readonly issuerProof: IssuerProof;
  /** absent where too little could be read */
  readonly badge?: ComparedBadge;
  readonly documents: readonly Pick<SnapshotDocument, 'address' | 'hash'>[];
};

/** The words of a badge that its issuer can change after it was awarded. */
export type ComparedBadge = {
  readonly name: string;
  readonly description?: string;
  readonly criteria?: string;
  readonly issuerName?: string;
  readonly expires?: Instant;
};

export const changeCodes = [
  'gone',
  'revoked',
  'suspended',
  'ended',
  'good-again',
  'verdict',
  'key-withdrawn',
  'keys-changed',
  'issuer-proof',
  'issuer-name',
  'end-moved',
  'end-added',
  'end-dropped',
  'name',
  'description',
  'criteria',
] as const;
export type ChangeCode = (typeof changeCodes)[number];
export type Change = { readonly code: ChangeCode; readonly facts: Facts };

/** Findings that say that the issuer no longer stands behind the key that signed. */
const withdrawn: ReadonlySet<FindingCode> = new Set([
  'key-not-listed',
  'key-not-authorised',
  'key-owner-differs',
]);

/**
 * What became different between two checks of one badge, the weightiest first; empty when nothing did.
 * Documents are compared by hash and only where they list an issuer's keys: others change for other badges' sake.
 */
export function changesSince(before: CheckedState, now: CheckedState, words: Words): readonly Change[] {
  const facts = { since: before.at };
  const judged = verdictChange(before, now, words).map((change) => ({
    ...change,
    facts: { ...facts, ...change.facts },
  }));
  return [
    ...judged,
    ...keyChanges(before, now),
    ...proofChange(before, now, words),
    ...saidChanges(before, now),
  ];
}

/** The sentences of changes. */
export function changeSentences(changes: readonly Change[], words: Words): readonly string[] {
  return changes.map(({ code, facts }) => fill(words.text.changes[code], facts, words.formats));
}

/** What of a badge is remembered for comparing it. */
export function comparedBadge({ achievement, issuer, expires }: Badge): ComparedBadge {
  const criteria = achievement.criteria?.narrative ?? achievement.criteria?.address;
  return {
    name: achievement.name,
    ...(achievement.description === undefined ? {} : { description: achievement.description }),
    ...(criteria === undefined ? {} : { criteria }),
    ...(issuer.name === undefined ? {} : { issuerName: issuer.name }),
    ...(expires === undefined ? {} : { expires }),
  };
}

function verdictChange(before: CheckedState, now: CheckedState, words: Words): readonly Change[] {
  if (before.outcome === now.outcome && before.reason === now.reason) return [];
  if (now.reason === 'gone') return [{ code: 'gone', facts: {} }];
  if (now.reason === 'is-suspended') return [{ code: 'suspended', facts: {} }];
  if (before.outcome === now.outcome) return [];
  if (now.outcome === 'revoked') return [{ code: 'revoked', facts: {} }];
  if (now.outcome === 'expired') return [{ code: 'ended', facts: {} }];
  const { marks } = words.text;
  const was = marks[markOf(before.outcome)];
  if (now.outcome === 'valid') return [{ code: 'good-again', facts: { was } }];
  return [{ code: 'verdict', facts: { was, now: marks[markOf(now.outcome)] } }];
}

function keyChanges(before: CheckedState, now: CheckedState): readonly Change[] {
  const facts = { since: before.at };
  if (withdrawn.has(now.reason) && !withdrawn.has(before.reason)) return [{ code: 'key-withdrawn', facts }];
  const then = new Map(before.documents.map(({ address, hash }) => [address, hash]));
  const isOther = now.documents.some(
    ({ address, hash }) => listsKeys(address) && then.has(address) && then.get(address) !== hash,
  );
  return isOther ? [{ code: 'keys-changed', facts }] : [];
}

/** DID documents on the web and key sets lie at addresses that say so (did:web §Read; RFC 8615). */
function listsKeys(address: string): boolean {
  return /\/(?:did|jwks)\.json$/.test(address);
}

function proofChange(before: CheckedState, now: CheckedState, words: Words): readonly Change[] {
  const [was, is] = [leadOf(before.issuerProof), leadOf(now.issuerProof)];
  // Nobody proven at one of the two times is what the verdict says already.
  if (was === undefined || is === undefined || was === is) return [];
  const key = words.text.changes.aKey;
  return [
    {
      code: 'issuer-proof',
      facts: {
        was: before.issuerProof.kind === 'host' ? was : key,
        now: now.issuerProof.kind === 'host' ? is : key,
      },
    },
  ];
}

function leadOf(proof: IssuerProof): string | undefined {
  if (proof.kind === 'host') return hostText(proof.host);
  return proof.kind === 'key' ? proof.key : undefined;
}

function saidChanges(before: CheckedState, now: CheckedState): readonly Change[] {
  const [was, is] = [before.badge, now.badge];
  if (was === undefined || is === undefined) return [];
  const changes: Change[] = [];
  if (was.issuerName !== is.issuerName && was.issuerName !== undefined && is.issuerName !== undefined)
    changes.push({ code: 'issuer-name', facts: { was: was.issuerName, now: is.issuerName } });
  if (was.expires !== is.expires) {
    if (was.expires === undefined) changes.push({ code: 'end-added', facts: { now: is.expires ?? '' } });
    else if (is.expires === undefined) changes.push({ code: 'end-dropped', facts: { was: was.expires } });
    else changes.push({ code: 'end-moved', facts: { was: was.expires, now: is.expires } });
  }
  if (was.name !== is.name) changes.push({ code: 'name', facts: { was: was.name, now: is.name } });
  if (was.description !== is.description) changes.push({ code: 'description', facts: {} });
  if (was.criteria !== is.criteria) changes.push({ code: 'criteria', facts: {} });
  return changes;
}
