import type { ArchivedAccount } from '../../shared/archive/archive-index.ts';
import type { Bytes } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { rootKeysOf } from '../../shared/sync/key-schedule.ts';
import { type Keyring, openKeyring } from '../../shared/sync/keyring.ts';
import { recoveryKeysOf, unwrapRoot } from '../../shared/sync/root-wrap.ts';

/** The secrets of an account that came with an archive. */
export type OpenedAccount = { readonly root: Bytes; readonly keyring: Keyring };

/**
 * Opens what an archive has of its account by the secret of its recovery code; no server is asked.
 * Errors: `recovery-code-unknown`, `sync-distrust` where the keyring is not that root's.
 */
export async function openRestored(
  { acct, keyring, unlocker }: ArchivedAccount,
  secret: Bytes,
): Promise<Result<OpenedAccount>> {
  if (unlocker.kind !== 'recovery') return failed(new BackpackError('recovery-code-unknown'));
  const { wrapping } = await recoveryKeysOf(secret);
  const root = await unwrapRoot(unlocker.wrap, wrapping, { acct, kind: unlocker.kind, id: unlocker.id });
  if (!root.ok) return root;
  const { vault } = await rootKeysOf(root.value);
  const opened = await openKeyring(keyring, acct, vault);
  return opened.ok ? ok({ root: root.value, keyring: opened.value }) : opened;
}
