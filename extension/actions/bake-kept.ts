import { bake, unbake } from '../../shared/baking/registry.ts';
import { sniff } from '../../shared/baking/sniff.ts';
import { type Bytes, utf8 } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { readBlob } from '../store/badges.ts';
import { type BackpackDatabase, database } from '../store/database.ts';
import type { KeptBadge } from '../store/kept-badge.ts';

export type BakedPicture = {
  readonly bytes: Bytes;
  readonly ending: '.png' | '.svg';
  readonly mediaType: string;
};

/**
 * The badge's picture with the badge written into it. What came as a picture is that picture, unchanged; else the
 * document goes into the kept picture and every other byte of it stays.
 * Errors: `document-missing`; `malformed-picture` for what is neither a whole PNG nor an SVG that can be baked.
 */
export async function bakeKept(
  kept: KeptBadge,
  store: BackpackDatabase = database,
): Promise<Result<BakedPicture>> {
  const original = await readBlob(kept.original, store);
  if (original === undefined) return failed(new BackpackError('document-missing', {}));
  const picture = kept.picture === undefined ? undefined : await readBlob(kept.picture.hash, store);
  return bakedPicture(kept, original, picture);
}

/** The same over bytes at hand. */
export async function bakedPicture(
  { badge, container, address }: Pick<KeptBadge, 'badge' | 'container' | 'address'>,
  original: Bytes,
  picture: Uint8Array | undefined,
): Promise<Result<BakedPicture>> {
  if (container === 'png' || container === 'svg') return ok(named(original));
  if (picture === undefined) return failed(new BackpackError('document-missing', {}));
  const held = await unbake(original);
  if (!held.ok) return held;
  const { generation } = badge ?? {};
  // An assertion of 0.5 does not say where it is hosted: its picture held the address alone (Mozilla's baking, 2011).
  const document = generation === '0.5' && address !== undefined ? utf8(address) : held.value.document;
  const isCredential = generation === '3.0' || generation === 'clr-2.0' || generation === 'vc-2.0';
  const baked = bake(picture, document, isCredential ? 'credential' : 'assertion');
  return baked.ok ? ok(named(baked.value)) : baked;
}

function named(bytes: Bytes): BakedPicture {
  return sniff(bytes) === 'svg'
    ? { bytes, ending: '.svg', mediaType: 'image/svg+xml' }
    : { bytes, ending: '.png', mediaType: 'image/png' };
}
