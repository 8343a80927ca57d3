import { type Instant, instantOf } from '../model/brands.ts';
import { hasType, isJsonObject, type JsonObject, listOf, stringOf } from '../model/json.ts';
import {
  type CarriedEndorsement,
  maxEndorsements,
  maxProofs,
  type Proof,
  type Subject,
  type Validity,
} from '../model/subject.ts';
import { maxInstantSeconds, parseZonedTime } from '../model/time.ts';
import { judgeBadgeCredential, judgeEndorsementCredential } from './credential-structure.ts';
import type { Format } from './format.ts';
import { badgeOfOb3 } from './ob-3-view.ts';

/** One more proof than is verified, so that a crowd of them is seen to be one. */
const maxProofsRead = maxProofs + 1;

/**
 * Open Badges 3.0 in both forms of the credential data model, embedded proofs or token, and its endorsements.
 * A credential carries everything in itself, so there is nothing to gather. Source: OB 3.0 §Data Model.
 */
export const openBadges3: Format = {
  name: 'ob-3.0',
  generations: ['3.0'],
  judge: (document) =>
    hasType(document, 'OpenBadgeCredential') || hasType(document, 'AchievementCredential')
      ? judgeBadgeCredential(document)
      : judgeEndorsementCredential(document),
  gather: async (subject) => ({ subject, checks: [] }),
  proofsOf: proofsOfCredential,
  statusesOf: statusesOfCredential,
  validityOf: validityOfCredential,
  endorsementsOf: endorsementsOfCredential,
  badgeOf: ({ document, generation }) => badgeOfOb3(document, generation),
};

/** The token when it came as one (a proof inside it was made before), else every embedded proof. */
export function proofsOfCredential({ document, token }: Subject): readonly Proof[] {
  if (token !== undefined) return [{ kind: 'token', token }];
  return listOf(document['proof'])
    .slice(0, maxProofsRead)
    .filter(isJsonObject)
    .map((proof) => ({ kind: 'embedded', proof }));
}

/** An entry that is only an address says no kind of its own: it is asked about, and not passed over. */
export function statusesOfCredential({ document }: Subject): readonly JsonObject[] {
  return listOf(document['credentialStatus']).map((entry) => (isJsonObject(entry) ? entry : {}));
}

/** The narrower of what the credential and the claims of its token say. Source: VCDM 2.0 §Validity Period; RFC 7519. */
export function validityOfCredential({ document, token }: Subject): Validity {
  const from = latest(
    latest(timeOf(stringOf(document['validFrom'])), timeOf(stringOf(document['issuanceDate']))),
    timeOfClaim(token?.payload['nbf']),
  );
  const until = earliest(
    earliest(timeOf(stringOf(document['validUntil'])), timeOf(stringOf(document['expirationDate']))),
    timeOfClaim(token?.payload['exp']),
  );
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

/**
 * Endorsements of the credential, of its achievement (a record may define several), and of the issuer.
 * Source: OB 3.0 §endorsement-verification.
 */
export function endorsementsOfCredential({ document }: Subject): readonly CarriedEndorsement[] {
  const subject = listOf(document['credentialSubject'])[0];
  const achievements = isJsonObject(subject) ? listOf(subject['achievement']) : [];
  return [document, ...achievements, listOf(document['issuer'])[0]]
    .filter(isJsonObject)
    .flatMap((carrier): readonly CarriedEndorsement[] => {
      const endorses = stringOf(carrier['id']);
      return [
        ...listOf(carrier['endorsement'])
          .filter(isJsonObject)
          .map((endorsement) => ({ kind: 'document' as const, document: endorsement, endorses })),
        ...listOf(carrier['endorsementJwt'])
          .filter((text) => typeof text === 'string')
          .map((text) => ({ kind: 'token' as const, text, endorses })),
      ];
    })
    .slice(0, maxEndorsements + 1);
}

function timeOf(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : parseZonedTime(text);
}

function timeOfClaim(seconds: unknown): Instant | undefined {
  // Beyond what an Instant can hold it is still long ago, or never.
  return typeof seconds === 'number'
    ? instantOf(Math.floor(Math.min(Math.max(seconds, 0), maxInstantSeconds) * 1000))
    : undefined;
}

function latest(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function earliest(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}
