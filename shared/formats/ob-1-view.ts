import type { Badge, Generation } from '../model/badge.ts';
import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import { parseOldTime } from '../model/old-time.ts';
import type { Subject } from '../model/subject.ts';
import { isBackpackCopy } from './ob-1-structure.ts';
import { badgeOfOb2, idOf } from './ob-2-view.ts';
import { fieldOf } from './old-structure.ts';

/**
 * The one view of a 1.x badge, by way of the same words in 2.0. Nothing is lost: what has no place there stays in
 * `document`. `undefined` when its badge class could not be had. Source: OB 2.0 §Upgrading (context and aliases).
 */
export function badgeOfOb1(subject: Subject): Badge | undefined {
  const { document } = subject;
  const copied = isBackpackCopy(document) ? document['badge'] : undefined;
  const badgeClass = subject.badgeClass ?? (isJsonObject(copied) ? copied : undefined);
  if (badgeClass === undefined) return undefined;
  const copiedIssuer = badgeClass['issuer'];
  const issuer = subject.issuer ?? (isJsonObject(copiedIssuer) ? copiedIssuer : undefined);
  const graph = {
    assertion: withTimes(document, { issuedOn: 'issuedOn', expires: 'expires' }),
    badgeClass,
    ...(issuer === undefined ? {} : { issuer }),
  };
  return upgraded(badgeOfOb2(graph), subject, homeOfOb1(document) ?? stringOf(document['uid']) ?? '');
}

/** The view as one of the generation that it is, under its own identity and with its own document. */
export function upgraded(badge: Badge, subject: Subject, id: string): Badge {
  const generation: Generation = subject.generation;
  return { ...badge, generation, id, document: subject.document };
}

/** Where an assertion of 1.x lives: `verify.url`, or `id` in 1.1 (OB 1.1 §VerificationObject); parts by their id. */
export function homeOfOb1(document: JsonObject): string | undefined {
  const verify = fieldOf(document, 'verify', 'verification');
  const address = isJsonObject(verify) ? stringOf(verify['url']) : undefined;
  return address?.trim() ?? idOf(document);
}

/** The document with its old times as ones of 2.0, under the names of 2.0. */
export function withTimes(
  document: JsonObject,
  names: { readonly issuedOn: string; readonly expires: string },
): JsonObject {
  const { issuedOn: _, expires: __, ...rest } = document;
  return {
    ...rest,
    ...timeAs('issuedOn', document[names.issuedOn]),
    ...timeAs('expires', document[names.expires]),
    evidence: listOf(document['evidence']),
  };
}

function timeAs(name: string, value: Json | undefined): JsonObject {
  const time = parseOldTime(value);
  return time === undefined ? {} : { [name]: time.at };
}
