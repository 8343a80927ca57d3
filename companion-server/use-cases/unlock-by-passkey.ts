import type { KeyObject } from 'node:crypto';
import { instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { requestIdLifetimeSeconds } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { PasskeyAssertion } from '../../shared/protocol/passkeys.ts';
import type { UnlockReply } from '../../shared/protocol/unlockers.ts';
import type { Storage } from '../storage/storage.ts';
import { blinded } from './blinded.ts';
import type { Challenges } from './challenges.ts';
import { type PasskeySite, provenBy } from './passkey-assertion.ts';

export type PasskeyDeps = {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly pepper: KeyObject;
  readonly challenges: Challenges;
  readonly passkeySite: PasskeySite;
};

/**
 * Hands out the wrap that belongs to a passkey, to whoever proves to hold it: once for each challenge, and not to a copy
 * of an authenticator that counts. A passkey that nobody has costs the same work as a known one. Errors: `unauthorized`.
 */
export async function unlockByPasskey(
  assertion: PasskeyAssertion,
  { storage, clock, pepper, challenges, passkeySite }: PasskeyDeps,
): Promise<Result<UnlockReply>> {
  const { credential } = assertion;
  const known = await storage.read(({ unlockers }) => unlockers.byCredential(credential));
  const key = known?.unlocker.kind === 'passkey' ? known.unlocker.key : someKey;
  const proven = provenBy(assertion, key, passkeySite);
  if (known === undefined || proven === undefined || !challenges.isLive(proven.challenge)) return refused();
  const until = instantOf(millisecondsOf(clock()) + requestIdLifetimeSeconds * 1000);
  const seenAs = blinded(`seen|passkey|${credential}`, pepper);
  return storage.write<UnlockReply>(known.account, async (session) => {
    const { accounts, admission, unlockers } = session;
    if (!(await admission.rememberRequest(seenAs, proven.challenge, until))) return refused();
    const passkey = await unlockers.byCredential(credential);
    const account = passkey === undefined ? undefined : await accounts.find(passkey.account);
    if (passkey === undefined || account === undefined) return refused();
    // Whoever copied a counting authenticator is found out by the one that comes second.
    const isCounting = proven.uses > 0 || passkey.uses > 0;
    if (isCounting && proven.uses <= passkey.uses) return refused();
    if (!(await unlockers.countUses(credential, passkey.uses, proven.uses))) return refused();
    const { keyring, head } = account.chain;
    return ok({ account: passkey.account, unlocker: passkey.unlocker, keyring, head });
  });
}

function refused(): Result<never> {
  return failed(new BackpackError('unauthorized'));
}

/** The base point of P-256: the kind of key that most passkeys have, with a secret that is worth nothing here. */
const someKey =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li_hp_m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q';
