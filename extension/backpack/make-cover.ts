import type { Bytes } from '../../shared/model/bytes.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { Cover } from '../actions/gather-profile.ts';

/** Largest picture that is read: more than any camera's JPEG. */
export const maxCoverFileBytes = 30 * 1024 * 1024;
/** Largest picture that is drawn: as a bitmap it takes four bytes a pixel. */
export const maxCoverPixels = 100_000_000;
/** A page is 62 rem wide: this is sharp on it, and small. */
const coverWidth = 1_600;
/** How many times wider than high the page shows it. */
export const coverRatio = 4;
const jpegQuality = 0.85;

/** Where the strip lies in a picture that has more than it shows: at its top or left, and so on. */
export const coverPlaces = ['start', 'middle', 'end'] as const;
export type CoverPlace = (typeof coverPlaces)[number];
/** `spare`: along which side there is more of the picture than is shown, if any. */
export type ChosenCover = Cover & { readonly bytes: Bytes; readonly spare: Spare };
export type Spare = 'high' | 'wide' | undefined;
type Cut = Readonly<Record<'x' | 'y' | 'width' | 'height' | 'toWidth' | 'toHeight', number>>;

/**
 * A picture file as the cover that is published: the strip of it that the page shows, small, and drawn anew, so that
 * what else the file holds (the place and time of a photograph, a badge baked in) goes to nobody.
 * Errors: `not-a-picture`, `picture-too-large`.
 */
export async function makeCover(file: Blob, place: CoverPlace = 'middle'): Promise<Result<ChosenCover>> {
  if (file.size > maxCoverFileBytes) return tooLarge();
  const picture = await pictureIn(file);
  if (picture === undefined) return failed(new BackpackError('not-a-picture'));
  const cut = cutOf(picture.width, picture.height, place);
  if (!cut.ok) {
    picture.close();
    return cut;
  }
  const { x, y, width, height, toWidth, toHeight } = cut.value;
  const spare = picture.height - height >= 1 ? 'high' : picture.width - width >= 1 ? 'wide' : undefined;
  const canvas = new OffscreenCanvas(toWidth, toHeight);
  const drawing = canvas.getContext('2d');
  if (drawing === null) throw new TypeError('This browser draws no pictures.');
  // A JPEG has no holes: what shines through is paper.
  drawing.fillStyle = 'white';
  drawing.fillRect(0, 0, toWidth, toHeight);
  drawing.imageSmoothingQuality = 'high';
  drawing.drawImage(picture, x, y, width, height, 0, 0, toWidth, toHeight);
  picture.close();
  const drawn = await canvas.convertToBlob({ type: 'image/jpeg', quality: jpegQuality });
  const bytes = new Uint8Array(await drawn.arrayBuffer());
  return ok({ hash: await sha256Of(bytes), bytes, spare });
}

/** Which part of a picture is shown, and how large it is drawn; never larger than it is. Errors: `picture-too-large`. */
export function cutOf(width: number, height: number, place: CoverPlace = 'middle'): Result<Cut> {
  if (width * height > maxCoverPixels) return tooLarge();
  const wide = Math.min(width, height * coverRatio);
  const high = Math.min(height, width / coverRatio);
  const before = coverPlaces.indexOf(place) / 2;
  const toWidth = Math.max(coverRatio, Math.min(coverWidth, Math.round(wide)));
  return ok({
    x: (width - wide) * before,
    y: (height - high) * before,
    width: wide,
    height: high,
    toWidth,
    toHeight: Math.round(toWidth / coverRatio),
  });
}

/** `undefined` for what this browser does not read as a picture, whatever its name says. */
async function pictureIn(file: Blob): Promise<ImageBitmap | undefined> {
  return createImageBitmap(file).catch(() => undefined);
}

function tooLarge(): Result<never> {
  const facts = {
    megabytes: maxCoverFileBytes / (1024 * 1024),
    megapixels: maxCoverPixels / 1_000_000,
  };
  return failed(new BackpackError('picture-too-large', facts));
}
