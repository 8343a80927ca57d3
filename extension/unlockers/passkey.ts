import type { Bytes } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, type Result } from '../../shared/model/result.ts';
import type { PasskeyAssertion } from '../../shared/protocol/passkeys.ts';
import {
  type MadePasskey,
  passkeyWrappingOf,
  unwrapRoot,
  type WrapPlace,
} from '../../shared/sync/root-wrap.ts';
import type { Unlocker } from './unlocker.ts';

/**
 * The authenticators that this browser reaches: they make sure who is there, and give the same 32 bytes for a passkey
 * each time. Errors: `passkey-refused`, `passkey-without-prf`, `passkey-not-possible`, `unlocker-taken`.
 */
export type Passkeys = {
  /** `user`: of the same, an authenticator keeps one passkey; `known`: whoever has one of these makes no other */
  readonly make: (host: string, user: Bytes, known: readonly string[]) => Promise<Result<MadePasskey>>;
  /** `among`: one of these; with none, whichever the learner chooses */
  readonly use: (host: string, challenge: Bytes, among: readonly string[]) => Promise<Result<UsedPasskey>>;
};

/** `prf` stays in this browser; the rest is for the server. */
export type UsedPasskey = { readonly assertion: PasskeyAssertion; readonly prf: Bytes };

/** A passkey of the learner's, against the wraps that this browser keeps copies of. */
export const passkeyUnlocker: Unlocker = {
  kind: 'passkey',
  isReady: async (rows) => (await rows.get('account')) !== undefined,
  open: async ({ acct, unlocker, unlockers = [unlocker] }, _, given) => {
    if (typeof given !== 'object') return failed(new BackpackError('locked'));
    const { credential } = given.assertion;
    const kept = unlockers.find((one) => one.kind === 'passkey' && one.credential === credential);
    if (kept === undefined) return failed(new BackpackError('passkey-unknown'));
    return unwrapByPasskey(kept.wrap, given, { acct, kind: kept.kind, id: kept.id });
  },
};

/** Opens a wrap with a passkey. Errors: `passkey-unknown`: it did not make it, or not for this place. */
export async function unwrapByPasskey(
  wrap: string,
  { prf }: UsedPasskey,
  place: WrapPlace,
): Promise<Result<Bytes>> {
  const root = await unwrapRoot(wrap, await passkeyWrappingOf(prf), place);
  return root.ok ? root : failed(new BackpackError('passkey-unknown', {}, root.error));
}
