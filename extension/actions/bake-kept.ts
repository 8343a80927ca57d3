import { bake, unbake } from '../../shared/baking/registry.ts';
import { sniff } from '../../shared/baking/sniff.ts';
import type { Bytes } from '../../shared/model/bytes.ts';
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
 * Errors: `document-missing`; `malformed-picture` for what is neither PNG nor SVG.
 */
export async function bakeKept(
  kept: KeptBadge,
  store: BackpackDatabase = database,
): Promise<Result<BakedPicture>> {
  const original = await readBlob(kept.original, store);
  if (original === undefined) return failed(new BackpackError('document-missing', {}));
  if (kept.container === 'png' || kept.container === 'svg') return ok(named(original));
  const picture = kept.picture === undefined ? undefined : await readBlob(kept.picture.hash, store);
  if (picture === undefined) return failed(new BackpackError('document-missing', {}));
  const held = await unbake(original);
  if (!held.ok) return held;
  const isCredential = kept.badge?.generation === '3.0' || kept.badge?.generation === 'clr-2.0';
  const baked = bake(picture, held.value.document, isCredential ? 'credential' : 'assertion');
  return baked.ok ? ok(named(baked.value)) : baked;
}

function named(bytes: Bytes): BakedPicture {
  return sniff(bytes) === 'svg'
    ? { bytes, ending: '.svg', mediaType: 'image/svg+xml' }
    : { bytes, ending: '.png', mediaType: 'image/png' };
}
