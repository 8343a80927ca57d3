import { instantOf, type Sha256 } from '../model/brands.ts';
import { hexOf, sha256Of } from '../model/bytes.ts';
import type { Random } from '../model/effects.ts';
import type { JsonObject } from '../model/json.ts';
import type { Result } from '../model/result.ts';
import { beginLink, type NewAccount, newAccount, newLink } from '../sync/account.ts';
import { splitBlob } from '../sync/blobs.ts';
import { beginChain } from '../sync/chain.ts';
import { parseCommit } from '../sync/commit.ts';
import type { Signer } from '../sync/compact-jws.ts';
import { type DeviceKeys, deviceSigner, newDeviceKeys } from '../sync/device-keys.ts';
import { type Doc, type DocId, emptyDoc, exists, newestStampOf, wiped, withFields } from '../sync/doc.ts';
import { epochsByBox, epochsByVault } from '../sync/epochs.ts';
import { enrolDevice } from '../sync/key-commits.ts';
import type { RootKeys } from '../sync/key-schedule.ts';
import { pullToHead } from '../sync/pull-log.ts';
import { type RejoinOutcome, rejoinLog } from '../sync/rejoin-log.ts';
import type { RoundOutcome, SyncDeps } from '../sync/round.ts';
import type { AccountId } from '../sync/shapes.ts';
import { laterStamp, nextStamp, type Stamp } from '../sync/stamp.ts';
import { syncRound } from '../sync/sync-round.ts';
import type { SyncTransport } from '../sync/transport.ts';

import { type MemorySyncStorage, memorySyncStorage } from './memory-sync-storage.ts';

/** What a suite needs of a server: the double gives it, and so does the real one. */
export type SyncServer = {
  /** Opens the account at the server. */
  readonly open: (account: NewAccount) => Promise<Result<unknown>>;
  /** The calls of one signer: a device, or for joining the account key itself. */
  readonly transportOf: (signer: Signer, acct: AccountId) => SyncTransport;
};

/** One of a learner's browsers, with the few things he does in it. */
export type SyncDevice = {
  readonly keys: DeviceKeys;
  readonly storage: MemorySyncStorage;
  readonly claim: (name: string, bytes: Uint8Array) => Promise<DocId>;
  readonly edit: (id: DocId, fields: JsonObject) => Promise<void>;
  readonly remove: (id: DocId) => Promise<Doc | undefined>;
  /** Undoes a removal: all fields again, with fresh stamps. */
  readonly restore: (doc: Doc) => Promise<void>;
  /** One round with the server; `through` stands between the two. */
  readonly sync: (
    server: SyncServer,
    through?: (transport: SyncTransport) => SyncTransport,
  ) => Promise<RoundOutcome>;
  /** Goes back to a server that was restored; `root` where the learner has opened it. */
  readonly rejoin: (
    server: SyncServer,
    root?: RootKeys,
    through?: (transport: SyncTransport) => SyncTransport,
  ) => Promise<RejoinOutcome>;
  readonly docs: () => Promise<readonly Doc[]>;
  /** Every state that a change in this browser, not a sync, has written. */
  readonly written: readonly Doc[];
  readonly blobHashes: () => Promise<readonly Sha256[]>;
  /** Milliseconds that its clock shows; it may be set to anything. */
  clock: number;
};

/** A learner with a first device, the account opened at the server. */
export async function openLearner(
  server: SyncServer,
  random: Random,
  secrets = random,
): Promise<{ readonly account: NewAccount; readonly first: SyncDevice; readonly root: Uint8Array }> {
  const keys = await newDeviceKeys();
  const root = new Uint8Array(secrets(32));
  const account = await newAccount(root, new Uint8Array(secrets(16)), keys.device, random);
  const opened = await server.open(account);
  if (!opened.ok) throw opened.error;
  const first = deviceOf(keys, account, random);
  const genesis = await parseCommit(account.genesis);
  const chain = genesis.ok ? await beginChain(genesis.value) : genesis;
  if (!chain.ok) throw new TypeError('the genesis does not hold');
  await first.storage.write((tables) => beginLink(chain.value, tables));
  return { account, first, root };
}

