import { type BackpackDatabase, tableNames } from '../store/database.ts';
import { deviceDocId } from '../store/device-doc.ts';
import type { AccountDeps } from './account-deps.ts';
import { type WriteDeps, writeChange } from './keep.ts';
import { syncNow } from './sync-now.ts';

export type ForgetDeps = AccountDeps & WriteDeps;

/** Syncs once more, and gives how many changes are in this browser alone all the same. */
export async function sendBeforeForgetting(deps: ForgetDeps): Promise<number> {
  await syncNow(deps, { asked: true });
  return deps.store.dirty.count();
}

/**
 * Wipes badges and keys from this browser, for computers that others use too (design §13): all of it in one transaction,
 * or nothing. The backpack on the server and on other devices stays as it is; they are told that it was left here, where
 * the server still answers.
 */
export async function forgetBrowser(deps: ForgetDeps): Promise<void> {
  const row = await deps.rows.get('account');
  if (row?.enrolled === true) {
    const id = deviceDocId(row.device.kid);
    await writeChange({ set: [{ id, fields: { left: deps.clock() } }] }, deps);
    await syncNow(deps, { asked: true });
  }
  // Not while a round runs: it would write on what is wiped here.
  await deps.alone(() => wipeStore(deps.store));
}

async function wipeStore(store: BackpackDatabase): Promise<void> {
  await store.write(tableNames, async (inside) => {
    for (const name of tableNames) await inside[name].clear();
  });
}
