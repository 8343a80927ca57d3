import type { OfferStanding } from '../channel.ts';
import type { OfferRow } from './database.ts';
import { rowsIn } from './packed-rows.ts';
import { answerOf, openExisting } from './raw-database.ts';

/**
 * The popup's first question, asked of IndexedDB itself, so that its first paint waits for no more than it shows.
 * For each offer's key whether it was claimed, dismissed or undone; a key that is absent is new.
 * A database that does not exist yet is not made by asking.
 */
export async function firstLook(
  keys: readonly string[],
  name = 'backpack',
): Promise<ReadonlyMap<string, OfferStanding>> {
  const standings = new Map<string, OfferStanding>();
  if (keys.length === 0) return standings;
  const database = await openExisting(name);
  if (database === undefined) return standings;
  try {
    if (!database.objectStoreNames.contains('offerPacks')) return standings;
    const packs = database.transaction('offerPacks', 'readonly').objectStore('offerPacks');
    await Promise.all(
      keys.map(async (key) => {
        const pack = await answerOf(packs.openCursor(IDBKeyRange.upperBound(key), 'prev'));
        const row = rowsIn<OfferRow>(pack?.value).find(({ id }) => id === key);
        if (row !== undefined) standings.set(key, row.standing);
      }),
    );
  } finally {
    database.close();
  }
  return standings;
}
