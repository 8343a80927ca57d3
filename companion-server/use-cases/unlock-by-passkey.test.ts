import { createSecretKey } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unlockersHashOf } from '../../shared/sync/unlocker.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { newDatabase, removeDatabases } from '../testing/databases.ts';
import { clock, Learner, random } from '../testing/learner.ts';
import { honestFlags, SoftwarePasskey } from '../testing/software-authenticator.ts';
import { watchedStorage } from '../testing/watched-storage.ts';
import { challenges } from './challenges.ts';
import { putUnlocker } from './change-unlockers.ts';
import { openAccount } from './open-account.ts';
import { passkeySiteOf } from './passkey-assertion.ts';
import { unlockByPasskey } from './unlock-by-passkey.ts';

let storage: Storage;
beforeEach(async () => {
  storage = await openStorage((await newDatabase()).place);
});
afterEach(async () => {
  await storage.close();
  await removeDatabases();
});

describe('asking for a wrap with a passkey', () => {
  it('costs the same work whether such a passkey exists or not (T14, T19)', async () => {
    const target = { address: 'http://127.0.0.1:1', origin: 'https://backpack.example' };
    const learner = await Learner.prepare(target);
    const { genesis, unlockers } = learner;
    expect((await openAccount({ genesis, unlockers }, { storage, clock })).ok).toBe(true);
    const own = new SoftwarePasskey();
    const kept = own.kept();
    const commit = await learner.keyCommit({ unlockers: await unlockersHashOf([...unlockers, kept]) });
    const { kid, key } = learner.account;
    const signer = { kind: 'account', account: learner.id, kid, key } as const;
    expect((await putUnlocker(signer, kept, commit, { storage, clock })).ok).toBe(true);

    const handedOut = challenges(random(32), clock, random);
    const passkeySite = passkeySiteOf(target.origin, []);
    const work = async (holder: SoftwarePasskey, credential = holder.credential) => {
      const asked: string[] = [];
      const origin = `chrome-extension://${'a'.repeat(32)}`;
      const challenge = handedOut.fresh();
      const honest = { host: 'backpack.example', origin, type: 'webauthn.get', flags: honestFlags, uses: 0 };
      const assertion = { ...holder.assert({ ...honest, challenge, client: {} }), credential };
      const deps = { clock, pepper: createSecretKey(random(32)), challenges: handedOut, passkeySite };
      const reply = await unlockByPasskey(assertion, { ...deps, storage: watchedStorage(storage, asked) });
      return { reply: reply.ok ? 'the wrap' : JSON.stringify(reply.error), asked };
    };
    const stranger = new SoftwarePasskey();
    const unknown = await work(stranger);
    // Someone who saw the passkey's name, but does not hold it.
    const known = await work(stranger, own.credential);
    expect(known).toEqual(unknown);
    expect(known.asked).toEqual(['unlockers.byCredential']);
    expect((await work(own)).reply).toBe('the wrap');
  });
});