/** A further device that joins by the account key, as a recovery code allows. */
export async function joinLearner(
  server: SyncServer,
  account: NewAccount,
  random: Random,
): Promise<SyncDevice> {
  const keys = await newDeviceKeys();
  const device = deviceOf(keys, account, random);
  const transport = server.transportOf(account.root.account, account.acct);
  await device.storage.write((tables) => tables.link.put([newLink(account.acct)]));
  const pulled = await pullToHead({
    storage: device.storage,
    transport,
    keys: account.keys,
    openEpochs: epochsByVault(account.root.vault),
    random,
    clock: () => instantOf(device.clock),
  });
  if (pulled.kind !== 'synced' || pulled.head === undefined) throw new TypeError(JSON.stringify(pulled));
  const pushed = await transport.push({
    commit: await enrolDevice(pulled.head, keys.device, account.root),
    records: [],
  });
  if (!pushed.ok) throw pushed.error;
  return device;
}

function deviceOf(keys: DeviceKeys, account: NewAccount, random: Random): SyncDevice {
  const storage = memorySyncStorage();
  const written: Doc[] = [];
  const name = hexOf(random(8));
  const stamp = async (doc: Doc): Promise<Stamp> => {
    const [link] = await storage.tables.link.get(['link']);
    return nextStamp(laterStamp(link?.newestStamp ?? '', newestStampOf(doc)), device.clock, name);
  };
  const change = (id: DocId, changed: (doc: Doc) => Promise<Doc>): Promise<void> =>
    storage.write(async (tables) => {
      const [doc] = await tables.docs.get([id]);
      const after = await changed(doc ?? emptyDoc(id));
      await tables.docs.put([after]);
      await tables.dirty.put([{ id, mark: newestStampOf(after) }]);
      written.push(after);
    });
  const depsOf = (signer: Signer, transport: SyncTransport): SyncDeps => ({
    storage,
    transport,
    keys: account.keys,
    openEpochs: epochsByBox(keys.device, keys.box),
    signer,
    random,
    clock: () => instantOf(device.clock),
  });
  const device: SyncDevice = {
    keys,
    storage,
    written,
    clock: Date.parse('2026-11-23T12:00:00.000Z'),
    claim: async (title, bytes) => {
      const hash = await sha256Of(bytes);
      const id: DocId = `badge|${hash}`;
      await storage.write((tables) => tables.blobs.put(splitBlob(hash, bytes)));
      const fields = { made: instantOf(device.clock), name: title, original: { hash, length: bytes.length } };
      await change(id, async (doc) => withFields(doc, fields, await stamp(doc)));
      return id;
    },
    edit: (id, fields) =>
      change(id, async (doc) => (exists(doc) ? withFields(doc, fields, await stamp(doc)) : doc)),
    remove: async (id) => {
      const [before] = await storage.tables.docs.get([id]);
      await change(id, async (doc) => wiped(doc, await stamp(doc)));
      return before;
    },
    restore: (before) =>
      change(before.id, async (doc) => {
        const fields = Object.fromEntries(Object.entries(before.f).map(([field, [value]]) => [field, value]));
        return withFields(doc, fields, await stamp(doc));
      }),
    sync: async (server, through = (transport) => transport) => {
      const signer = await deviceSigner(keys);
      return syncRound(depsOf(signer, through(server.transportOf(signer, account.acct))));
    },
    rejoin: async (server, root, through = (transport) => transport) => {
      const signer = await deviceSigner(keys);
      const transport = through(server.transportOf(root?.account ?? signer, account.acct));
      return rejoinLog({ ...depsOf(signer, transport), ...(root === undefined ? {} : { root }) });
    },
    docs: () => storage.tables.docs.list(Number.MAX_SAFE_INTEGER),
    blobHashes: async () => {
      const parts = await storage.tables.blobs.list(Number.MAX_SAFE_INTEGER);
      return [...new Set(parts.map(({ hash }) => hash))].sort();
    },
  };
  return device;
}
