import { usableY } from '../../../shared/keys/points.ts';
import type { Bytes } from '../../../shared/model/bytes.ts';
import { unusual } from './unusual.ts';

/** That bytes are no point at all is found by WebCrypto, whose no sends the badge to the whole verifier. */
export function isSoundEd25519(raw: Bytes): boolean {
  return usableY(raw) !== undefined;
}

export const coordinatesOf = (): never => unusual();
