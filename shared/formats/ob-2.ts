import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import type { Proof, Subject, Validity } from '../model/subject.ts';
import { parseZonedTime } from '../model/time.ts';
import type { Format } from './format.ts';
import { endorsementsOf } from './ob-2-endorsements.ts';
import { checksOf, gatherOb2, isHosted } from './ob-2-gather.ts';
import { judgeOb2ByType, ob2ClassOf, type StructureFinding, verificationKindOf } from './ob-2-structure.ts';
import { badgeOfOb2, linkOf } from './ob-2-view.ts';

/**
 * Open Badges 2.0, hosted and signed; the badge objects of 2.1 are the same. A badge class, a profile or an
 * endorsement may be the subject too: it is verified like a badge, and is none (`badgeOf` gives nothing).
 * Source: OB 2.0 §Data Classes, §Verification.
 */
export const openBadges2: Format = {
  name: 'ob-2.0',
  generations: ['2.0', '2.1'],
  judge: (document) => checksOf([...judgeContext(document), ...judgeOb2ByType(document)]),
  gather: gatherOb2,
  proofsOf,
  statusesOf,
  validityOf,
  endorsementsOf,
  badgeOf: (subject) => {
    if (ob2ClassOf(subject.document) !== 'Assertion') return undefined;
    const { document: assertion, badgeClass, issuer } = subject;
    if (badgeClass === undefined && !isJsonObject(assertion['badge'])) return undefined;
    return badgeOfOb2({
      assertion,
      ...(badgeClass === undefined ? {} : { badgeClass }),
      ...(issuer === undefined ? {} : { issuer }),
      endorsements: endorsementsOf(subject).flatMap((one) => (one.kind === 'document' ? [one.document] : [])),
    });
  },
};

/** What stands alone says in which vocabulary it speaks. Source: OB 2.0 §JSON-LD. */
function judgeContext(document: JsonObject): readonly StructureFinding[] {
  const lacks = listOf(document['@context']).length === 0;
  return lacks ? [{ weight: 'broken', code: 'missing-field', field: '@context' }] : [];
}

/** What is signed is an assertion or an endorsement; nothing else says how it is verified. Source: OB 2.0 §SignedBadge. */
function proofsOf(subject: Subject): readonly Proof[] {
  if (subject.token !== undefined) {
    const named = ob2ClassOf(subject.document);
    const isSigned = verificationKindOf(subject.document) === 'signed';
    const isVouchedFor = isSigned && (named === 'Assertion' || named === 'Endorsement');
    return isVouchedFor ? [{ kind: 'token', token: subject.token }] : [];
  }
  return isHosted(subject) ? [{ kind: 'hosted' }] : [];
}

/** Lists are for signed badges; a hosted one is revoked at its own address. Source: OB 2.0 §RevocationList. */
function statusesOf(subject: Subject): readonly JsonObject[] {
  const list = linkOf(subject.issuer?.['revocationList']);
  return subject.token === undefined || list === undefined ? [] : [{ type: 'RevocationList', id: list }];
}

function validityOf(subject: Subject): Validity {
  const from = timeOf(subject.document['issuedOn']);
  const until = timeOf(subject.document['expires']);
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

function timeOf(value: Json | undefined) {
  return typeof value === 'string' ? parseZonedTime(value) : undefined;
}
