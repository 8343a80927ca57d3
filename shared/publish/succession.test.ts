import { beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../model/brands.ts';
import { type Signer, signCompactJws } from '../sync/compact-jws.ts';
import { rootKeysOf } from '../sync/key-schedule.ts';
import { seeded } from '../testing/seeded.ts';
import { didOfIdentity, identityOfDid } from './identity-did.ts';
import { formerIdentities, readSuccession, type Succession, signSuccession } from './succession.ts';

const random = seeded(41);
const at = instantOf(Date.parse('2026-11-24T12:00:00.000Z'));
let one: Signer;
let two: Signer;
let three: Signer;
beforeAll(async () => {
  const signer = async () => (await rootKeysOf(new Uint8Array(random(32)))).identity;
  [one, two, three] = [await signer(), await signer(), await signer()];
});

const did = (signer: Signer) => didOfIdentity(signer.key);

describe('an identity that follows another', () => {
  it('is named by both, and led to one by one', async () => {
    const first = await signSuccession(one, two, at);
    const second = await signSuccession(two, three, at);
    expect(await readSuccession(first)).toEqual({ from: did(one), to: did(two), at });
    expect(await formerIdentities([], did(one))).toEqual([]);
    expect(await formerIdentities([first], did(two))).toEqual([did(one)]);
    expect(await formerIdentities([first, second], did(three))).toEqual([did(one), did(two)]);
    // Not to somebody else, not in another order, not with one left out.
    expect(await formerIdentities([first], did(three))).toBeUndefined();
    expect(await formerIdentities([second, first], did(three))).toBeUndefined();
    expect(await formerIdentities([first, await signSuccession(one, three, at)], did(three))).toBeUndefined();
  });

  it('is not believed when either signature is missing, another’s or over another statement', async () => {
    const good = await signSuccession(one, two, at);
    const other = await signSuccession(one, three, at);
    const statement = { from: did(one), to: did(two), at };
    const by = (signer: Signer, said: object = statement) =>
      signCompactJws('backpack-succession', { ...said }, signer);
    const forged: readonly Succession[] = [
      { old: good.new, new: good.old },
      { old: good.old, new: good.old },
      { old: good.old, new: other.new },
      { old: await by(three), new: good.new },
      { old: good.old, new: await by(three) },
      { old: await by(one, { ...statement, more: 1 }), new: await by(two, { ...statement, more: 1 }) },
      { old: await by(one, { ...statement, at: 'now' }), new: await by(two, { ...statement, at: 'now' }) },
      { old: await signCompactJws('backpack-manifest', statement, one), new: good.new },
      { old: '', new: '' },
    ];
    for (const succession of forged) expect(await readSuccession(succession)).toBeUndefined();
    expect(await readSuccession({ old: await by(one), new: await by(two) })).toEqual(statement);
  });
});

describe('a did:key', () => {
  it('gives back the key that it is of, and none of another kind', () => {
    expect(identityOfDid(did(one))).toBe(one.key);
    for (const other of [
      // X25519, P-256, no base58, another method
      'did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc',
      'did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169',
      `did:key:z${'0'.repeat(47)}`,
      'did:web:example.org',
    ])
      expect(identityOfDid(other as ReturnType<typeof did>), other).toBeUndefined();
  });
});
