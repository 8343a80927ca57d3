import type { Ask } from './table.ts';

/** What a database is made of, and how one of an earlier version becomes so. */
export type Form = {
  /** raised whenever anything of it changes */
  readonly version: number;
  /**
   * By the name of a table: its key and its indexes, each the name of a field. Without any the key lies beside the row; in
   * a database that had it in the row it stays there.
   */
  readonly tables: Readonly<Record<string, readonly [key?: string, ...indexes: string[]]>>;
  /** takes over what is in `former` tables, which are gone afterwards; awaits nothing else */
  readonly takeOver: (former: readonly string[], ask: Ask) => Promise<void>;
};

/** The way to the database of that name, which is opened when it is first asked for, and again after it was closed. */
export function connectionTo(name: string, form: Form): () => Promise<IDBDatabase> {
  let opened: Promise<IDBDatabase> | undefined;
  const lost = (): void => {
    opened = undefined;
  };
  return () => {
    opened ??= open(name, form, lost);
    return opened;
  };
}

function open(name: string, form: Form, lost: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, form.version);
    request.onupgradeneeded = () => {
      const { result: database, transaction } = request;
      if (transaction !== null)
        changeForm(database, transaction, form).catch((thrown: unknown) => {
          transaction.abort();
          reject(thrown);
        });
    };
    request.onsuccess = () => {
      const database = request.result;
      // A newer version of the extension changes its form: nothing is held open in its way.
      database.onversionchange = () => {
        lost();
        database.close();
      };
      database.onclose = lost;
      resolve(database);
    };
    request.onerror = () => {
      lost();
      reject(request.error);
    };
  });
}

async function changeForm(database: IDBDatabase, transaction: IDBTransaction, form: Form): Promise<void> {
  for (const [table, [keyPath, ...indexes]] of Object.entries(form.tables)) {
    const rows = database.objectStoreNames.contains(table)
      ? transaction.objectStore(table)
      : database.createObjectStore(table, { keyPath: keyPath ?? null });
    for (const index of rows.indexNames) if (!indexes.includes(index)) rows.deleteIndex(index);
    for (const index of indexes) if (!rows.indexNames.contains(index)) rows.createIndex(index, index);
  }
  const former = [...database.objectStoreNames].filter((table) => !Object.hasOwn(form.tables, table));
  await form.takeOver(former, (table, _, question) => question(transaction.objectStore(table)));
  for (const table of former) database.deleteObjectStore(table);
}
