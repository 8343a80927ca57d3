import type { ErrorCode } from '../shared/model/errors.ts';
import type { ExtensionCatalogue } from './messages/en.ts';

/** What is known of syncing, as far as one word needs it. */
export type SyncFacts = {
  readonly account: boolean;
  readonly unsent: number;
  readonly running: boolean;
  /** why the last round failed */
  readonly failure?: ErrorCode;
  readonly distrust: boolean;
};

/** What no waiting and no trying again mends: the learner has to do something. */
const needingLearner: ReadonlySet<ErrorCode> = new Set([
  'revoked',
  'sync-distrust',
  'unauthorized',
  'quota',
  'no-space',
  'too-large',
  'refused-commit',
  'newer-version',
  'companion-misbehaved',
  'unexpected',
]);

/** Whether syncing has stopped until the learner does something about it. */
export function needsLearner({
  account,
  failure,
  distrust,
}: Pick<SyncFacts, 'account' | 'failure' | 'distrust'>): boolean {
  return account && (distrust || (failure !== undefined && needingLearner.has(failure)));
}

/** Where what is kept has got to, in a few words; what needs the learner comes before what does not. */
export function syncWord(facts: SyncFacts, online: boolean, words: ExtensionCatalogue['sync']): string {
  const { failure, unsent } = facts;
  if (!facts.account) return words.none;
  if (needsLearner(facts)) return words.needsYou;
  if (failure !== undefined || (!online && unsent > 0)) return words.savedHere;
  return facts.running || unsent > 0 ? words.onItsWay : words.everywhere;
}
