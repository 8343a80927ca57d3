import type { Words } from '../messages/catalogue.ts';
import { fill } from '../messages/formats.ts';

/** How many colours `badge-picture.css` has for badges without a picture. */
export const initialColours = 12;

export type PictureView = {
  /** address of the picture: `blob:`, `data:` or one of our own, never the issuer's; `''` while it is still read */
  readonly address?: string;
  readonly alternative: string;
  readonly initial: string;
  /** 0 – 11, the same for a badge everywhere */
  readonly colour: number;
  readonly struck: boolean;
};

/**
 * The picture of a badge, or the initial of its name on a colour chosen by its hash.
 * `name` is already plain text; `hash` any text that stays the same for a badge.
 */
export function pictureView(
  badge: {
    readonly name: string;
    readonly hash: string;
    readonly address?: string;
    readonly struck: boolean;
  },
  words: Words,
): PictureView {
  return {
    ...(badge.address === undefined ? {} : { address: badge.address }),
    alternative: fill(words.text.badge.pictureOf, { name: badge.name }, words.formats),
    initial: initialOf(badge.name, words),
    colour: colourOf(badge.hash),
    struck: badge.struck,
  };
}

function colourOf(hash: string): number {
  let sum = 0;
  for (let index = 0; index < hash.length; index += 1) sum = (sum * 31 + hash.charCodeAt(index)) % 9973;
  return sum % initialColours;
}

/** First letter or digit as a reader counts them, so that combined emoji and marked letters stay whole. */
function initialOf(name: string, words: Words): string {
  const segmenter = new Intl.Segmenter(words.formats.language, { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(name.slice(0, 64)))
    if (/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(segment)) return segment.toLocaleUpperCase();
  return '•';
}
