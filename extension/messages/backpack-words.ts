import { type Words, wordsOf } from '../../shared/messages/catalogue.ts';
import { type BackpackCatalogue, backpackEn } from './backpack-en.ts';

/** The words of the backpack page: the shared ones, those of every page of the extension, and its own. */
export type BackpackWords = Words & { readonly own: BackpackCatalogue };

/** The reader's words. There is one language so far; dates are written in the browser's time zone. */
export function backpackWords(timeZone?: string): BackpackWords {
  return { ...wordsOf('en', timeZone), own: backpackEn };
}
