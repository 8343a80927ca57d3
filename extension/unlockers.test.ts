import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import { base64UrlOf } from '../shared/model/bytes.ts';
import { maxUnlockers } from '../shared/model/limits.ts';
import { parseRecoveryCode } from '../shared/sync/recovery-code.ts';
import { recoveryKeysOf } from '../shared/sync/root-wrap.ts';
import { addRecoveryCode, removeUnlocker } from './actions/change-unlockers.ts';
import { createAccount } from './actions/create-account.ts';
import { joinByRecoveryCode } from './actions/join-by-recovery-code.ts';
import { readUnlockers } from './actions/read-unlockers.ts';
import { removeDevice } from './actions/remove-device.ts';
import { replaceRoot } from './actions/replace-root.ts';
import { syncNow } from './actions/sync-now.ts';
import { unlock } from './actions/unlock.ts';
import { exchange } from './companion-exchange.ts';
import {
  asked,
  claim,
  done,
  kidOf,
  linkOf,
  type MemoryBrowser,
  namesIn,
  newCode,
  openBackpacks,
  openBrowser,
  startServer,
} from './testing/memory-browser.ts';
import { keepUnlocked } from './unlockers/device.ts';

afterAll(endTestServers);

/** The browser with a place for what it notes for the learner's other devices. */
const noting = (browser: MemoryBrowser, noted: string[] = []) => ({
  ...browser,
  changeDoc: async (_: string, fields: object) => void noted.push(...Object.keys(fields)),
});

async function unlockersOf({ rows }: MemoryBrowser) {
  const row = await rows.get('account');
  if (row === undefined) throw new TypeError('no account');
  return row.unlockers ?? [row.unlocker];
}

/** The answer to the next call of this method is lost on its way back. */
function loseAnswer(browser: MemoryBrowser, method: string): void {
  const through = browser.exchange;
  browser.exchange = async (request) => {
    const answer = await through(request);
    if (request.method !== method) return answer;
    browser.exchange = through;
    return { ok: true, value: { status: 502, header: () => undefined, bytes: new Uint8Array() } };
  };
}

const unknown = { ok: false, error: { code: 'recovery-code-unknown' } };

it('what was heard of an account is kept in it, and in no other that the browser has come into meanwhile', async () => {
  const { browsers } = await openBackpacks(1);
  const [browser] = browsers as [MemoryBrowser];
  const before = await browser.rows.get('account');
  if (before === undefined) throw new TypeError('no account');
  const { chain } = await linkOf(browser);
  const askAgain = () => readUnlockers(chain, { ...before, unlockers: [] }, browser);
  expect(await askAgain()).toMatchObject({ ok: true });
  expect(await browser.rows.get('account')).toMatchObject({
    acct: before.acct,
    unlockers: [before.unlocker],
  });
  const other = { ...before, acct: 'B'.repeat(43) as typeof before.acct };
  browser.exchange = async (request) => {
    const answer = await exchange(request);
    await browser.rows.put('account', other);
    return answer;
  };
  expect(await askAgain()).toMatchObject({ ok: true });
  expect(await browser.rows.get('account')).toEqual(other);
  expect(other.unlockers).toBeUndefined();
});

describe('a second recovery code', () => {
  it('opens the backpack like the first, on every device, and outlives it', async () => {
    const { server, code, browsers } = await openBackpacks(2);
    const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
    const [old] = await unlockersOf(first);
    const other = newCode();
    const noted: string[] = [];
    expect(await addRecoveryCode(other, noting(first, noted))).toEqual(done);
    expect(await addRecoveryCode(other, noting(first))).toEqual(done);
    // The server lists them in an order of its own.
    const added = (await unlockersOf(first)).find(({ id }) => id !== old?.id);
    expect(await unlockersOf(first)).toHaveLength(2);
    expect(noted).toEqual(['made', `made:${added?.id}`]);
    // The other device learns of it with its next sync, and then asks nobody to open itself.
    expect(await unlock(other, second)).toMatchObject(unknown);
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'synced' });
    second.exchange = async () => {
      throw new TypeError('no server is asked');
    };
    for (const one of [other, code]) {
      second.root.forget();
      expect(await unlock(one, second)).toEqual(done);
    }
    for (const one of [code, other])
      expect(await joinByRecoveryCode(one, await openBrowser(server))).toEqual(done);

    expect(await removeUnlocker(old?.id ?? '', first)).toEqual(done);
    expect(await removeUnlocker(old?.id ?? '', first)).toEqual(done);
    expect((await unlockersOf(first)).map(({ id }) => id)).toEqual([added?.id]);
    expect(await joinByRecoveryCode(code, await openBrowser(server))).toMatchObject(unknown);
    expect(await joinByRecoveryCode(other, await openBrowser(server))).toEqual(done);
    // Never the last one (T16).
    expect(await removeUnlocker(added?.id ?? '', first)).toMatchObject({ error: { code: 'last-unlocker' } });
    expect(await joinByRecoveryCode(other, await openBrowser(server))).toEqual(done);
  });

  it('is added once although the answer was lost, and not by a locked browser', async () => {
    const server = await startServer();
    const browser = await openBrowser(server);
    expect(await createAccount(newCode(), browser)).toEqual(done);
    const other = newCode();
    loseAnswer(browser, 'PUT');
    expect(await addRecoveryCode(other, noting(browser))).toMatchObject({ ok: false });
    expect(await addRecoveryCode(other, noting(browser))).toEqual(done);
    expect(await unlockersOf(browser)).toHaveLength(2);
    browser.root.forget();
    expect(await addRecoveryCode(newCode(), noting(browser))).toMatchObject({ error: { code: 'locked' } });
    expect(await addRecoveryCode('no code', noting(browser))).toMatchObject({
      error: { code: 'recovery-code-mistyped' },
    });
  });

  it(`is one of ${maxUnlockers} at most (T33)`, async () => {
    const browser = await openBrowser(await startServer());
    expect(await createAccount(newCode(), browser)).toEqual(done);
    for (let count = 1; count < maxUnlockers; count += 1)
      expect(await addRecoveryCode(newCode(), noting(browser))).toEqual(done);
    expect(await addRecoveryCode(newCode(), noting(browser))).toMatchObject({
      error: { code: 'too-many-unlockers', facts: { limit: maxUnlockers } },
    });
    expect(await unlockersOf(browser)).toHaveLength(maxUnlockers);
  });

  it('that the server swaps for another is an alarm (T6)', async () => {
    const { browsers } = await openBackpacks(2);
    const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
    expect(await addRecoveryCode(newCode(), noting(first))).toEqual(done);
    const through = second.exchange;
    second.exchange = async (request) => {
      const answer = await through(request);
      if (!answer.ok || new URL(request.address).pathname !== '/v1/unlockers') return answer;
      const { unlockers } = JSON.parse(new TextDecoder().decode(answer.value.bytes));
      unlockers[0].wrap = base64UrlOf(new Uint8Array(60));
      return {
        ok: true,
        value: { ...answer.value, bytes: new TextEncoder().encode(JSON.stringify({ unlockers })) },
      };
    };
    const before = await unlockersOf(second);
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'failed', error: { code: 'sync-distrust' } });
    expect(await unlockersOf(second)).toEqual(before);
    second.exchange = through;
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'synced' });
    expect(await unlockersOf(second)).toHaveLength(2);
  });
});

