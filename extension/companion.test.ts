import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import { parseUrl } from '../shared/model/brands.ts';
import { utf8 } from '../shared/model/bytes.ts';
import { BackpackError } from '../shared/model/errors.ts';
import { failed } from '../shared/model/result.ts';
import { deviceSigner } from '../shared/sync/device-keys.ts';
import { describeSyncHistories } from '../shared/testing/sync-histories.ts';
import { createAccount } from './actions/create-account.ts';
import { exportFromServer } from './actions/export-from-server.ts';
import { joinByRecoveryCode } from './actions/join-by-recovery-code.ts';
import { syncNow } from './actions/sync-now.ts';
import { unlock } from './actions/unlock.ts';
import { companionAt } from './companion.ts';
import { type Exchange, exchange } from './companion-exchange.ts';
import {
  claim,
  clock,
  type MemoryBrowser,
  namesIn,
  newCode,
  openBrowser,
  random,
  startServer,
} from './testing/memory-browser.ts';
import { keepUnlocked } from './unlockers/device.ts';
import { rootLifetimeMs } from './unlockers/open-root.ts';

afterAll(endTestServers);

describeSyncHistories(
  'the real server',
  async () => {
    const url = await startServer();
    const companion = companionAt(url, { exchange, clock, random });
    return {
      server: {
        open: (account) =>
          companion.createAccount(
            { genesis: account.genesis, unlockers: [...account.unlockers] },
            { signer: account.root.account, acct: account.acct },
          ),
        transportOf: (signer, acct) => companion.transport({ signer, acct }),
      },
      close: async () => undefined,
    };
  },
  { histories: 30, steps: [5, 30], devices: [2, 3] },
);

