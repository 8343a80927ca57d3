import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { didOfIdentity } from '../../shared/publish/identity-did.ts';
import { signSuccession } from '../../shared/publish/succession.ts';
import { replaceRoot as replaceRootCommit } from '../../shared/sync/key-commits.ts';
import { rootKeysOf } from '../../shared/sync/key-schedule.ts';
import { parseRecoveryCode } from '../../shared/sync/recovery-code.ts';
import { recoveryUnlockerOf } from '../../shared/sync/root-wrap.ts';
import { unlockersHashOf } from '../../shared/sync/unlocker.ts';
import { identityDocId, successionFields } from '../store/identity-doc.ts';
import { madeUnlockerFields, unlockersDocId } from '../store/unlocker-doc.ts';
import { changeKeys, pullChain } from './change-keys.ts';
import type { ChangeUnlockersDeps } from './change-unlockers.ts';
import { readUnlockers } from './read-unlockers.ts';
import { unlock } from './unlock.ts';

/**
 * Moves the backpack to a root of its own making, because somebody may hold the one that it has (design §13): only the
 * new `code` opens it from then on, a new epoch begins, and the learner's public name becomes another, which both names
 * sign. Whoever holds the
 * old root first can do this. Repeated with the same code after an answer that was lost, it finds itself done.
 * Errors: `recovery-code-mistyped`, `locked` (another device has replaced it meanwhile), those of `changeKeys`.
 */
export async function replaceRoot(code: string, deps: ChangeUnlockersDeps): Promise<Result<null>> {
  const secret = parseRecoveryCode(code);
  if (!secret.ok) return secret;
  const bytes = new Uint8Array(deps.random(32));
  const to = await rootKeysOf(bytes);
  const changed = await changeKeys(async ({ chain, root, companion }) => {
    const unlocker = await recoveryUnlockerOf(secret.value, bytes, chain.acct, deps.random);
    const commit = await replaceRootCommit(chain, root, to, await unlockersHashOf([unlocker]), deps.random);
    if (!commit.ok) return commit;
    // Said before it happens: afterwards the old identity is gone, should the answer be lost.
    const now = deps.clock();
    const succession = await signSuccession(root.identity, to.identity, now);
    const did = didOfIdentity(to.identity.key);
    await deps.changeDoc(identityDocId, successionFields(did, succession, now));
    const speaker = { signer: root.account, acct: chain.acct };
    return ok({ send: () => companion.putUnlocker(unlocker, commit.value, speaker) });
  }, deps);
  // Locked: the log names another root than the one held here, which may be the work of an earlier try.
  if (!changed.ok && changed.error.code !== 'locked') return changed;
  return adopt(code, deps);
}

/** Opens the root that the log names now, and keeps this browser as it was: unlocked, or not. */
async function adopt(code: string, deps: ChangeUnlockersDeps): Promise<Result<null>> {
  const row = await deps.rows.get('account');
  if (row === undefined) return failed(new BackpackError('no-account'));
  const chain = await pullChain(row, deps);
  if (!chain.ok) return chain;
  const unlockers = await readUnlockers(chain.value, row, deps);
  if (!unlockers.ok) return unlockers;
  const opened = await unlock(code, deps);
  if (!opened.ok)
    return opened.error.code === 'recovery-code-unknown' ? failed(new BackpackError('locked')) : opened;
  const [made] = unlockers.value;
  if (made !== undefined) await deps.changeDoc(unlockersDocId, madeUnlockerFields(made.id, deps.clock()));
  return ok(null);
}
