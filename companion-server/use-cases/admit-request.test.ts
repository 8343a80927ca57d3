import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signRequest } from '../../shared/protocol/signed-request.ts';
import type { Signer } from '../../shared/sync/compact-jws.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { Session, Storage } from '../storage/storage.ts';
import { newDatabase, removeDatabases } from '../testing/databases.ts';
import { clock, Learner, newSigner, random } from '../testing/learner.ts';
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

/** Every question that is put to the storage, in order. */
function watched(asked: string[]): Storage {
  const watch = (session: Session): Session =>
    Object.fromEntries(
      Object.entries(session).map(([group, calls]) => [
        group,
        Object.fromEntries(
          Object.entries(calls as Record<string, (...values: unknown[]) => unknown>).map(([name, call]) => [
            name,
            (...values: unknown[]) => {
              asked.push(`${group}.${name}`);
              return call(...values);
            },
          ]),
        ),
      ]),
    ) as unknown as Session;
  return {
    ...storage,
    read: (work) => storage.read((session) => work(watch(session))),
    write: (account, work) => storage.write(account, (session) => work(watch(session))),
  };
}

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
      const deps = { storage: watched(asked), clock, rateScale: 1, pepper: random(32), nonces: counted };
      const admitted = await admitRequest(came, ['recovery'], [], deps);
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
