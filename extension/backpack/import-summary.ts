import { fill } from '../../shared/messages/formats.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { type ImportRow, wasRefused } from './use-imports.ts';

/** What stands above the rows of an import. */
export type ImportSummary = {
  /** while something is still read */
  readonly reading?: { readonly done: number; readonly of: number; readonly sentence: string };
  /** what came of it once everything is read; `''` before and where there is nothing to say */
  readonly sentence: string;
};

type Told = keyof BackpackWords['own']['import']['summary'];
const inOrder: readonly Told[] = ['kept', 'already', 'unread', 'refused'];

/** Counts the rows by what came of them. Envelopes and archives have their own words in their row. */
export function importSummary(rows: readonly ImportRow[], { own, formats }: BackpackWords): ImportSummary {
  const said = own.import;
  const open = rows.filter(({ outcome }) => outcome.state === 'reading').length;
  if (open > 0) {
    const done = rows.length - open;
    const sentence = fill(said.readSoFar, { done, count: rows.length }, formats);
    return { reading: { done, of: rows.length, sentence }, sentence: '' };
  }
  const told = rows.map(toldOf);
  const sentences = inOrder.flatMap((name) => {
    const count = told.filter((one) => one === name).length;
    return count === 0 ? [] : [formats.plural(count, said.summary[name])];
  });
  return { sentence: sentences.join(' ') };
}

function toldOf(row: ImportRow): Told | undefined {
  if (wasRefused(row)) return 'refused';
  const { outcome } = row;
  switch (outcome.state) {
    case 'kept':
      return outcome.alreadyKept ? 'already' : 'kept';
    case 'unread':
      return 'unread';
    default:
      return undefined;
  }
}