describe('a backpack on a server', () => {
  it('is made with a recovery code, and joined with it from a second browser that has badges of its own', async () => {
    const server = await startServer();
    const [first, second] = [await openBrowser(server), await openBrowser(server)];
    const code = newCode();
    await claim(first, 'from the first');
    await claim(second, 'from the second');
    expect(await createAccount(code, first)).toEqual({ ok: true, value: null });
    expect(await syncNow(first, { asked: true })).toMatchObject({ kind: 'synced' });
    expect(await joinByRecoveryCode(code.toLowerCase(), second)).toEqual({ ok: true, value: null });
    expect(await namesIn(second)).toEqual(['from the first', 'from the second']);
    expect(await syncNow(second, { asked: true })).toMatchObject({ kind: 'synced' });
    expect(await syncNow(first, { asked: true })).toMatchObject({ kind: 'synced' });
    expect(await namesIn(first)).toEqual(['from the first', 'from the second']);
    expect(await joinByRecoveryCode(code, second)).toMatchObject({ error: { code: 'account-exists' } });
  });

  it('is joined on where an interrupted joining stood', async () => {
    const server = await startServer();
    const [first, second] = [await openBrowser(server), await openBrowser(server)];
    const code = newCode();
    await createAccount(code, first);
    for (const name of ['one', 'two', 'three']) {
      await claim(first, name);
      expect(await syncNow(first, { asked: true })).toMatchObject({ kind: 'synced' });
    }
    const asked: string[] = [];
    second.exchange = async (request) => {
      const { pathname, searchParams } = new URL(request.address);
      if (pathname === '/v1/log') asked.push(searchParams.get('after') ?? '');
      return pathname === '/v1/commits'
        ? failed(new BackpackError('companion-unreachable'))
        : exchange(request);
    };
    expect(await joinByRecoveryCode(code, second)).toMatchObject({
      error: { code: 'companion-unreachable' },
    });
    expect(await namesIn(second)).toEqual(['one', 'three', 'two']);
    second.exchange = async (request) => {
      const { pathname, searchParams } = new URL(request.address);
      if (pathname === '/v1/log') asked.push(searchParams.get('after') ?? '');
      return exchange(request);
    };
    expect(await joinByRecoveryCode(code, second)).toEqual({ ok: true, value: null });
    expect(asked).toEqual(['-1', '3']);
    expect(await syncNow(second, { asked: true })).toMatchObject({ kind: 'synced' });
  });

  it('is handed over by the server as one file, sealed as it has it, and whole', async () => {
    const browser = await openBrowser(await startServer());
    expect(await exportFromServer(browser)).toMatchObject({ error: { code: 'no-account' } });
    await claim(browser, 'a name that nobody reads');
    expect(await createAccount(newCode(), browser)).toMatchObject({ ok: true });
    expect(await syncNow(browser, { asked: true })).toMatchObject({ kind: 'synced' });
    const file = await exportFromServer(browser);
    const text = file.ok ? await file.value.text() : '';
    const kinds = text.split('\n').map((line) => /"kind":"(\w+)"/.exec(line)?.[1]);
    expect(kinds).toEqual(['account', 'unlocker', 'commit', 'commit', 'record', 'end', undefined]);
    expect(text).not.toContain('nobody reads');
  });

  it('is not found with another code, and a typing error asks no server', async () => {
    const server = await startServer();
    const [first, second] = [await openBrowser(server), await openBrowser(server)];
    expect(await createAccount(newCode(), first)).toMatchObject({ ok: true });
    expect(await joinByRecoveryCode(newCode(), second)).toMatchObject({
      error: { code: 'recovery-code-unknown' },
    });
    let calls = 0;
    second.exchange = async (request) => {
      calls += 1;
      return exchange(request);
    };
    const code = newCode();
    const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
    expect(await joinByRecoveryCode(wrong, second)).toMatchObject({
      error: { code: 'recovery-code-mistyped' },
    });
    expect(calls).toBe(0);
  });

  it('is made once, however often the answer was lost', async () => {
    const server = await startServer();
    const browser = await openBrowser(server);
    const code = newCode();
    const sent: string[] = [];
    browser.exchange = async (request) => {
      const answer = await exchange(request);
      if (request.method !== 'POST') return answer;
      sent.push(Buffer.from(request.body ?? new Uint8Array()).toString());
      return sent.length < 3 ? { ok: false, error: new BackpackError('companion-unreachable') } : answer;
    };
    expect(await createAccount(code, browser)).toMatchObject({ error: { code: 'companion-unreachable' } });
    expect(await createAccount(code, browser)).toMatchObject({ error: { code: 'companion-unreachable' } });
    expect(await createAccount(code, browser)).toMatchObject({ ok: true });
    expect(new Set(sent).size).toBe(1);
    expect(await syncNow(browser, { asked: true })).toMatchObject({ kind: 'synced' });
  });

  it('is locked after a quarter of an hour, and opened again by the code alone, without any server', async () => {
    const browser = await openBrowser(await startServer());
    const code = newCode();
    await createAccount(code, browser);
    const account = browser.root.keys()?.account.key;
    browser.time += rootLifetimeMs;
    expect(browser.root.keys()).toBeUndefined();
    browser.exchange = () => {
      throw new TypeError('nothing is asked');
    };
    expect(await unlock(undefined, browser)).toMatchObject({ error: { code: 'locked' } });
    expect(await unlock(newCode(), browser)).toMatchObject({ error: { code: 'recovery-code-unknown' } });
    expect(await unlock(code, browser)).toMatchObject({ ok: true });
    expect(browser.root.keys()?.account.key).toBe(account);
  });

  it('stays unlocked where the learner wants it so', async () => {
    const browser = await openBrowser(await startServer());
    await createAccount(newCode(), browser);
    const account = await browser.rows.get('account');
    const root = browser.root.bytes();
    if (account === undefined || root === undefined) throw new TypeError('no account');
    await keepUnlocked(root, account, browser.rows, random);
    browser.root.forget();
    expect(await unlock(undefined, browser)).toMatchObject({ ok: true });
  });

  it('is told when syncing comes to an end that nobody expected, and when it goes well again', async () => {
    const browser = await openBrowser(await startServer());
    expect(await createAccount(newCode(), browser)).toMatchObject({ ok: true });
    await claim(browser, 'one');
    browser.storage.killAt(1, 'before');
    await expect(syncNow(browser, { asked: true })).rejects.toThrow();
    expect(await browser.rows.get('sync')).toMatchObject({ failures: 1, failure: { code: 'unexpected' } });
    expect(await syncNow(browser, { asked: true })).toMatchObject({ kind: 'synced' });
    expect(await browser.rows.get('sync')).toMatchObject({ failures: 0 });
    expect(await browser.rows.get('sync')).not.toHaveProperty('failure');
  });

  it('has its clock corrected before anything is sent, however it comes into an account (T26)', async () => {
    const first = await openBrowser(await startServer());
    const code = newCode();
    const unsent: (string | undefined)[] = [];
    const correcting = (browser: MemoryBrowser) => ({
      ...browser,
      correctClock: async () => void unsent.push((await browser.storage.tables.link.list(1))[0]?.acct),
    });
    expect(await createAccount(code, correcting(first))).toMatchObject({ ok: true });
    const server = (await first.rows.get('account'))?.server;
    if (server === undefined) throw new TypeError('no server');
    expect(await joinByRecoveryCode(code, correcting(await openBrowser(server)))).toMatchObject({ ok: true });
    expect(unsent).toEqual([undefined, undefined]);
  });

  it('keeps no key in this browser that could be read out, and the root not at all (T65)', async () => {
    const browser = await openBrowser(await startServer());
    const code = newCode();
    await createAccount(code, browser);
    const root = browser.root.bytes();
    if (root === undefined) throw new TypeError('no root');
    await claim(browser, 'one');
    await syncNow(browser, { asked: true });
    const kept = [browser.rows.all, ...Object.values(browser.storage.tables)];
    const texts = JSON.stringify(
      await Promise.all(kept.map(async (table) => (table instanceof Map ? [...table] : table.list(1000)))),
    );
    for (const form of ['base64', 'base64url', 'hex'] as const)
      expect(texts).not.toContain(Buffer.from(root).toString(form).replace(/=+$/, ''));
    expect(texts).not.toContain(code);
    const row = await browser.rows.get('account');
    for (const key of [row?.sign, row?.box, row?.held.blind]) expect(key?.extractable).toBe(false);
  });
});

