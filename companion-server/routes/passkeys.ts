import {
  passkeyOptions as optionsCall,
  parsePasskeyAssertion,
  unlockByPasskey as unlockCall,
} from '../../shared/protocol/passkeys.ts';
import { unlockByPasskey } from '../use-cases/unlock-by-passkey.ts';
import { json, refusal } from './answers.ts';
import { apiRoute } from './api-route.ts';
import { failedUnlocks } from './rates.ts';

export const passkeyChallenge = apiRoute(optionsCall, async (_, { challenges }) =>
  json(200, { challenge: challenges.fresh() }),
);

export const passkeyUnlock = apiRoute(
  unlockCall,
  async ({ body }, deps) => {
    const assertion = parsePasskeyAssertion(body);
    if (!assertion.ok) return refusal(assertion.error);
    const reply = await unlockByPasskey(assertion.value, deps);
    return reply.ok ? json(200, reply.value) : refusal(reply.error);
  },
  { failures: failedUnlocks },
);
