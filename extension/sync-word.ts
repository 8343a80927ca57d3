import type { ExtensionCatalogue } from './messages/en.ts';

/** What is known of syncing, as far as one word needs it. */
export type SyncFacts = {
  readonly account: boolean;
  readonly unsent: number;
  readonly running: boolean;
  readonly failed: boolean;
  readonly distrust: boolean;
};

/** The one word for where syncing stands; what needs the learner comes before what does not. */
export function syncWord(facts: SyncFacts, online: boolean, words: ExtensionCatalogue['sync']): string {
  if (!facts.account) return words.none;
  if (facts.distrust) return words.distrust;
  if (!online) return words.offline;
  if (facts.running) return words.running;
  if (facts.failed) return words.failed;
  return facts.unsent > 0 ? words.waiting : words.done;
}
