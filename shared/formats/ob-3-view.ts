import type {
  Achievement,
  Alignment,
  Badge,
  Endorsement,
  Evidence,
  Generation,
  Issuer,
} from '../model/badge.ts';
import { bytesOfBase64Url } from '../model/bytes.ts';
import {
  isJsonObject,
  type Json,
  type JsonObject,
  listOf,
  parseJsonObject,
  stringOf,
} from '../model/json.ts';
import { parseZonedTime } from '../model/time.ts';
import { credentialOfClaims } from './credential-claims.ts';
import { plainText } from './credential-structure.ts';
import { resultsOf } from './ob-3-results.ts';
import { recipientsOf } from './recipients.ts';

/** Most entries of one list that are shown. */
const maxEntries = 200;

/** The one view of a credential that is a badge; `undefined` for one without an achievement. */
export function badgeOfOb3(document: JsonObject, generation: Generation): Badge | undefined {
  const subject = objectOf(document['credentialSubject']);
  const achievement = objectOf(subject?.['achievement']);
  if (subject === undefined || achievement === undefined) return undefined;
  const results = resultsOf(subject, achievement);
  return {
    ...credentialView(document, generation),
    ...(results.length === 0 ? {} : { results }),
    achievement: achievementOf(achievement),
  };
}

/** What every credential of 3.0 and CLR 2.0 says in the same places. */
export function credentialView(document: JsonObject, generation: Generation): Omit<Badge, 'achievement'> {
  const subject = objectOf(document['credentialSubject']);
  const achievement = objectOf(subject?.['achievement']);
  const from = timeOf(document['validFrom'] ?? document['issuanceDate']);
  return {
    generation,
    id: stringOf(document['id']) ?? '',
    issuer: issuerOf(document['issuer']),
    recipients: recipientsOf(document),
    ...optional('awarded', timeOf(document['awardedDate']) ?? from),
    ...optional('validFrom', from),
    ...optional('expires', timeOf(document['validUntil'] ?? document['expirationDate'])),
    evidence: objectsOf(document['evidence']).map(evidenceOf),
    ...optional('narrative', plainText(subject?.['narrative'])),
    endorsements: [document, achievement, objectOf(document['issuer'])]
      .flatMap((carrier) => [
        ...objectsOf(carrier?.['endorsement']),
        ...listOf(carrier?.['endorsementJwt']).slice(0, maxEntries).flatMap(credentialOfToken),
      ])
      .map(endorsementOf),
    ...optional('picture', addressOf(subject?.['image']) ?? addressOf(document['image'])),
    document,
  };
}

function achievementOf(value: JsonObject): Achievement {
  const criteria = objectOf(value['criteria']);
  const criteriaAddress = stringOf(criteria?.['id']) ?? stringOf(value['criteria']);
  return {
    ...optional('id', stringOf(value['id'])),
    name: plainText(value['name']) ?? '',
    ...optional('description', plainText(value['description'])),
    ...optional('picture', addressOf(value['image'])),
    ...(criteria === undefined && criteriaAddress === undefined
      ? {}
      : {
          criteria: {
            ...optional('address', criteriaAddress),
            ...optional('narrative', plainText(criteria?.['narrative'])),
          },
        }),
    ...optional('kind', stringOf(listOf(value['achievementType'])[0])),
    tags: listOf(value['tag'])
      .slice(0, maxEntries)
      .filter((tag): tag is string => typeof tag === 'string'),
    alignments: objectsOf(value['alignment']).map(alignmentOf),
  };
}

function alignmentOf(value: JsonObject): Alignment {
  return {
    name: plainText(value['targetName']) ?? stringOf(value['targetUrl']) ?? '',
    ...optional('address', stringOf(value['targetUrl'])),
    ...optional('description', plainText(value['targetDescription'])),
    ...optional('framework', plainText(value['targetFramework'])),
    ...optional('code', stringOf(value['targetCode'])),
  };
}

function issuerOf(value: Json | undefined): Issuer {
  const issuer = objectOf(value);
  if (issuer === undefined) return { id: stringOf(listOf(value)[0]) ?? '' };
  return {
    id: stringOf(issuer['id']) ?? '',
    ...optional('name', plainText(issuer['name'])),
    ...optional('address', stringOf(issuer['url'])),
    ...optional('email', stringOf(issuer['email'])),
    ...optional('description', plainText(issuer['description'])),
    ...optional('picture', addressOf(issuer['image'])),
  };
}

function evidenceOf(value: JsonObject): Evidence {
  return {
    ...optional('address', stringOf(value['id'])),
    ...optional('name', plainText(value['name'])),
    ...optional('description', plainText(value['description'])),
    ...optional('narrative', plainText(value['narrative'])),
    ...optional('genre', plainText(value['genre'])),
  };
}

function endorsementOf(value: JsonObject): Endorsement {
  const issuer = issuerOf(value['issuer']);
  const subject = objectOf(value['credentialSubject']);
  return {
    ...optional('issuerName', issuer.name),
    ...optional('issuerId', issuer.id === '' ? undefined : issuer.id),
    ...optional('comment', plainText(subject?.['endorsementComment'])),
    document: value,
  };
}

/** What a token says, taken at its word: whether it holds is told by the checks. Source: OB 3.0 §endorsementJwt. */
function credentialOfToken(value: Json): readonly JsonObject[] {
  const [, payload] = typeof value === 'string' ? value.split('.', 3) : [];
  const bytes = payload === undefined ? undefined : bytesOfBase64Url(payload);
  const claims = bytes === undefined ? undefined : parseJsonObject(bytes);
  if (claims?.ok !== true) return [];
  const credential = credentialOfClaims(claims.value);
  return credential === undefined ? [] : [credential];
}

/** The address of a picture that is written as a string or as an Image. */
function addressOf(value: Json | undefined): string | undefined {
  const first = listOf(value)[0];
  return isJsonObject(first) ? stringOf(first['id']) : stringOf(first);
}

function objectOf(value: Json | undefined): JsonObject | undefined {
  const first = listOf(value)[0];
  return isJsonObject(first) ? first : undefined;
}

function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return listOf(value).slice(0, maxEntries).filter(isJsonObject);
}

function timeOf(value: Json | undefined): Badge['awarded'] {
  return typeof value === 'string' ? parseZonedTime(value) : undefined;
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };
}
