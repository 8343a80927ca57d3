import type { Generation } from '../../../shared/model/badge.ts';
import { hasType, type JsonObject } from '../../../shared/model/json.ts';
import { unusual } from './unusual.ts';

/** Badges of 3.0 by the name of their class; to tell any other document takes the whole verifier. */
export function generationOf(document: JsonObject): Generation {
  return hasType(document, 'OpenBadgeCredential') && !('badgeConnectAPI' in document) ? '3.0' : unusual();
}

export const claimsOpenBadges = (): never => unusual();
