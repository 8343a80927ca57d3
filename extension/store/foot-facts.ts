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

type CountRow = { readonly value?: unknown } | undefined;

const nothing: FootFacts = { badges: 0, account: false, unsent: 0, distrust: false };

/** Where each card was a record of its own, up to version 30. */
const formerCards = 'cards';

/** Counts what is kept and what waits to be sent. */
export async function readFootFacts(name = 'backpack'): Promise<FootFacts> {
  const database = await openExisting(name);
  if (database === undefined) return nothing;
  // Just after an update it is in its former form still, which the background is about to change.
  const isFormer = database.objectStoreNames.contains(formerCards);
  const tables = [isFormer ? formerCards : 'local', 'dirty', 'link', 'keys'];
  try {
    if (tables.some((table) => !database.objectStoreNames.contains(table))) return nothing;
    const read = database.transaction(tables, 'readonly');
    const [badges, unsent, link, sync] = await Promise.all([
      isFormer
        ? answerOf(read.objectStore(formerCards).count())
        : answerOf<CountRow>(read.objectStore('local').get(cardCountKey)).then(cardCountIn),
      answerOf(read.objectStore('dirty').count()),
      answerOf<unknown>(read.objectStore('link').get('link')),
      answerOf<SyncValue>(read.objectStore('keys').get('sync')),
    ]);
    const linked = typeof link === 'object' && link !== null;
    const failure = errorCodes.find((code) => code === sync?.value?.failure?.code);
    return {
      badges,
      account: linked,
      unsent,
      distrust: linked && 'distrust' in link && link.distrust !== undefined,
      ...(failure === undefined ? {} : { failure }),
    };
  } finally {
    database.close();
  }
}
