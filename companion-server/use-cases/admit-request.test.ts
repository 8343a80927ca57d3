import { createSecretKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signRequest } from '../../shared/protocol/signed-request.ts';
import type { Signer } from '../../shared/sync/compact-jws.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { newDatabase, removeDatabases } from '../testing/databases.ts';
import { clock, Learner, newSigner, random } from '../testing/learner.ts';
import { watchedStorage } from '../testing/watched-storage.ts';
import { admitRequest } from './admit-request.ts';
import { nonces } from './nonces.ts';
import { openAccount } from './open-account.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openStorage((await newDatabase()).place);
});
afterEach(async () => {
  await storage.close();
  await removeDatabases();
});

describe('asking for a wrap with a code', () => {
  it('costs the same work whether such a code exists or not (T14, T19)', async () => {
    const target = { address: 'http://127.0.0.1:1', origin: 'https://backpack.example' };
    const learner = await Learner.prepare(target);
    const opened = await openAccount(
      { genesis: learner.genesis, unlockers: learner.unlockers },
      { storage, clock },
    );
    expect(opened.ok).toBe(true);
    const path = '/v1/unlock/recovery';
    const work = async (signer: Signer) => {
      const asked: string[] = [];
      let proofs = 0;
      const real = nonces(random(32), clock);
      const counted = {
        ...real,
        isLive: (nonce: string) => {
          proofs += 1;
          return real.isLive(nonce);
        },
      };
      const request = { method: 'POST', address: `${target.origin}${path}`, nonce: real.fresh() } as const;
      const authorization = await signRequest(request, signer, { random, clock });
      const came = { authorization, method: 'POST', address: request.address, body: new Uint8Array() };
      const deps = {
        storage: watchedStorage(storage, asked),
        clock,
        rateScale: 1,
        pepper: createSecretKey(random(32)),
        nonces: counted,
      };
      const admitted = await admitRequest(came, { signers: ['recovery'], rates: [] }, deps);
      return {
        admitted: admitted.ok,
        asked,
        proofs,
        bytes: admitted.ok ? '' : JSON.stringify(admitted.error),
      };
    };
    const stranger = await newSigner();
    const unknown = await work(stranger);
    // Someone who saw the key's name, but does not have the code.
    const known = await work({ ...stranger, kid: learner.recovery.kid });
    expect(known).toEqual(unknown);
    expect(known).toMatchObject({ admitted: false, asked: ['unlockers.byRecoveryKid'] });
    expect((await work(learner.recovery)).admitted).toBe(true);
  });
});
