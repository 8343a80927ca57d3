import { type ErrorCode, errorCodes } from '../../shared/model/errors.ts';
import { cardCountIn, cardCountKey } from './card-count.ts';
import { answerOf, openExisting } from './raw-database.ts';

/** What the popup's footer says, read as `firstLook` is. */
export type FootFacts = {
  readonly badges: number;
  /** this browser belongs to an account */
  readonly account: boolean;
  /** documents that the server does not have yet */
  readonly unsent: number;
  readonly distrust: boolean;
  /** why the last sync failed */
  readonly failure?: ErrorCode;
};

/** As much of the row as is read here; it may be of any version. */
type SyncValue = { readonly value?: { readonly failure?: { readonly code?: unknown } } } | undefined;

const nothing: FootFacts = { badges: 0, account: false, unsent: 0, distrust: false };

/** Counts what is kept and what waits to be sent. */
export async function readFootFacts(name = 'backpack'): Promise<FootFacts> {
  const database = await openExisting(name);
  if (database === undefined) return nothing;
  const tables = ['local', 'dirty', 'link', 'keys'];
  try {
    if (tables.some((table) => !database.objectStoreNames.contains(table))) return nothing;
    const read = database.transaction(tables, 'readonly');
    const [cards, unsent, link, sync] = await Promise.all([
      answerOf<{ readonly value?: unknown } | undefined>(read.objectStore('local').get(cardCountKey)),
      answerOf(read.objectStore('dirty').count()),
      answerOf<unknown>(read.objectStore('link').get('link')),
      answerOf<SyncValue>(read.objectStore('keys').get('sync')),
    ]);
    const linked = typeof link === 'object' && link !== null;
    const failure = errorCodes.find((code) => code === sync?.value?.failure?.code);
    return {
      badges: cardCountIn(cards),
      account: linked,
      unsent,
      distrust: linked && 'distrust' in link && link.distrust !== undefined,
      ...(failure === undefined ? {} : { failure }),
    };
  } finally {
    database.close();
  }
}
