import { describe, expect, it } from 'vitest';
import { seeded } from '../testing/seeded.ts';
import { newAccount } from './account.ts';
import { beginChain, extendChain } from './chain.ts';
import { type Commit, parseCommit, signCommit } from './commit.ts';
import { deviceSigner, newDeviceKeys } from './device-keys.ts';
import { enrolDevice } from './key-commits.ts';
import { signaturesOf } from './signatures.ts';

const [first, second, stranger] = [await newDeviceKeys(), await newDeviceKeys(), await newDeviceKeys()];
const account = await newAccount(new Uint8Array(seeded(1)(32)), new Uint8Array(16), first.device, seeded(2));

async function parsed(token: string) {
  const commit = await parseCommit(token);
  if (!commit.ok) throw commit.error;
  return commit.value;
}
const genesis = await parsed(account.genesis);
const begun = await beginChain(genesis);
if (!begun.ok) throw new TypeError(begun.error);
const chain = begun.value;
const snapshot = (n: number, prev: Commit['prev']): Commit => ({
  v: 1,
  acct: account.acct,
  n,
  prev: prev ?? chain.head.h,
  kind: 'snapshot',
  snap: { count: 0, h: chain.head.h },
});

describe('signatures that are looked at all at once', () => {
  it('are good for the key that made each, of the chain or of a commit among them, and for no other', async () => {
    const enrolled = await parsed(await enrolDevice(chain, second.device, account.root));
    const byFirst = await parsed(await signCommit(snapshot(2, enrolled.hash), await deviceSigner(first)));
    const bySecond = await parsed(await signCommit(snapshot(3, byFirst.hash), await deviceSigner(second)));
    const isSignedBy = signaturesOf([enrolled, byFirst, bySecond], chain);
    expect(await isSignedBy(byFirst.jws, first.device.sign)).toBe(true);
    expect(await isSignedBy(bySecond.jws, second.device.sign)).toBe(true);
    expect(await isSignedBy(enrolled.jws, account.root.account.key)).toBe(true);
    expect(await isSignedBy(byFirst.jws, second.device.sign)).toBe(false);
    expect(await isSignedBy(bySecond.jws, first.device.sign)).toBe(false);
  });

  it('let nobody in by a commit that gives a device another key', async () => {
    const forged = { ...first.device, sign: stranger.device.sign };
    const enrolled = await parsed(await enrolDevice(chain, forged, account.root));
    const signer = { ...(await deviceSigner(stranger)), kid: first.device.kid };
    const byStranger = await parsed(await signCommit(snapshot(1, chain.head.h), signer));
    const byFirst = await parsed(await signCommit(snapshot(1, chain.head.h), await deviceSigner(first)));
    const isSignedBy = signaturesOf([byStranger, byFirst, enrolled], chain);
    expect(await extendChain(chain, byStranger, isSignedBy)).toEqual({ ok: false, error: 'bad-signature' });
    expect(await extendChain(chain, byFirst, isSignedBy)).toMatchObject({ ok: true });
    expect((await extendChain(chain, enrolled, isSignedBy)).ok).toBe(false);
  });
});
