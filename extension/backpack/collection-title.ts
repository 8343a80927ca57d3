import { plainText } from '../../shared/messages/plain-text.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';

/** A collection as it is called in lists. */
export function titleOf({ title }: { readonly title: string }, words: BackpackWords): string {
  return plainText(title, 120) || words.own.collections.untitled;
}
