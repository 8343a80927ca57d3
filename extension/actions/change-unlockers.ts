import type { Bytes } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { maxUnlockers } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import { nameUnlockers } from '../../shared/sync/key-commits.ts';
import { parseRecoveryCode } from '../../shared/sync/recovery-code.ts';
import { recoveryKeysOf, recoveryUnlockerOf } from '../../shared/sync/root-wrap.ts';
import type { AccountId } from '../../shared/sync/shapes.ts';
import { type KeptUnlocker, unlockersHashOf } from '../../shared/sync/unlocker.ts';
import { madeUnlockerFields, unlockersDocId } from '../store/unlocker-doc.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { changeKeys } from './change-keys.ts';
import { readUnlockers } from './read-unlockers.ts';

export type ChangeUnlockersDeps = UnlockedDeps & {
  readonly changeDoc: (id: DocId, fields: JsonObject) => Promise<void>;
};

/**
 * Makes one more recovery code good. `code`: shown and typed back before. Done twice it is done once.
 * Errors: `recovery-code-mistyped`, `too-many-unlockers`, those of `changeKeys`.
 */
export async function addRecoveryCode(code: string, deps: ChangeUnlockersDeps): Promise<Result<null>> {
  const secret = parseRecoveryCode(code);
  if (!secret.ok) return secret;
  const { signer } = await recoveryKeysOf(secret.value);
  const unlocker: NewUnlocker = {
    isThis: (one) => one.kind === 'recovery' && one.key === signer.key,
    make: (root, acct) => recoveryUnlockerOf(secret.value, root, acct, deps.random),
  };
  return addUnlocker(unlocker, deps);
}

export type NewUnlocker = {
  /** tells it among those that are kept, so that a repeat adds none */
  readonly isThis: (unlocker: KeptUnlocker) => boolean;
  readonly make: (root: Bytes, acct: AccountId) => Promise<KeptUnlocker>;
  readonly name?: string;
};

/**
 * Adds a way to open the root, of whatever kind, with the key commit that names the new set.
 * Errors: `too-many-unlockers`, those of `changeKeys`.
 */
export async function addUnlocker(
  { isThis, make, name }: NewUnlocker,
  deps: ChangeUnlockersDeps,
): Promise<Result<null>> {
  const changed = await changeSet(async (kept, { chain, root, companion }) => {
    if (kept.some(isThis)) return ok('done');
    if (kept.length >= maxUnlockers)
      return failed(new BackpackError('too-many-unlockers', { limit: maxUnlockers }));
    const bytes = deps.root.bytes();
    if (bytes === undefined) return failed(new BackpackError('locked'));
    const unlocker = await make(bytes, chain.acct);
    const commit = await nameUnlockers(chain, await unlockersHashOf([...kept, unlocker]), root);
    const speaker = { signer: root.account, acct: chain.acct };
    return ok({ send: () => companion.putUnlocker(unlocker, commit, speaker) });
  }, deps);
  if (!changed.ok) return changed;
  const added = changed.value.find(isThis);
  if (added !== undefined)
    await deps.changeDoc(unlockersDocId, madeUnlockerFields(added.id, deps.clock(), name));
  return ok(null);
}

/**
 * Takes one way to open the root away; one recovery code at least stays, because a code alone works everywhere.
 * Errors: `last-unlocker`, those of `changeKeys`.
 */
export async function removeUnlocker(id: string, deps: UnlockedDeps): Promise<Result<null>> {
  const changed = await changeSet(async (kept, { chain, root, companion }) => {
    const left = kept.filter((unlocker) => unlocker.id !== id);
    if (left.length === kept.length) return ok('done');
    if (!left.some(({ kind }) => kind === 'recovery')) return failed(new BackpackError('last-unlocker'));
    const commit = await nameUnlockers(chain, await unlockersHashOf(left), root);
    const speaker = { signer: root.account, acct: chain.acct };
    return ok({ send: () => companion.deleteUnlocker(id, commit, speaker) });
  }, deps);
  return changed.ok ? ok(null) : changed;
}

type Start = Parameters<Parameters<typeof changeKeys>[0]>[0];

/** Changes the set on top of what the log names, and gives the set as it is afterwards. */
async function changeSet(
  plan: (kept: readonly KeptUnlocker[], start: Start) => ReturnType<Parameters<typeof changeKeys>[0]>,
  deps: UnlockedDeps,
): Promise<Result<readonly KeptUnlocker[]>> {
  const changed = await changeKeys(async (start) => {
    const kept = await readUnlockers(start.chain, start.row, deps);
    return kept.ok ? plan(kept.value, start) : kept;
  }, deps);
  if (!changed.ok) return changed;
  const row = await deps.rows.get('account');
  return row === undefined
    ? failed(new BackpackError('no-account'))
    : readUnlockers(changed.value, row, deps);
}