describe('the way to the server', () => {
  it('asks for a nonce once, and again only where the old one has run out', async () => {
    const server = await startServer();
    const browser = await openBrowser(server);
    const asked: string[] = [];
    let expire = false;
    browser.exchange = async (request) => {
      asked.push(`${request.method} ${new URL(request.address).pathname}`);
      const answer = await exchange(request);
      if (!expire || !answer.ok) return answer;
      expire = false;
      return {
        ok: true,
        value: { ...answer.value, header: (name) => (name === 'Backpack-Nonce' ? 'stale' : undefined) },
      };
    };
    const companion = browser.companion(server);
    const { signer, acct } = await speakerOf(browser);
    asked.length = 0;
    const transport = companion.transport({ signer, acct });
    expect(await transport.pull({ after: -1, limit: 5 })).toMatchObject({ ok: true });
    expire = true;
    expect(await transport.pull({ after: -1, limit: 5 })).toMatchObject({ ok: true });
    expect(await transport.pull({ after: -1, limit: 5 })).toMatchObject({ ok: true });
    expect(asked).toEqual(['HEAD /v1/nonce', 'GET /v1/log', 'GET /v1/log', 'GET /v1/log', 'GET /v1/log']);
  });

  it('says that nothing answered, or that what answered is no such server', async () => {
    const server = await startServer();
    const browser = await openBrowser(server);
    const { signer, acct } = await speakerOf(browser);
    const answers: readonly [Exchange, string][] = [
      [
        async () => ({ ok: true, value: { status: 502, header: () => undefined, bytes: utf8('<html>') } }),
        'unavailable',
      ],
      [
        async () => ({ ok: true, value: { status: 200, header: () => undefined, bytes: utf8('<html>') } }),
        'companion-misbehaved',
      ],
      [
        async () => ({ ok: true, value: { status: 200, header: () => 'abc', bytes: utf8('{}') } }),
        'companion-misbehaved',
      ],
      [
        async () => ({
          ok: true,
          value: {
            status: 503,
            header: (name) => (name === 'Retry-After' ? '7' : 'abc'),
            bytes: utf8('{"error":"unavailable"}'),
          },
        }),
        'unavailable',
      ],
    ];
    for (const [answer, code] of answers) {
      browser.exchange = answer;
      const pulled = await browser
        .companion(server)
        .transport({ signer, acct })
        .pull({ after: -1, limit: 5 });
      expect(pulled).toMatchObject({ error: { code } });
    }
    browser.exchange = exchange;
    const nobody = parseUrl('http://127.0.0.1:9/');
    if (!nobody.ok) throw nobody.error;
    expect(await browser.companion(nobody.value).meta()).toMatchObject({
      error: { code: 'companion-unreachable' },
    });
  });

  it('waits as long as the server asked it to, and longer with each failure', async () => {
    const server = await startServer();
    const browser = await openBrowser(server);
    await createAccount(newCode(), browser);
    browser.exchange = async () => ({
      ok: true,
      value: {
        status: 429,
        header: (name) => (name === 'Retry-After' ? '120' : 'abc'),
        bytes: utf8('{"error":"too-many-requests"}'),
      },
    });
    expect(await syncNow(browser, { asked: false })).toMatchObject({ kind: 'failed' });
    browser.exchange = exchange;
    browser.time += 119_000;
    expect(await syncNow(browser, { asked: false })).toBeUndefined();
    browser.time += 2_000;
    expect(await syncNow(browser, { asked: false })).toMatchObject({ kind: 'synced' });
    expect(await browser.rows.get('sync')).toMatchObject({ failures: 0 });
  });
});

async function speakerOf(browser: MemoryBrowser) {
  expect(await createAccount(newCode(), browser)).toMatchObject({ ok: true });
  const row = await browser.rows.get('account');
  if (row === undefined) throw new TypeError('no account');
  return { signer: await deviceSigner(row), acct: row.acct };
}
