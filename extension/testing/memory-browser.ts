import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { startTestServer } from '../../companion-server/testing/test-server.ts';
import { instantOf, parseUrl, type Url } from '../../shared/model/brands.ts';
import { emptyDoc, newestStampOf, withFields } from '../../shared/sync/doc.ts';
import { newRecoverySecret, recoveryCodeOf } from '../../shared/sync/recovery-code.ts';
import { nextStamp } from '../../shared/sync/stamp.ts';
import { type MemorySyncStorage, memorySyncStorage } from '../../shared/testing/memory-sync-storage.ts';
import { chooseServer } from '../actions/choose-server.ts';
import { createAccount } from '../actions/create-account.ts';
import { joinByRecoveryCode } from '../actions/join-by-recovery-code.ts';
import type { PublishDeps } from '../actions/publish-profile.ts';
import { syncNow } from '../actions/sync-now.ts';
import { companionAt } from '../companion.ts';
import { type Exchange, exchange } from '../companion-exchange.ts';
import type { AccountRows, AccountValues } from '../store/account-rows.ts';
import { openRoot } from '../unlockers/open-root.ts';

export const random = (bytes: number) => new Uint8Array(randomBytes(bytes));
export const clock = () => instantOf(Date.now());
export const newCode = () => recoveryCodeOf(newRecoverySecret(random));

/** A real server in this process; `endTestServers` ends it. */
export async function startServer(environment: Record<string, string> = {}): Promise<Url> {
  return addressOf(await startTestServer({ RATE_SCALE: '1000', ...environment }));
}

/** Where a server is, as its learner chooses it. */
export function addressOf({ origin }: { readonly origin: string }): Url {
  const url = parseUrl(origin);
  if (!url.ok) throw url.error;
  return url.value;
}

function memoryRows(): AccountRows & { readonly all: Map<string, unknown> } {
  const all = new Map<string, unknown>();
  return {
    all,
    get: async <Key extends keyof AccountValues>(key: Key) => all.get(key) as AccountValues[Key] | undefined,
    put: async (key, value) => void all.set(key, structuredClone(value)),
    change: async <Key extends keyof AccountValues>(
      key: Key,
      after: (before: AccountValues[Key] | undefined) => AccountValues[Key] | undefined,
    ) => {
      const value = after(all.get(key) as AccountValues[Key] | undefined);
      if (value !== undefined) all.set(key, structuredClone(value));
    },
    remove: async (key) => void all.delete(key),
  };
}

/** What a browser keeps, in memory, and the real way to a server. */
export type MemoryBrowser = PublishDeps & {
  readonly rows: ReturnType<typeof memoryRows>;
  readonly storage: MemorySyncStorage;
  time: number;
  exchange: Exchange;
};

/** A browser whose learner has chosen this server. */
export async function openBrowser(server: Url): Promise<MemoryBrowser> {
  const storage = memorySyncStorage();
  const browser: MemoryBrowser = {
    rows: memoryRows(),
    storage,
    random,
    clock: () => instantOf(browser.time),
    time: Date.now(),
    exchange,
    companion: (address) =>
      companionAt(address, { exchange: (request) => browser.exchange(request), clock, random }),
    alone: (work) => work(),
    correctClock: async () => undefined,
    root: openRoot(() => instantOf(browser.time)),
    // As the page writes documents of the learner's own.
    changeDoc: (id, fields, parts = []) =>
      storage.write(async (tables) => {
        const [before] = await tables.docs.get([id]);
        const doc = before ?? emptyDoc(id);
        const stamp = nextStamp(newestStampOf(doc), Date.now(), '0'.repeat(16));
        await tables.blobs.put([...parts]);
        await tables.docs.put([withFields(doc, fields, stamp)]);
        await tables.dirty.put([{ id, mark: stamp }]);
      }),
  };
  expect(await chooseServer(server, browser)).toEqual({ ok: true, value: null });
  return browser;
}

/** Keeps one badge, as far as syncing sees it. */
export async function claim({ storage }: MemoryBrowser, name: string, now = Date.now()): Promise<void> {
  const id = `badge|${Buffer.from(name).toString('base64url')}` as const;
  const doc = withFields(emptyDoc(id), { made: 'now', name }, nextStamp('', now, '0'.repeat(16)));
  await storage.write(async (tables) => {
    await tables.docs.put([doc]);
    await tables.dirty.put([{ id, mark: name }]);
  });
}

/** The names of what is kept, in order. */
export async function namesIn({ storage }: MemoryBrowser): Promise<readonly unknown[]> {
  const docs = await storage.tables.docs.list(1000);
  return docs.map((doc) => doc.f['name']?.[0]).sort();
}

export const done = { ok: true, value: null };
export const asked = { asked: true } as const;

/** Browsers of one backpack, all up to date, at a server of its own or at `at`. */
export async function openBackpacks(
  count: number,
  at?: Url,
): Promise<{ server: Url; code: string; browsers: MemoryBrowser[] }> {
  const server = at ?? (await startServer());
  const code = newCode();
  const browsers: MemoryBrowser[] = [];
  for (let index = 0; index < count; index += 1) {
    const browser = await openBrowser(server);
    expect(await (index === 0 ? createAccount(code, browser) : joinByRecoveryCode(code, browser))).toEqual(
      done,
    );
    browsers.push(browser);
  }
  for (const browser of browsers) expect(await syncNow(browser, asked)).toMatchObject({ kind: 'synced' });
  return { server, code, browsers };
}

/** How the log calls this browser. */
export async function kidOf({ rows }: MemoryBrowser) {
  const row = await rows.get('account');
  if (row === undefined) throw new TypeError('no account');
  return row.device.kid;
}

/** Where this browser stands in the log. */
export async function linkOf({ storage }: MemoryBrowser) {
  const [link] = await storage.tables.link.get(['link']);
  if (link?.chain === undefined) throw new TypeError('no chain');
  return { ...link, chain: link.chain };
}
