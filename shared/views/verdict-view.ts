import { sayFinding, type Words } from '../messages/catalogue.ts';
import { fill } from '../messages/formats.ts';
import type { Instant } from '../model/brands.ts';
import type { Outcome, Verdict } from '../model/verdict.ts';

/** The marks of look §3: each has its shape, its word and its colour. */
export type Mark =
  | 'checked'
  | 'expired'
  | 'revoked'
  | 'not-valid'
  | 'not-checked'
  | 'unreadable'
  | 'as-recorded';

export type VerdictView = {
  readonly mark: Mark;
  readonly word: string;
  /** one sentence: why it is not valid, or that every check passed */
  readonly sentence: string;
  /** what can be done about it */
  readonly remedy?: string;
  /** sentences of the warnings, which a valid badge may carry and which are always shown */
  readonly notes: readonly string[];
  /** revoked and invalid pictures are greyed and struck wherever they stand */
  readonly struck: boolean;
  readonly at: string;
};

const marks: Readonly<Record<Outcome, Mark>> = {
  valid: 'checked',
  invalid: 'not-valid',
  revoked: 'revoked',
  expired: 'expired',
  unsupported: 'not-checked',
  malformed: 'unreadable',
  unreachable: 'not-checked',
};

/** The mark of an outcome, where only the outcome is kept (tiles of a list). */
export function markOf(outcome: Outcome): Mark {
  return marks[outcome];
}

/** Revoked or not valid: the picture is greyed and struck. */
export function isStruck(mark: Mark): boolean {
  return mark === 'revoked' || mark === 'not-valid';
}

/**
 * What a verdict is shown as. `standing`: `recorded` when the reader's own side did not check, so that nothing of it
 * may read as checked (product §5); then `at` is the day on which the learner's device did. `rememberedFrom`: nobody
 * answers any more, and the verdict rests on what was answered then; a good one says so instead of speaking of today.
 */
export function verdictView(
  verdict: Verdict,
  words: Words,
  standing: 'checked' | 'recorded' = 'checked',
  rememberedFrom?: Instant,
): VerdictView {
  const notes = notesOf(verdict, words);
  const mark = marks[verdict.outcome];
  // A recorded "valid" convinces only its owner; what speaks against the badge is passed on as it is.
  if (standing === 'recorded' && (mark === 'checked' || mark === 'not-checked')) {
    return {
      mark: 'as-recorded',
      word: words.text.marks['as-recorded'],
      sentence: fill(words.text.verdict.asRecorded, { date: verdict.at }, words.formats),
      notes,
      struck: false,
      at: verdict.at,
    };
  }
  const common = { mark, word: words.text.marks[mark], notes, struck: isStruck(mark), at: verdict.at };
  if (verdict.outcome === 'valid' && rememberedFrom !== undefined) {
    const facts = { date: rememberedFrom };
    return {
      ...common,
      word: fill(words.text.verdict.checkedOn, facts, words.formats),
      sentence: fill(words.text.verdict.remembered, facts, words.formats),
    };
  }
  if (verdict.outcome === 'valid') {
    const { valid, validWithNotes } = words.text.verdict;
    const sentence = notes.length === 0 ? valid : words.formats.plural(notes.length, validWithNotes);
    return { ...common, sentence };
  }
  const deciding = verdict.checks.find((check) => check.asks === verdict.outcome);
  return { ...common, ...sayFinding(deciding?.detail ?? { code: verdict.reason, facts: {} }, words) };
}

/** The same note about two documents is said once. */
function notesOf(verdict: Verdict, words: Words): readonly string[] {
  const sentences = verdict.checks
    .filter((check) => check.outcome === 'warning')
    .map((check) => sayFinding(check.detail, words).sentence);
  return [...new Set(sentences)];
}
