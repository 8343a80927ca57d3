import { answerOf, openExisting } from './raw-database.ts';

/** What the popup's footer says, read without Dexie as `firstLook` is. */
export type FootFacts = {
  readonly badges: number;
  /** this browser belongs to an account */
  readonly account: boolean;
  /** documents that the server does not have yet */
  readonly unsent: number;
  readonly distrust: boolean;
};

const nothing: FootFacts = { badges: 0, account: false, unsent: 0, distrust: false };

/** Counts what is kept and what waits to be sent. */
export async function readFootFacts(name = 'backpack'): Promise<FootFacts> {
  const database = await openExisting(name);
  if (database === undefined) return nothing;
  const tables = ['cards', 'dirty', 'link'];
  try {
    if (tables.some((table) => !database.objectStoreNames.contains(table))) return nothing;
    const read = database.transaction(tables, 'readonly');
    const [badges, unsent, link] = await Promise.all([
      answerOf(read.objectStore('cards').count()),
      answerOf(read.objectStore('dirty').count()),
      answerOf<unknown>(read.objectStore('link').get('link')),
    ]);
    const linked = typeof link === 'object' && link !== null;
    return {
      badges,
      account: linked,
      unsent,
      distrust: linked && 'distrust' in link && link.distrust !== undefined,
    };
  } finally {
    database.close();
  }
}
