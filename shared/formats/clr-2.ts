import type { Badge } from '../model/badge.ts';
import { isJsonObject, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { CarriedPart, Subject } from '../model/subject.ts';
import { judgeClrCredential, plainText } from './credential-structure.ts';
import type { Format } from './format.ts';
import {
  endorsementsOfCredential,
  proofsOfCredential,
  statusesOfCredential,
  validityOfCredential,
} from './ob-3.ts';
import { credentialView } from './ob-3-view.ts';

/** Most credentials of one record that are verified. */
export const maxParts = 100;

/**
 * A Comprehensive Learner Record: one credential that holds others. Its own proof speaks for the record; each part has
 * an issuer, a proof and a state of its own, and neither spoils the other. Source: CLR 2.0 §ClrCredential.
 */
export const clr2: Format = {
  name: 'clr-2.0',
  generations: ['clr-2.0'],
  judge: judgeClrCredential,
  gather: async (subject) => ({ subject, checks: [] }),
  proofsOf: proofsOfCredential,
  statusesOf: statusesOfCredential,
  validityOf: validityOfCredential,
  endorsementsOf: endorsementsOfCredential,
  partsOf,
  badgeOf,
};

function partsOf({ document }: Subject): readonly CarriedPart[] {
  return listOf(recordOf(document)?.['verifiableCredential'])
    .slice(0, maxParts)
    .flatMap((part): readonly CarriedPart[] => {
      if (typeof part === 'string') return [{ kind: 'token', text: part }];
      return isJsonObject(part) ? [{ kind: 'document', document: part }] : [];
    });
}

function badgeOf({ document, generation }: Subject): Badge | undefined {
  const record = recordOf(document);
  if (record === undefined) return undefined;
  const parts = listOf(record['verifiableCredential']).slice(0, maxParts).filter(isJsonObject);
  const definitions = listOf(record['achievement']).slice(0, maxParts).filter(isJsonObject);
  return {
    ...credentialView(document, generation),
    achievement: {
      name: plainText(document['name']) ?? '',
      ...(plainText(document['description']) === undefined
        ? {}
        : { description: plainText(document['description']) ?? '' }),
      tags: [],
      alignments: [],
    },
    parts: [...parts.map(nameOfPart), ...definitions.map((one) => ({ name: plainText(one['name']) ?? '' }))],
  };
}

function nameOfPart(part: JsonObject) {
  const subject = recordOf(part);
  const achievement = listOf(subject?.['achievement'])[0];
  const issuer = listOf(part['issuer'])[0];
  const issuerName = isJsonObject(issuer) ? plainText(issuer['name']) : stringOf(issuer);
  const name =
    (isJsonObject(achievement) ? plainText(achievement['name']) : undefined) ?? plainText(part['name']) ?? '';
  return { name, ...(issuerName === undefined ? {} : { issuerName }) };
}

function recordOf(document: JsonObject): JsonObject | undefined {
  const subject = listOf(document['credentialSubject'])[0];
  return isJsonObject(subject) ? subject : undefined;
}