describe('a backpack that was moved to a new root', () => {
  it('is opened by the new code alone, and goes on on every device', async () => {
    const { server, code, browsers } = await openBackpacks(2);
    const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
    await claim(first, 'before');
    await syncNow(first, asked);
    const row = await first.rows.get('account');
    const root = first.root.bytes();
    if (row === undefined || root === undefined) throw new TypeError('not open');
    const oldRoot = new Uint8Array(root);
    for (const { rows, random } of [first, second]) await keepUnlocked(root, row, rows, random);
    const { identity } = (await linkOf(first)).chain;
    const fresh = newCode();
    expect(await replaceRoot(fresh, noting(first))).toEqual(done);
    const { chain } = await linkOf(first);
    expect(chain.acct).toBe(row.acct);
    expect(chain.identity).not.toBe(identity);
    expect(await unlockersOf(first)).toHaveLength(1);

    // This browser stays unlocked as it was, by the new root.
    first.root.forget();
    expect(await unlock(undefined, first)).toEqual(done);
    expect(base64UrlOf(first.root.bytes() ?? new Uint8Array())).not.toBe(base64UrlOf(oldRoot));
    await claim(first, 'after');
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'synced' });
    expect(await namesIn(second)).toEqual(['after', 'before']);

    // Whoever has the old code or the old root itself has nothing.
    expect(await joinByRecoveryCode(code, await openBrowser(server))).toMatchObject(unknown);
    second.root.forget();
    expect(await unlock(code, second)).toMatchObject(unknown);
    await second.root.keep(oldRoot);
    const gone = await kidOf(first);
    expect(await removeDevice(gone, { ...second, wipeDoc: async () => undefined })).toMatchObject({
      error: { code: 'locked' },
    });
    expect(await unlock(undefined, second)).toMatchObject({ error: { code: 'locked' } });
    expect(await unlock(fresh, second)).toEqual(done);
    // It was to stay unlocked, and does again.
    second.root.forget();
    expect(await unlock(undefined, second)).toEqual(done);
    const third = await openBrowser(server);
    expect(await joinByRecoveryCode(fresh, third)).toEqual(done);
    expect(await namesIn(third)).toEqual(['after', 'before']);
  });

  it('is not opened by an old wrap that the server hands out all the same (T6)', async () => {
    const { server, code, browsers } = await openBackpacks(1);
    const [first] = browsers as [MemoryBrowser];
    const victim = await openBrowser(server);
    const through = victim.exchange;
    let kept: Awaited<ReturnType<typeof through>> | undefined;
    victim.exchange = async (request) => {
      if (new URL(request.address).pathname !== '/v1/unlock/recovery') return through(request);
      kept ??= await through(request);
      return kept;
    };
    // Asked for once while it was good.
    await victim.companion(server).unlockByRecovery({ signer: await recoverySigner(code) });
    expect(await replaceRoot(newCode(), noting(first))).toEqual(done);
    expect(await joinByRecoveryCode(code, victim)).toMatchObject({ error: { code: 'revoked' } });
    expect((await victim.rows.get('account'))?.enrolled).not.toBe(true);
    expect((await linkOf(first)).chain.devices).toHaveLength(1);
  });

  it('is moved once although the answer was lost, and belongs to whoever was first', async () => {
    const { browsers } = await openBackpacks(2);
    const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
    const fresh = newCode();
    loseAnswer(first, 'PUT');
    expect(await replaceRoot(fresh, noting(first))).toMatchObject({ ok: false });
    expect(await replaceRoot(fresh, noting(first))).toEqual(done);
    const { head } = (await linkOf(first)).chain;
    expect(await replaceRoot(newCode(), noting(second))).toMatchObject({ error: { code: 'locked' } });
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
    expect((await linkOf(first)).chain.head).toEqual(head);
  });
});

async function recoverySigner(code: string) {
  const secret = parseRecoveryCode(code);
  if (!secret.ok) throw secret.error;
  return (await recoveryKeysOf(secret.value)).signer;
}
