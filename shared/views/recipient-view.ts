import type { Words } from '../messages/catalogue.ts';
import type { RecipientMatch } from '../model/badge.ts';

export type RecipientView = {
  readonly match: RecipientMatch;
  readonly word: string;
  readonly sentence: string;
  /** plainly the reader's: a small view leaves the line out */
  readonly plain: boolean;
};

/** Whose a badge is, beside the verdict and never part of it. */
export function recipientView(match: RecipientMatch, words: Words): RecipientView {
  return { match, ...words.text.recipient[match], plain: match === 'yours' };
}
