import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../companion-server/testing/test-server.ts';
import { parseArchiveIndex } from '../shared/archive/archive-index.ts';
import { utf8 } from '../shared/model/bytes.ts';
import { emptyDoc } from '../shared/sync/doc.ts';
import { parseRecoveryCode } from '../shared/sync/recovery-code.ts';
import { addRecoveryCode } from './actions/change-unlockers.ts';
import { isOfBackpack } from './actions/import-archive.ts';
import { joinByRecoveryCode } from './actions/join-by-recovery-code.ts';
import { removeDevice } from './actions/remove-device.ts';
import { replaceRoot } from './actions/replace-root.ts';
import { archivedAccountOf, openRestored } from './actions/restored-account.ts';
import { syncNow } from './actions/sync-now.ts';
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

afterAll(endTestServers);

describe('an account that came with an archive (T70)', () => {
  it('brings what the learner keeps, and nothing that belongs to the account at its server', () => {
    const ids = ['badge|a', 'collection|b', 'email|c', 'offer|d', 'settings|profile', 'device|e'] as const;
    const kept = ids.filter((id) => isOfBackpack(emptyDoc(id)));
    expect(kept).toEqual(['badge|a', 'collection|b', 'email|c', 'offer|d']);
  });

  it('is opened by each of the recovery codes that were good when it was saved, and by no other', async () => {
    const { code, browsers } = await openBackpacks(1);
    const [first] = browsers as [MemoryBrowser];
    const further = newCode();
    expect(await addRecoveryCode(further, { ...first, changeDoc: async () => undefined })).toEqual(done);
    const row = await first.rows.get('account');
    if (row === undefined) throw new TypeError('no account');
    const written = { v: 1, made: first.clock(), account: archivedAccountOf(row), files: [] };
    const read = parseArchiveIndex(utf8(JSON.stringify(written)));
    const account = read.ok ? read.value.account : undefined;
    if (account === undefined) throw new TypeError('no account in the archive');
    const open = async (one: string) => {
      const secret = parseRecoveryCode(one);
      return secret.ok ? openRestored(account, secret.value) : secret;
    };
    expect(await open(code)).toEqual(await open(further));
    expect((await open(further)).ok).toBe(true);
    expect(await open(newCode())).toMatchObject({ error: { code: 'recovery-code-unknown' } });
  });

  it('is opened by the code that is good now, whichever browser saved it', async () => {
    const { code, browsers } = await openBackpacks(3);
    const [first, second, third] = browsers as [MemoryBrowser, MemoryBrowser, MemoryBrowser];
    const opened = async ({ rows }: MemoryBrowser, one: string): Promise<string> => {
      const row = await rows.get('account');
      const secret = parseRecoveryCode(one);
      if (row === undefined || !secret.ok) throw new TypeError('no account');
      const found = await openRestored(archivedAccountOf(row), secret.value);
      return found.ok ? `${found.value.keyring.epochs.length} epochs` : found.error.code;
    };
    expect(await opened(second, code)).toBe('1 epochs');
    const other = newCode();
    expect(await replaceRoot(other, first)).toEqual(done);
    // Until it hears of the change it has what the old code opens, whole.
    expect(await opened(second, code)).toBe('1 epochs');
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'synced' });
    for (const browser of [first, second]) {
      expect(await opened(browser, other)).toBe('2 epochs');
      expect(await opened(browser, code)).toBe('recovery-code-unknown');
    }
    const removing = { ...first, wipeDoc: async () => undefined };
    expect(await removeDevice(await kidOf(third), removing)).toEqual(done);
    for (const browser of [first, second]) {
      expect(await syncNow(browser, asked)).toMatchObject({ kind: 'synced' });
      expect(await opened(browser, other)).toBe('3 epochs');
    }
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
