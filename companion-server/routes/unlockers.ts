import { BackpackError } from '../../shared/model/errors.ts';
import {
  deleteUnlocker as deleteCall,
  listUnlockers as listCall,
  parseDeleteUnlockerRequest,
  parsePutUnlockerRequest,
  putUnlocker as putCall,
  unlockByRecovery as unlockCall,
} from '../../shared/protocol/unlockers.ts';
import { deleteUnlocker, putUnlocker } from '../use-cases/change-unlockers.ts';
import { listUnlockers } from '../use-cases/list-unlockers.ts';
import { unlockByRecovery } from '../use-cases/unlock-by-recovery.ts';
import { json, nothing, refusal } from './answers.ts';
import { apiRoute } from './api-route.ts';
import { failedUnlocks } from './rates.ts';

export const unlockers = apiRoute(listCall, async ({ signer }, { storage }) =>
  json(200, { unlockers: await listUnlockers(signer().account, storage) }),
);

export const newUnlocker = apiRoute(putCall, async ({ body, names, signer }, deps) => {
  const request = parsePutUnlockerRequest(body);
  if (!request.ok) return refusal(request.error);
  const { unlocker, commit } = request.value;
  if (unlocker.id !== names['id']) return refusal(new BackpackError('malformed-request', { member: 'id' }));
  const kept = await putUnlocker(signer(), unlocker, commit, deps);
  return kept.ok ? nothing : refusal(kept.error);
});

export const unlockerRemoval = apiRoute(deleteCall, async ({ body, names, signer }, deps) => {
  const request = parseDeleteUnlockerRequest(body);
  if (!request.ok) return refusal(request.error);
  const removed = await deleteUnlocker(signer(), names['id'] ?? '', request.value.commit, deps);
  return removed.ok ? nothing : refusal(removed.error);
});

export const recoveryUnlock = apiRoute(
  unlockCall,
  async ({ signer }, { storage }) => {
    const reply = await unlockByRecovery(signer().kid, storage);
    return reply.ok ? json(200, reply.value) : refusal(reply.error);
  },
  { failures: failedUnlocks },
);
