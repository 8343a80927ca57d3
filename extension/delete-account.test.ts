import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import { BackpackError } from '../shared/model/errors.ts';
import { failed } from '../shared/model/result.ts';
import { Killed } from '../shared/testing/memory-sync-storage.ts';
import { createAccount } from './actions/create-account.ts';
import { deleteAccount } from './actions/delete-account.ts';
import { disconnect } from './actions/disconnect.ts';
import { joinByRecoveryCode } from './actions/join-by-recovery-code.ts';
import { publishProfile } from './actions/publish-profile.ts';
import { replaceRoot } from './actions/replace-root.ts';
import { syncNow } from './actions/sync-now.ts';
import { unlock } from './actions/unlock.ts';
import { exchange } from './companion-exchange.ts';
import {
  asked,
  claim,
  done,
  linkOf,
  type MemoryBrowser,
  namesIn,
  newCode,
  openBackpacks,
  openBrowser,
} from './testing/memory-browser.ts';

afterAll(endTestServers);

const profile = { handle: 'mia', name: 'Mia', about: '', badges: [] };

async function twoBrowsers() {
  const { server, code, browsers } = await openBackpacks(2);
  const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
  return { server, code, first, second };
}

const idsIn = async ({ storage }: MemoryBrowser) => (await storage.tables.docs.list(100)).map(({ id }) => id);

describe('a backpack that its learner deletes from the server', () => {
  it('is gone there, and whole in this browser, which can begin anew (T69)', async () => {
    const { server, code, first, second } = await twoBrowsers();
    await first.changeDoc('device|x', { made: 'now', name: 'Firefox' });
    await claim(second, 'sent, and not fetched by the first yet');
    await syncNow(second, asked);
    await claim(first, 'not sent');
    expect(await publishProfile(profile, { documents: [] }, first)).toMatchObject({ ok: true });
    expect((await fetch(new URL('/@mia', server))).status).toBe(200);
    expect(await deleteAccount(first)).toEqual(done);
    expect((await fetch(new URL('/@mia', server))).status).toBe(404);
    expect(await namesIn(first)).toEqual(['not sent', 'sent, and not fetched by the first yet']);
    expect((await idsIn(first)).every((id) => id.startsWith('badge|'))).toBe(true);
    expect([...first.rows.all.keys()]).toEqual(['server']);
    expect(await syncNow(first, asked)).toEqual({ kind: 'no-account' });
    expect(first.root.keys()).toBeUndefined();
    // Nobody comes back to what is gone.
    const late = await openBrowser(server);
    expect(await joinByRecoveryCode(code, late)).toMatchObject({ error: { code: 'recovery-code-unknown' } });
    // The other one is told, keeps what it has, and is asked to do something.
    await claim(second, 'of the second');
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'failed', error: { code: 'unauthorized' } });
    expect(await second.rows.get('sync')).toMatchObject({ failure: { code: 'unauthorized' } });
    expect(await namesIn(second)).toEqual(['of the second', 'sent, and not fetched by the first yet']);

    const next = newCode();
    expect(await createAccount(next, first)).toEqual(done);
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
    await disconnect(second);
    expect(await joinByRecoveryCode(next, second)).toEqual(done);
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'synced' });
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
    expect(await namesIn(first)).toEqual(await namesIn(second));
    expect(await namesIn(first)).toHaveLength(3);
  });

  it('is deleted by whoever can open it, and not while the server is silent', async () => {
    const { code, first, second } = await twoBrowsers();
    first.root.forget();
    expect(await deleteAccount(first)).toMatchObject({ error: { code: 'locked' } });
    await unlock(code, first);
    const next = newCode();
    expect(await replaceRoot(next, second)).toEqual(done);
    // The root that it opened is not the account's any more.
    expect(await deleteAccount(first)).toMatchObject({ error: { code: 'locked' } });
    expect(await unlock(code, first)).toMatchObject({ error: { code: 'recovery-code-unknown' } });
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
    expect(await unlock(next, first)).toEqual(done);
    first.exchange = async () => failed(new BackpackError('companion-unreachable'));
    expect(await deleteAccount(first)).toMatchObject({ error: { code: 'companion-unreachable' } });
    expect((await linkOf(first)).chain.head.n).toBeGreaterThan(0);
    first.exchange = exchange;
    expect(await deleteAccount(first)).toEqual(done);
    expect(await deleteAccount(first)).toMatchObject({ error: { code: 'no-account' } });
  });

  it('is gone once, also where the answer was lost', async () => {
    const { code, first, second } = await twoBrowsers();
    first.exchange = async (request) => {
      const answer = await exchange(request);
      return request.method === 'DELETE' ? failed(new BackpackError('companion-unreachable')) : answer;
    };
    expect(await deleteAccount(first)).toMatchObject({ error: { code: 'companion-unreachable' } });
    expect(await first.rows.get('account')).toBeDefined();
    first.exchange = exchange;
    expect(await deleteAccount(first)).toEqual(done);
    // Nor is it an error that another browser was first.
    expect(await unlock(code, second)).toEqual(done);
    expect(await deleteAccount(second)).toEqual(done);
    expect(await second.rows.get('account')).toBeUndefined();
  });

  it('leaves nothing of itself behind, wherever this browser was stopped (T28)', async () => {
    let kills = 0;
    for (let at = 1; ; at += 1) {
      const { code, browsers } = await openBackpacks(1);
      const [first] = browsers as [MemoryBrowser];
      await first.changeDoc('device|x', { made: 'now', name: 'Firefox' });
      await claim(first, 'kept');
      first.storage.killAt(at, 'before');
      const outcome = await deleteAccount(first).catch((error: unknown) => error);
      first.storage.killAt(Number.POSITIVE_INFINITY, 'before');
      const died = outcome instanceof Killed;
      if (died && first.rows.all.has('account')) {
        expect(await unlock(code, first)).toEqual(done);
        expect(await deleteAccount(first)).toEqual(done);
      }
      expect((await idsIn(first)).every((id) => id.startsWith('badge|'))).toBe(true);
      expect([...first.rows.all.keys()]).toEqual(['server']);
      if (!died) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(3);
  });

  it('is deleted from a server that is not believed any more, too', async () => {
    const { first, second } = await twoBrowsers();
    await first.storage.write(async (tables) => {
      const [link] = await tables.link.get(['link']);
      if (link !== undefined) await tables.link.put([{ ...link, distrust: 'log-differs' }]);
    });
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'distrust' });
    expect(await deleteAccount(first)).toEqual(done);
    expect(await syncNow(second, asked)).toMatchObject({ error: { code: 'unauthorized' } });
  });
});
