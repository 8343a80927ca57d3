import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import { emptyDoc } from '../shared/sync/doc.ts';
import { isOfBackpack } from './actions/import-archive.ts';
import { joinByRecoveryCode } from './actions/join-by-recovery-code.ts';
import { syncNow } from './actions/sync-now.ts';
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
  startServer,
} from './testing/memory-browser.ts';

afterAll(endTestServers);

describe('an account that came with an archive (T70)', () => {
  it('brings what the learner keeps, and nothing that belongs to the account at its server', () => {
    const ids = ['badge|a', 'collection|b', 'email|c', 'offer|d', 'settings|profile', 'device|e'] as const;
    const kept = ids.filter((id) => isOfBackpack(emptyDoc(id)));
    expect(kept).toEqual(['badge|a', 'collection|b', 'email|c', 'offer|d']);
  });

  it('is opened again with its code at a server that never heard of it, as the same identity', async () => {
    const { code, browsers } = await openBackpacks(1);
    const [first] = browsers as [MemoryBrowser];
    const row = await first.rows.get('account');
    if (row === undefined) throw new TypeError('no account');
    const { acct, keyring, unlocker } = row;

    const fresh = await openBrowser(await startServer());
    await claim(fresh, 'restored');
    expect(await joinByRecoveryCode(code, fresh)).toMatchObject({ error: { code: 'recovery-code-unknown' } });
    await fresh.rows.put('restored', { acct, keyring, unlocker });
    expect(await joinByRecoveryCode(newCode(), fresh)).toMatchObject({
      error: { code: 'recovery-code-unknown' },
    });
    expect(await joinByRecoveryCode(code, fresh)).toEqual(done);
    expect(await syncNow(fresh, asked)).toMatchObject({ kind: 'synced' });
    const [before, after] = [(await linkOf(first)).chain, (await linkOf(fresh)).chain];
    expect(after).toMatchObject({ acct, account: before.account, identity: before.identity });
    expect(after.devices).not.toEqual(before.devices);
    expect(await fresh.rows.get('restored')).toBeUndefined();

    // From there on it is an account like any other: the code brings it into a further browser.
    const server = (await fresh.rows.get('account'))?.server;
    if (server === undefined) throw new TypeError('no server');
    const further = await openBrowser(server);
    expect(await joinByRecoveryCode(code, further)).toEqual(done);
    expect(await namesIn(further)).toEqual(['restored']);
  });
});
