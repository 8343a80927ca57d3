import type { Kid } from '../../shared/model/brands.ts';
import { ok, type Result } from '../../shared/model/result.ts';
import { deviceSigner } from '../../shared/sync/device-keys.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import { revokeDevice } from '../../shared/sync/key-commits.ts';
import { deviceDocId } from '../store/device-doc.ts';
import type { UnlockedDeps } from './account-deps.ts';
import { changeKeys } from './change-keys.ts';

export type RemoveDeviceDeps = UnlockedDeps & {
  /** erases one of the learner's documents on every device */
  readonly wipeDoc: (id: DocId) => Promise<void>;
};

/**
 * Takes a lost or foreign device out of the backpack (design §13): the server refuses its key from that moment on, and
 * what is written afterwards it cannot read. Removing it twice is removing it once. Errors: those of `changeKeys`.
 */
export async function removeDevice(kid: Kid, deps: RemoveDeviceDeps): Promise<Result<null>> {
  const changed = await changeKeys(async ({ chain, root, row, companion }) => {
    if (!chain.devices.some((device) => device.kid === kid)) return ok('done');
    const commit = await revokeDevice(chain, kid, root, deps.random);
    if (!commit.ok) return commit;
    const signer = await deviceSigner(row);
    const transport = companion.transport({ signer, acct: row.acct });
    return ok({ send: () => transport.push({ commit: commit.value, records: [] }) });
  }, deps);
  if (!changed.ok) return changed;
  await deps.wipeDoc(deviceDocId(kid));
  return ok(null);
}
