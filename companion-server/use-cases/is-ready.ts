import type { Kid, Sha256 } from '../../shared/model/brands.ts';
import { asBackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import type { Storage } from '../storage/storage.ts';

/** Whether the storage answers a question, or what keeps it from answering. */
export async function isReady(storage: Storage): Promise<Result<null>> {
  try {
    await storage.read(({ admission }) => admission.signer('' as Sha256, '' as Kid));
    return ok(null);
  } catch (thrown) {
    return failed(asBackpackError(thrown));
  }
}
