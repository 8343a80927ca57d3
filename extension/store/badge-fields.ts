import type { Badge } from '../../shared/model/badge.ts';
import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/model/json.ts';
import type { Verdict } from '../../shared/model/verdict.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import type { Verification } from '../../shared/verify/verify-badge.ts';
import { comparedBadge } from '../../shared/views/changes-since.ts';
import type { KeptAs } from './database.ts';
import {
  type CheckedOnce,
  checkedPrefix,
  type FirstCheck,
  type KeptBadge,
  type KeptPicture,
} from './kept-badge.ts';

/** Most checks of one verdict that are kept; a badge with more has hundreds of endorsements. */
const maxKeptChecks = 200;
/** Longest list inside a kept badge, longest texts tried in turn, and how much text the whole may be. */
const maxKeptListed = 50;
const textLengths = [10_000, 2_000, 400] as const;
const maxKeptLength = 256 * 1024;
const maxKeptAddress = 2_048;

/** What is written when a badge is kept for the first time. `kept`: now. */
export function keptFields(kept: {
  readonly at: Instant;
  readonly as: KeptAs;
  readonly verification: Verification;
  readonly original: Sha256;
  readonly picture?: KeptPicture;
  readonly name?: string;
  readonly address?: string;
  readonly page?: string;
  readonly offer?: string;
}): JsonObject {
  const { verification } = kept;
  return {
    made: kept.at,
    as: kept.as,
    original: kept.original,
    container: verification.container,
    ...checkedFields(verification, 'network'),
    picture: kept.picture ?? null,
    name: kept.name ?? null,
    address: kept.address ?? null,
    page: kept.page ?? null,
    offer: kept.offer ?? null,
  };
}

/** What every check writes: the verdict with all it rests on, and its line in the history. */
export function checkedFields(verification: Verification, from: CheckedOnce['from']): JsonObject {
  const { verdict, badge, issuerProof, snapshot } = verification;
  return {
    badge: badge === undefined ? null : trimBadge(badge),
    proof: jsonOf(issuerProof),
    verdict: jsonOf({ ...verdict, checks: verdict.checks.slice(0, maxKeptChecks) }),
    ...(from === 'network'
      ? {
          unanswered: null,
          snapshot: {
            taken: snapshot.taken,
            documents: snapshot.documents.map(({ bytes: _, ...named }) => named),
          },
        }
      : {}),
    [checkedPrefix + verdict.at]: checkedOnce(verdict, from),
  };
}

/** What is remembered of the first check before a later one takes its place; nothing where it is remembered already. */
export function firstFields(kept: KeptBadge): JsonObject {
  if (kept.first !== undefined) return {};
  const { badge, verdict, issuerProof, snapshot } = kept;
  const first: FirstCheck = {
    outcome: verdict.outcome,
    reason: verdict.reason,
    proof: issuerProof,
    ...(badge === undefined ? {} : { badge: comparedBadge(badge) }),
    snapshot,
  };
  return { first: jsonOf(first) };
}

function checkedOnce(verdict: Verdict, from: CheckedOnce['from']): JsonObject {
  return { outcome: verdict.outcome, reason: verdict.reason, from };
}

/** The id of the document of an offer that waits for its issuer. */
export function waitingIdOf(keyHash: Sha256): DocId {
  return `offer|${keyHash}`;
}

/** A view that fits into a record whatever its issuer wrote; the original keeps every word. */
export function trimBadge(badge: Badge): JsonObject {
  const endorsements = badge.endorsements.map((endorsement) => ({ ...endorsement, document: null }));
  const whole = jsonOf({ ...badge, endorsements, document: {} });
  for (const length of textLengths) {
    const trimmed = trimJson(whole, length);
    if (isJsonObject(trimmed) && JSON.stringify(trimmed).length <= maxKeptLength) return trimmed;
  }
  return {
    ...jsonObjectOf(trimJson(whole, 100)),
    evidence: [],
    endorsements: [],
    achievement: shortAchievement(badge),
  };
}

function shortAchievement(badge: Badge): JsonObject {
  return { name: badge.achievement.name.slice(0, 400), tags: [], alignments: [] };
}

function trimJson(value: Json, length: number): Json {
  if (typeof value === 'string') return value.slice(0, length);
  if (Array.isArray(value))
    return (value as readonly Json[]).slice(0, maxKeptListed).map((item) => trimJson(item, length));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]): [string, Json][] => {
      // A picture within the document lies in `blobs`; cut it would be no picture.
      if (name === 'picture' && typeof item === 'string' && item.length > maxKeptAddress) return [];
      return [[name, trimJson(item, length)]];
    }),
  );
}

function jsonObjectOf(value: Json): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Our own plain types as the JSON they are; absent members go. */
function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
