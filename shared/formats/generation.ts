import type { Generation } from '../model/badge.ts';
import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';

const version2Contexts = new Set([
  'https://w3id.org/openbadges/v2',
  'https://openbadgespec.org/v2/context.json',
  'https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld',
]);
const version1Contexts = new Set([
  'https://w3id.org/openbadges/v1',
  'https://openbadgespec.org/v1/context.json',
]);
const credentialContexts = new Set([
  'https://www.w3.org/ns/credentials/v2',
  'https://www.w3.org/2018/credentials/v1',
]);
/** Namespace of the terms of 1.1 and 2.0; a context written into the document itself maps its words to it. */
const openBadgesTerms = 'https://w3id.org/openbadges#';

/**
 * Which generation a document belongs to, by its shape alone and never by file name or media type.
 * `undefined`: an object that we do not know. What it claims to be is not yet what it is: structure is judged later.
 * Source: the contexts and classes of OB 0.5, 1.0, 1.1, 2.0 and 3.0, CLR 2.0 and VCDM.
 */
export function generationOf(document: JsonObject): Generation | undefined {
  // A service manifest of Badge Connect (2.1) speaks of an API, not of badges.
  if ('badgeConnectAPI' in document) return undefined;
  const contexts = listOf(document['@context']);
  const credential = credentialGenerationOf(document, contexts);
  if (credential !== undefined) return credential;
  if (contexts.some((context) => typeof context === 'string' && version2Contexts.has(context))) return '2.0';
  if (contexts.some((context) => typeof context === 'string' && version1Contexts.has(context))) return '1.1';
  if (contexts.some(mapsToOpenBadges)) return '2.0';
  if (contexts.length > 0) return undefined;
  return generationWithoutContext(document);
}

/**
 * The generation of a part that stands alone: badge classes and issuers of 1.0 name neither context nor class, so
 * that only somebody who asks for the form of a badge's part may take them for one. Source: OB 1.0 §BadgeClass, §Issuer.
 */
export function generationOfPart(document: JsonObject): Generation | undefined {
  const known = generationOf(document);
  if (known !== undefined || '@context' in document || 'type' in document) return known;
  const isClass = ['criteria', 'issuer'].some((name) => name in document);
  const isIssuer = ['url', 'email', 'revocationList'].some((name) => name in document);
  const isNamed = 'name' in document || 'description' in document;
  return isClass || (isNamed && isIssuer) ? '1.0' : undefined;
}

/** True when the document speaks of Open Badges 2.0 in a context that we do not have, e.g. a misspelt one. */
export function claimsOpenBadges(document: JsonObject): boolean {
  return listOf(document['@context']).some(
    (context) =>
      typeof context === 'string' &&
      /^https?:\/\/(?:w3id\.org\/openbadges|openbadgespec\.org)\//.test(context),
  );
}

/** Whoever names a class of 3.0 claims to be one, though a context is missing; a class is never guessed. */
function credentialGenerationOf(document: JsonObject, contexts: readonly Json[]): Generation | undefined {
  const types = listOf(document['type'] ?? document['@type']);
  if (types.includes('OpenBadgeCredential') || types.includes('AchievementCredential')) return '3.0';
  if (types.includes('ClrCredential')) return 'clr-2.0';
  if (types.includes('EndorsementCredential')) return '3.0';
  const isCredential = contexts.some(
    (context) => typeof context === 'string' && credentialContexts.has(context),
  );
  return isCredential ? 'vc-2.0' : undefined;
}

function mapsToOpenBadges(context: Json): boolean {
  return isJsonObject(context) && Object.values(context).includes(openBadgesTerms);
}

function generationWithoutContext(document: JsonObject): Generation | undefined {
  // An assertion of 2.0 that lacks its context claims to be one all the same; 1.x has `uid` and `verify`.
  const isTyped = listOf(document['type']).includes('Assertion') && 'verification' in document;
  if (isTyped && !('uid' in document)) return '2.0';
  const badge = document['badge'];
  const recipient = document['recipient'];
  if (
    isJsonObject(badge) &&
    (typeof recipient === 'string' || isJsonObject(badge['issuer'])) &&
    !('verify' in document)
  )
    return '0.5';
  // What is badly damaged still shows what it was meant to be by the words that only 0.5 has.
  const isOld =
    typeof recipient === 'string' && ['badge', 'issued_on', 'salt'].some((name) => name in document);
  if (isOld && !('verify' in document) && !('verification' in document)) return '0.5';
  const names = ['recipient', 'verify', 'badge', 'uid'].filter((name) => name in document);
  return names.length >= 2 && (isJsonObject(recipient) || 'verify' in document) ? '1.0' : undefined;
}
