import { sniff } from '../baking/sniff.ts';
import { readSvg } from '../baking/svg-document.ts';
import type { Badge } from '../model/badge.ts';
import { parseUrl } from '../model/brands.ts';
import { decodeDataUrl } from '../model/data-url.ts';
import type { Fetcher } from '../model/effects.ts';
import { maxBadgeFileBytes } from '../model/limits.ts';
import { pictureSizeOf } from './picture-size.ts';

export type Picture = { readonly bytes: Uint8Array; readonly mediaType: PictureType };
export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/svg+xml';

/** Most pixels a side (design §16). */
export const maxPictureSide = 4096;

/** The parts of a `Verification` that a picture can come from. */
export type Pictured = { readonly badge?: Badge; readonly original: Uint8Array; readonly container: string };

/**
 * The picture to show for a badge: the file itself when it is one, else that of the award, else that of the
 * achievement. What it is, its bytes say; what has more than 5 MiB or 4,096 pixels a side, or is no picture, is passed
 * over. `undefined` when there is none. Never part of a verdict (conformance rule 3).
 */
export async function findPicture(
  { badge, original, container }: Pictured,
  fetch: Fetcher,
  signal?: AbortSignal,
): Promise<Picture | undefined> {
  const own = container === 'png' || container === 'svg' ? pictureOf(original) : undefined;
  if (own !== undefined) return own;
  const addresses = new Set([badge?.picture, badge?.achievement.picture]);
  for (const address of addresses) {
    const bytes = address === undefined ? undefined : await bytesAt(address, fetch, signal);
    const picture = bytes === undefined ? undefined : pictureOf(bytes);
    if (picture !== undefined) return picture;
  }
  return undefined;
}

/** Bytes as a picture that may be shown, judged by their header alone; `undefined` when they are none. */
export function pictureOf(bytes: Uint8Array): Picture | undefined {
  if (bytes.length > maxBadgeFileBytes) return undefined;
  const kind = sniff(bytes);
  switch (kind) {
    case 'svg':
      return readSvg(bytes).ok ? { bytes, mediaType: 'image/svg+xml' } : undefined;
    case 'png':
    case 'jpeg':
    case 'gif':
    case 'webp': {
      const size = pictureSizeOf(bytes, kind);
      if (size === undefined || !isShowable(size.width) || !isShowable(size.height)) return undefined;
      return { bytes, mediaType: `image/${kind}` };
    }
    default:
      return undefined;
  }
}

function isShowable(side: number): boolean {
  return side >= 1 && side <= maxPictureSide;
}

async function bytesAt(
  address: string,
  fetch: Fetcher,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  if (/^\s*data:/i.test(address)) {
    const decoded = decodeDataUrl(address);
    return decoded.ok ? decoded.value.bytes : undefined;
  }
  const url = parseUrl(address);
  if (!url.ok) return undefined;
  const request = { url: url.value, accept: 'image/*', maxBytes: maxBadgeFileBytes };
  const answer = await fetch(signal === undefined ? request : { ...request, signal });
  return answer.ok && answer.value.status === 200 ? answer.value.bytes : undefined;
}
