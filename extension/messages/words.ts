import { type Words, wordsOf } from '../../shared/messages/catalogue.ts';
import { type ExtensionCatalogue, en } from './en.ts';

/** The words of extension pages: the shared ones and our own. */
export type ExtensionWords = Words & { readonly own: ExtensionCatalogue };

/** The reader's words. There is one language so far; dates are written in the browser's time zone. */
export function extensionWords(timeZone?: string): ExtensionWords {
  return { ...wordsOf('en', timeZone), own: en };
}
