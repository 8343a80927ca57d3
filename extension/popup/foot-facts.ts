import { liveQuery } from 'dexie';
import type { ExtensionWords } from '../messages/words.ts';
import { database } from '../store/database.ts';

/** Says the footer's facts now and whenever they change, until the returned function is called. */
export function watchFootFacts(words: ExtensionWords, say: (facts: string) => void): () => void {
  const subscription = liveQuery(() => database.cards.count()).subscribe({
    next: (count) => say(words.formats.plural(count, words.text.count.badges)),
    error: () => say(''),
  });
  return () => subscription.unsubscribe();
}
