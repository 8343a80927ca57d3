import type { ArchivedAccount } from '../../shared/archive/archive-index.ts';
import type { Bytes } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { rootKeysOf } from '../../shared/sync/key-schedule.ts';
import { type Keyring, openKeyring } from '../../shared/sync/keyring.ts';
import { recoveryKeysOf, unwrapRoot } from '../../shared/sync/root-wrap.ts';
import type { AccountRow } from '../store/account-rows.ts';

/** The secrets of an account that came with an archive. */
export type OpenedAccount = { readonly root: Bytes; readonly keyring: Keyring };

/** What an archive takes along of an account, for each of its recovery codes. */
export function archivedAccountOf({ acct, keyring, unlocker, unlockers = [] }: AccountRow): ArchivedAccount {
  const others = unlockers.filter(({ kind, id }) => kind === 'recovery' && id !== unlocker.id);
  return { acct, keyring, unlocker, ...(others.length === 0 ? {} : { others }) };
}

/**
 * Opens what an archive has of its account by the secret of one of its recovery codes; no server is asked.
 * Errors: `recovery-code-unknown`, `sync-distrust` where the keyring is not that root's.
 */
export async function openRestored(
  { acct, keyring, unlocker, others = [] }: ArchivedAccount,
  secret: Bytes,
): Promise<Result<OpenedAccount>> {
  const { signer, wrapping } = await recoveryKeysOf(secret);
  const mine = [unlocker, ...others].find(({ kind, key }) => kind === 'recovery' && key === signer.key);
  if (mine === undefined) return failed(new BackpackError('recovery-code-unknown'));
  const root = await unwrapRoot(mine.wrap, wrapping, { acct, kind: mine.kind, id: mine.id });
  if (!root.ok) return root;
  const { vault } = await rootKeysOf(root.value);
  const opened = await openKeyring(keyring, acct, vault);
  return opened.ok ? ok({ root: root.value, keyring: opened.value }) : opened;
}
