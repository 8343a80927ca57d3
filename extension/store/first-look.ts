import type { OfferStanding } from '../channel.ts';

/**
 * The popup's first question, asked of IndexedDB itself: Dexie would cost the first paint 30 kB of script.
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
    const offers = database.transaction('offers', 'readonly').objectStore('offers');
    await Promise.all(
      keys.map(async (key) => {
        const row: unknown = await answerOf(offers.get(key));
        if (typeof row === 'object' && row !== null && 'standing' in row && isStanding(row.standing))
          standings.set(key, row.standing);
      }),
    );
  } finally {
    database.close();
  }
  return standings;
}

function isStanding(value: unknown): value is OfferStanding {
  return value === 'claimed' || value === 'dismissed' || value === 'undone';
}

function openExisting(name: string): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    // Only a database that was not there is upgraded by an open without a version.
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => {
      if (request.result.objectStoreNames.contains('offers')) resolve(request.result);
      else {
        request.result.close();
        resolve(undefined);
      }
    };
    request.onerror = (event) => {
      event.preventDefault();
      resolve(undefined);
    };
  });
}

function answerOf(request: IDBRequest<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
