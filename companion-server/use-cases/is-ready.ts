import type { Kid, Sha256 } from '../../shared/model/brands.ts';
import type { Storage } from '../storage/storage.ts';

/** Whether the storage answers a question. What keeps it from answering is logged by whoever meets it. */
export async function isReady(storage: Storage): Promise<boolean> {
  try {
    await storage.read(({ admission }) => admission.signer('' as Sha256, '' as Kid));
    return true;
  } catch {
    return false;
  }
}
