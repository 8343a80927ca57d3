import { companionAt } from '../../extension/companion.ts';
import { exchange } from '../../extension/companion-exchange.ts';
import { clock, random } from '../../extension/effects.ts';
import { databaseOf } from '../../extension/store/database.ts';
import { answerOf } from '../../extension/store/raw-database.ts';
import { syncStorage } from '../../extension/store/sync-storage.ts';
import { parseUrl } from '../../shared/model/brands.ts';
import { bytesOfBase64Url } from '../../shared/model/bytes.ts';
import { newLink } from '../../shared/sync/account.ts';
import { allStates } from '../../shared/sync/apply-page.ts';
import { epochsByVault } from '../../shared/sync/epochs.ts';
import { rootKeysOf } from '../../shared/sync/key-schedule.ts';
import { heldKeysOf, openKeyring } from '../../shared/sync/keyring.ts';
import { pullToHead } from '../../shared/sync/pull-log.ts';
import type { AccountId } from '../../shared/sync/shapes.ts';

/* What runs in the browser: a fresh device's download as the extension does it, and the least that could be done. */

export type Fresh = {
  readonly server: string;
  readonly acct: AccountId;
  readonly root: string;
  readonly keyring: string;
};
/** How long it took, and what is in the database afterwards. */
export type Arrived = { readonly took: number; readonly records: number; readonly bytes: number };

const fill = (text: string) => bytesOfBase64Url(text) ?? new Uint8Array();

/** The whole log into an empty database, the chain verified: what a device does when it joins. */
export async function download({ server, acct, root, keyring }: Fresh): Promise<Arrived> {
  const keys = await rootKeysOf(fill(root));
  const ring = await openKeyring(keyring, acct, keys.vault);
  const url = parseUrl(server);
  if (!ring.ok || !url.ok) throw new Error('the account cannot be opened');
  const held = await heldKeysOf(ring.value, acct);
  const name = `fresh-${crypto.randomUUID()}`;
  const store = databaseOf(name);
  const storage = syncStorage(clock, store);
  await storage.write((tables) => tables.link.put([newLink(acct)]));
  const companion = companionAt(url.value, { exchange, clock, random });
  // It has unlocked the account just now, and so has a nonce.
  await companion.meta();
  const transport = companion.transport({ signer: keys.account, acct });
  const began = performance.now();
  const outcome = await pullToHead({
    storage,
    transport,
    keys: held,
    openEpochs: epochsByVault(keys.vault),
    random,
    clock,
  });
  const took = performance.now() - began;
  if (outcome.kind !== 'synced') throw new Error(`not synced: ${JSON.stringify(outcome)}`);
  const records = (await store.docs.count()) + (await store.blobs.count());
  const states = await storage.read(allStates);
  const kept = [...states.values()].reduce((sum, { len }) => sum + len, 0);
  await answerOf(indexedDB.deleteDatabase(name));
  return { took, records, bytes: kept };
}

/** The same bytes from a server that does nothing else, opened with one key and put, one transaction a page. */
export async function fetchAndStore(pages: readonly string[], secret: string): Promise<Arrived> {
  const key = await crypto.subtle.importKey('raw', fill(secret), 'AES-GCM', false, ['decrypt']);
  const name = `bare-${crypto.randomUUID()}`;
  const database = await opened(name);
  let [records, bytes] = [0, 0];
  const began = performance.now();
  for (const page of pages) {
    const body = new Uint8Array(await (await fetch(page, { cache: 'no-store' })).arrayBuffer());
    const [, ...sealed] = partsOf(body);
    const rows = await Promise.all(
      sealed.map(async (part, index) => {
        const iv = part.slice(5, 17);
        const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, part.slice(17));
        return { id: `${page}|${index}`, bytes: new Uint8Array(plain) };
      }),
    );
    await put(database, rows);
    records += rows.length;
    bytes += sealed.reduce((sum, part) => sum + part.length, 0);
  }
  const took = performance.now() - began;
  database.close();
  indexedDB.deleteDatabase(name);
  return { took, records, bytes };
}

function opened(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore('records', { keyPath: 'id' });
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function put(database: IDBDatabase, rows: readonly object[]): Promise<void> {
  // As durable as ours.
  const transaction = database.transaction('records', 'readwrite', { durability: 'strict' });
  const store = transaction.objectStore('records');
  for (const row of rows) store.put(row);
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
  });
}

function partsOf(body: Uint8Array<ArrayBuffer>): readonly Uint8Array<ArrayBuffer>[] {
  const view = new DataView(body.buffer);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; offset < body.length; ) {
    const length = view.getUint32(offset);
    parts.push(body.subarray(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return parts;
}
