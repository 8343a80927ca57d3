import type { JsonObject } from '../model/json.ts';
import { isJsonObject, stringOf } from '../model/json.ts';
import type { Proof, Subject } from '../model/subject.ts';
import type { Format } from './format.ts';
import { gatherOb1, isHostedOb1, ob1Source } from './ob-1-gather.ts';
import { judgeOb1, ob1ClassOf, ob1VerificationOf } from './ob-1-structure.ts';
import { badgeOfOb1 } from './ob-1-view.ts';
import { checksOf } from './ob-2-gather.ts';
import { oldValidityOf } from './old-validity.ts';

/**
 * Open Badges 1.0 and 1.1, hosted and signed: assertion, badge class and issuer are three documents that link to one
 * another. Source: OB 1.1 §Data Structures, §Badge Verification.
 */
export const openBadges1: Format = {
  name: 'ob-1.x',
  generations: ['1.0', '1.1'],
  judge: (document) => checksOf(judgeOb1(document, ob1ClassOf(document) ?? 'Assertion'), ob1Source),
  gather: gatherOb1,
  proofsOf,
  statusesOf,
  validityOf: ({ document }) => oldValidityOf(document['issuedOn'], document['expires']),
  endorsementsOf: () => [],
  badgeOf: (subject) => (ob1ClassOf(subject.document) === 'Assertion' ? badgeOfOb1(subject) : undefined),
};

function proofsOf(subject: Subject): readonly Proof[] {
  if (subject.token !== undefined)
    return ob1VerificationOf(subject.document) === 'signed' ? [{ kind: 'token', token: subject.token }] : [];
  return isHostedOb1(subject) ? [{ kind: 'hosted' }] : [];
}

/** Lists are for signed badges; a hosted one is revoked at its own address. Source: OB 1.1 §Revoking. */
function statusesOf({ token, issuer }: Subject): readonly JsonObject[] {
  const list = issuer?.['revocationList'];
  const address = isJsonObject(list) ? stringOf(list['id']) : stringOf(list);
  return token === undefined || address === undefined ? [] : [{ type: 'RevocationList', id: address.trim() }];
}
