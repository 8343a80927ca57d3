import type { Url } from '../../shared/model/brands.ts';
import { bytesOfBase64Url } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxUnlockers } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { deriveBytes } from '../../shared/sync/key-schedule.ts';
import { passkeyUnlockerOf } from '../../shared/sync/root-wrap.ts';
import type { KeptUnlocker } from '../../shared/sync/unlocker.ts';
import { type Passkeys, unwrapByPasskey } from '../unlockers/passkey.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { pullChain } from './change-keys.ts';
import { addUnlocker, type ChangeUnlockersDeps } from './change-unlockers.ts';
import { joinAccount } from './join-account.ts';
import { readUnlockers } from './read-unlockers.ts';
import { unlock } from './unlock.ts';

type WithPasskeys = { readonly passkeys: Passkeys };

/**
 * Has a passkey made that opens the backpack from then on. `name`: what it is called in the list. The unlockers are read
 * from the log first: an authenticator that has one of them makes no other.
 * Errors: those of `Passkeys` and of `addUnlocker`.
 */
export async function addPasskey(
  name: string,
  deps: ChangeUnlockersDeps & WithPasskeys,
): Promise<Result<null>> {
  const root = deps.root.bytes();
  if (root === undefined) return failed(new BackpackError('locked'));
  // One account has one passkey in each authenticator: after a failure the next try takes the place of the first.
  const user = await deriveBytes(root, 'passkey-user');
  const row = await deps.rows.get('account');
  if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
  const chain = await deps.alone(() => pullChain(row, deps));
  const kept = chain.ok ? await readUnlockers(chain.value, row, deps) : chain;
  if (!kept.ok) return kept;
  if (kept.value.length >= maxUnlockers)
    return failed(new BackpackError('too-many-unlockers', { limit: maxUnlockers }));
  const made = await deps.passkeys.make(hostOf(row.server), user, credentialsIn(kept.value));
  if (!made.ok) return made;
  return addUnlocker(
    {
      isThis: (one) => one.kind === 'passkey' && one.credential === made.value.credential,
      make: (bytes, acct) => passkeyUnlockerOf(made.value, bytes, acct, deps.random),
      name,
    },
    deps,
  );
}

/**
 * Opens the root of this browser's backpack with one of its passkeys; no server is asked.
 * Errors: those of `Passkeys`, and of `unlock`.
 */
export async function unlockByPasskey(deps: UnlockedDeps & WithPasskeys): Promise<Result<null>> {
  const row = await deps.rows.get('account');
  if (row?.enrolled !== true) return failed(new BackpackError('no-account'));
  const among = credentialsIn(row.unlockers ?? [row.unlocker]);
  if (among.length === 0) return failed(new BackpackError('passkey-unknown'));
  // Nobody but this browser looks at the answer, so that any challenge will do.
  const used = await deps.passkeys.use(hostOf(row.server), new Uint8Array(deps.random(32)), among);
  return used.ok ? unlock(used.value, deps) : used;
}

/**
 * Makes this browser one more device of the account that a passkey belongs to, whichever the learner chooses.
 * Errors: those of `Passkeys`, `passkey-unknown`, and of `joinAccount`.
 */
export function joinByPasskey(deps: UnlockedDeps & WithPasskeys): Promise<Result<null>> {
  return joinAccount(async (companion, server) => {
    const options = await companion.passkeyOptions();
    if (!options.ok) return options;
    const challenge = bytesOfBase64Url(options.value.challenge) ?? new Uint8Array();
    const used = await deps.passkeys.use(hostOf(server), challenge, []);
    if (!used.ok) return used;
    const reply = await companion.unlockByPasskey(used.value.assertion);
    if (!reply.ok)
      return reply.error.code === 'unauthorized' ? failed(new BackpackError('passkey-unknown')) : reply;
    const { account: acct, unlocker } = reply.value;
    const place = { acct, kind: 'passkey', id: unlocker.id };
    const root = await unwrapByPasskey(unlocker.wrap, used.value, place);
    return root.ok ? ok({ reply: reply.value, root: root.value }) : root;
  }, deps);
}

/** Passkeys belong to the name of the server. */
function hostOf(server: Url): string {
  return new URL(server).hostname;
}

function credentialsIn(unlockers: readonly KeptUnlocker[]): readonly string[] {
  return unlockers.flatMap((one) => (one.kind === 'passkey' ? [one.credential] : []));
}
