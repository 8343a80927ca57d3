import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import { addRecoveryCode, removeUnlocker } from './actions/change-unlockers.ts';
import { joinByRecoveryCode } from './actions/join-by-recovery-code.ts';
import { rejoinServer } from './actions/rejoin-server.ts';
import { syncNow } from './actions/sync-now.ts';
import { unlock } from './actions/unlock.ts';
import { openAtForkingServer } from './testing/forking-server.ts';
import {
  asked,
  claim,
  done,
  type MemoryBrowser,
  namesIn,
  newCode,
  openBrowser,
} from './testing/memory-browser.ts';

afterAll(endTestServers);

async function unlockersOf({ rows }: MemoryBrowser) {
  const row = await rows.get('account');
  return row === undefined ? [] : (row.unlockers ?? [row.unlocker]);
}

/** A learner who has changed one code for another since the backup was made that the server now is. */
async function restored() {
  const { code, browsers, fork } = await openAtForkingServer(2);
  const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
  fork();
  const [old] = await unlockersOf(first);
  const other = newCode();
  expect(await addRecoveryCode(other, first)).toEqual(done);
  expect(await removeUnlocker(old?.id ?? '', first)).toEqual(done);
  await claim(first, 'since');
  for (const browser of [first, second])
    expect(await syncNow(browser, asked)).toMatchObject({ kind: 'synced' });
  fork(first, second);
  return { code, other, first, second };
}

describe('a server that was restored from before a recovery code was changed (T2, T8)', () => {
  it('has the new one again and not the old one, once the learner has opened his backpack', async () => {
    const { code, other, first, second } = await restored();
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'distrust' });
    first.root.forget();
    expect(await rejoinServer(first)).toMatchObject({ error: { code: 'locked' } });
    expect(await unlock(other, first)).toEqual(done);
    expect(await rejoinServer(first)).toEqual(done);
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });

    // The next to come back finds it done.
    second.root.forget();
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'distrust' });
    expect(await rejoinServer(second)).toEqual(done);
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'synced' });
    for (const browser of [first, second]) {
      expect(await unlockersOf(browser)).toHaveLength(1);
      browser.root.forget();
      expect(await unlock(code, browser)).toMatchObject({ error: { code: 'recovery-code-unknown' } });
      expect(await unlock(other, browser)).toEqual(done);
    }
    const server = (await first.rows.get('account'))?.server;
    if (server === undefined) throw new TypeError('no server');
    const fresh = await openBrowser(server);
    fresh.exchange = first.exchange;
    expect(await joinByRecoveryCode(code, fresh)).toMatchObject({
      error: { code: 'recovery-code-unknown' },
    });
    expect(await joinByRecoveryCode(other, fresh)).toEqual(done);
    expect(await namesIn(fresh)).toContain('since');
  });

  it('asks for no code where none was changed', async () => {
    const { browsers, fork } = await openAtForkingServer(1);
    const [first] = browsers as [MemoryBrowser];
    fork();
    await claim(first, 'since');
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
    fork(first);
    first.root.forget();
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'distrust' });
    expect(await rejoinServer(first)).toEqual(done);
    expect(await syncNow(first, asked)).toMatchObject({ kind: 'synced' });
    expect(await namesIn(first)).toEqual(['since']);
  });
});
