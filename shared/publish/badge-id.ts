import type { Sha256 } from '../model/brands.ts';

/** How much of a document's hash names its badge in addresses (product §4). */
export const badgeIdLength = 22;

/** By which a badge is named in addresses: the beginning of its document's hash. */
export function badgeIdOf(hash: Sha256): string {
  return hash.slice(0, badgeIdLength);
}
