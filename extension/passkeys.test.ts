import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import { base64UrlOf, utf8 } from '../shared/model/bytes.ts';
import { removeUnlocker } from './actions/change-unlockers.ts';
import { joinByRecoveryCode } from './actions/join-by-recovery-code.ts';
import { replaceRoot } from './actions/replace-root.ts';
import { syncNow } from './actions/sync-now.ts';
import { unlock } from './actions/unlock.ts';
import { addPasskey, joinByPasskey, unlockByPasskey } from './actions/use-passkey.ts';
import type { CompanionRequest } from './companion-exchange.ts';
import { type Authenticator, newAuthenticator } from './testing/authenticator.ts';
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
} from './testing/memory-browser.ts';
import type { Passkeys } from './unlockers/passkey.ts';

afterAll(endTestServers);

/** The browser with an authenticator at hand, and a place for what it notes for the learner's other devices. */
const holding = (browser: MemoryBrowser, passkeys: Passkeys, noted: object[] = []) =>
  Object.assign(Object.create(browser) as MemoryBrowser, {
    passkeys,
    changeDoc: async (_: string, fields: object) => void noted.push(fields),
  });

async function passkeysOf({ rows }: MemoryBrowser) {
  const row = await rows.get('account');
  return (row?.unlockers ?? []).filter(({ kind }) => kind === 'passkey');
}

/** A backpack that a passkey of this authenticator opens. */
async function backpackWithPasskey(browsers = 1) {
  const made = await openBackpacks(browsers);
  const phone = newAuthenticator();
  const [first] = made.browsers as [MemoryBrowser];
  expect(await addPasskey('Chrome · Linux', holding(first, phone))).toEqual(done);
  return { ...made, first, phone };
}

/** What the server answers to one path is changed on its way. */
function alter(browser: MemoryBrowser, path: string, change: (body: Record<string, never>) => object): void {
  const through = browser.exchange;
  browser.exchange = async (request: CompanionRequest) => {
    const answer = await through(request);
    if (!answer.ok || new URL(request.address).pathname !== path || answer.value.status !== 200)
      return answer;
    const body = JSON.parse(new TextDecoder().decode(answer.value.bytes));
    return { ok: true, value: { ...answer.value, bytes: utf8(JSON.stringify(change(body))) } };
  };
}

const error = (code: string) => ({ ok: false, error: { code } });

