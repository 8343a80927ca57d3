/* What runs in a page of a real browser: the learner's database as an earlier version has left it. */

export { readCard, readCards } from '../store/badges.ts';
export { databaseOf } from '../store/database.ts';
export { readFootFacts } from '../store/foot-facts.ts';

/** Tables of version 30, each with the field that was its key; those of `looked` and `removed` had an index too. */
const former = {
  ...{ docs: 'id', dirty: 'id', blobs: 'id', outbox: 'id', recordPacks: 'id', link: 'id', passedPacks: 'id' },
  ...{ cards: 'id', offerPacks: 'id', looked: 'key', removed: 'id', local: 'key', keys: 'key' },
};

/** Makes a database as version 30 made it, with these rows in its tables. */
export function makeFormer(name: string, rows: Readonly<Record<string, readonly object[]>>): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 30);
    request.onupgradeneeded = () => {
      for (const [table, keyPath] of Object.entries(former)) {
        const made = request.result.createObjectStore(table, { keyPath });
        if (table === 'looked' || table === 'removed') made.createIndex('at', 'at');
        for (const row of rows[table] ?? []) made.put(row);
      }
    };
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
    request.onerror = () => reject(request.error);
  });
}