describe('a passkey', () => {
  it('brings the backpack to a fresh browser, and opens it on every other without a server', async () => {
    const { server, browsers, first, phone } = await backpackWithPasskey(2);
    await claim(first, 'long ago');
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
    const fresh = await openBrowser(server);
    await claim(fresh, 'just now');
    expect(await joinByPasskey(holding(fresh, phone))).toEqual(done);
    expect(await syncNow(fresh, asked)).toMatchObject({ kind: 'synced' });
    expect(await namesIn(fresh)).toEqual(['just now', 'long ago']);
    expect((await linkOf(fresh)).chain.devices.map(({ kid }) => kid)).toContain(await kidOf(fresh));

    const second = browsers[1] as MemoryBrowser;
    expect(await unlockByPasskey(holding(second, phone))).toMatchObject(error('passkey-unknown'));
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'synced' });
    for (const browser of [second, fresh]) {
      browser.root.forget();
      browser.exchange = async () => {
        throw new TypeError('no server is asked');
      };
      expect(await unlock(undefined, browser)).toMatchObject(error('locked'));
      expect(await unlockByPasskey(holding(browser, phone))).toEqual(done);
      expect(browser.root.keys()?.account.key).toBe((await linkOf(first)).chain.account);
    }
  });

  it('is made once by each authenticator, under the name of its browser', async () => {
    const { first, phone } = await backpackWithPasskey();
    expect(await addPasskey('again', holding(first, phone))).toMatchObject(error('unlocker-taken'));
    const noted: object[] = [];
    expect(await addPasskey('Edge · Windows', holding(first, newAuthenticator(), noted))).toEqual(done);
    const added = (await passkeysOf(first)).map(({ id }) => `name:${id}`);
    expect(added).toHaveLength(2);
    const [fields = {}] = noted as Record<string, string>[];
    const name = Object.keys(fields).find((key) => key.startsWith('name:')) ?? '';
    expect(added).toContain(name);
    expect(fields[name]).toBe('Edge · Windows');
  });

  it('takes the place of one whose account never heard of it', async () => {
    const { browsers } = await openBackpacks(1);
    const [first] = browsers as [MemoryBrowser];
    const phone = newAuthenticator();
    const through = first.exchange;
    first.exchange = async (request) =>
      request.method === 'PUT' ? { ok: true, value: noAnswer } : through(request);
    expect((await addPasskey('Chrome', holding(first, phone))).ok).toBe(false);
    first.exchange = through;
    expect(await addPasskey('Chrome', holding(first, phone))).toEqual(done);
    expect(phone.kept.size).toBe(1);
    first.root.forget();
    expect(await unlockByPasskey(holding(first, phone))).toEqual(done);
  });

  it('is nothing without the person, and changes nothing then (T15)', async () => {
    const { server, browsers, code } = await openBackpacks(1);
    const [first] = browsers as [MemoryBrowser];
    const phone: Authenticator = newAuthenticator();
    phone.isThere = false;
    expect(await addPasskey('Chrome', holding(first, phone))).toMatchObject(error('passkey-refused'));
    expect(await passkeysOf(first)).toEqual([]);
    phone.isThere = true;
    first.root.forget();
    expect(await addPasskey('Chrome', holding(first, phone))).toMatchObject(error('locked'));
    expect(phone.kept.size).toBe(0);
    expect(await unlock(code, first)).toEqual(done);
    expect(await addPasskey('Chrome', holding(first, phone))).toEqual(done);
    phone.isThere = false;
    const fresh = await openBrowser(server);
    expect(await joinByPasskey(holding(fresh, phone))).toMatchObject(error('passkey-refused'));
    expect(await fresh.rows.get('account')).toBeUndefined();
    // The code opens what the passkey does not.
    expect(await joinByRecoveryCode(code, fresh)).toEqual(done);
  });

  it('opens nothing once it was removed, or the root replaced (T15)', async () => {
    const { server, code, first, phone } = await backpackWithPasskey();
    const [kept] = await passkeysOf(first);
    expect(await removeUnlocker(kept?.id ?? '', first)).toEqual(done);
    const fresh = await openBrowser(server);
    expect(await joinByPasskey(holding(fresh, phone))).toMatchObject(error('passkey-unknown'));
    expect(await unlockByPasskey(holding(first, phone))).toMatchObject(error('passkey-unknown'));
    expect(await addPasskey('Chrome', holding(first, phone))).toEqual(done);
    // A passkey is never the last way in: it works where the code does, but the code works everywhere (T16).
    const row = await first.rows.get('account');
    const [codeId] = (row?.unlockers ?? []).flatMap(({ id, kind }) => (kind === 'recovery' ? [id] : []));
    expect(await removeUnlocker(codeId ?? '', first)).toMatchObject(error('last-unlocker'));
    expect(await joinByPasskey(holding(fresh, phone))).toEqual(done);
    expect(await syncNow(fresh, asked)).toMatchObject({ kind: 'synced' });

    expect(await replaceRoot(newCode(), holding(first, phone))).toEqual(done);
    const late = await openBrowser(server);
    expect(await joinByPasskey(holding(late, phone))).toMatchObject(error('passkey-unknown'));
    fresh.root.forget();
    expect(await syncNow(fresh, asked)).toMatchObject({ kind: 'synced' });
    expect(await unlockByPasskey(holding(fresh, phone))).toMatchObject(error('passkey-unknown'));
    expect(await unlock(code, fresh)).toMatchObject(error('recovery-code-unknown'));
  });

  it('is not answered with another wrap, another account or an old root (T6, T15)', async () => {
    const { server, first, phone } = await backpackWithPasskey();
    const other = await backpackWithPasskey();
    const [foreign] = await passkeysOf(other.first);
    const altered = base64UrlOf(new Uint8Array(60));
    const lies: readonly ((reply: { account: string; unlocker: object }) => object)[] = [
      (reply) => ({ ...reply, unlocker: { ...reply.unlocker, wrap: altered } }),
      (reply) => ({ ...reply, unlocker: { ...reply.unlocker, wrap: foreign?.wrap } }),
      (reply) => ({ ...reply, unlocker: { ...reply.unlocker, id: foreign?.id } }),
      (reply) => ({ ...reply, account: base64UrlOf(new Uint8Array(32)) }),
    ];
    for (const lie of lies) {
      const victim = await openBrowser(server);
      alter(victim, '/v1/unlock/passkey', (reply) => lie(reply as never));
      expect(await joinByPasskey(holding(victim, phone))).toMatchObject(error('passkey-unknown'));
      expect(await victim.rows.get('account')).toBeUndefined();
    }
    // The truth, once it has become old.
    const victim = await openBrowser(server);
    const through = victim.exchange;
    let kept: Awaited<ReturnType<typeof through>> | undefined;
    victim.exchange = async (request) => {
      if (new URL(request.address).pathname !== '/v1/unlock/passkey') return through(request);
      kept ??= await through(request);
      return kept;
    };
    const honest = await openBrowser(server);
    honest.exchange = (request) => victim.exchange(request);
    expect(await joinByPasskey(holding(honest, phone))).toEqual(done);
    expect(await replaceRoot(newCode(), holding(first, phone))).toEqual(done);
    expect(await joinByPasskey(holding(victim, phone))).toMatchObject(error('revoked'));
    expect((await victim.rows.get('account'))?.enrolled).not.toBe(true);
  });
});

const noAnswer = { status: 502, header: () => undefined, bytes: new Uint8Array() };
