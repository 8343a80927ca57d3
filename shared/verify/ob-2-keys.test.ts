import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { servedJson } from '../testing/documents.ts';
import { signToken } from '../testing/sign-token.ts';
import { jsonAt, missing, verify, withServed } from '../testing/verify-served.ts';

const university = 'https://university.example';
const stranger = 'https://evil.example';

describe('the key of a signed 2.0 badge', () => {
  it('is read in every form that JSON-LD has for one value', async () => {
    const badge = await buildBadge({ proof: 'jws' });
    const { keyId, id } = badge.issuer;
    const key = jsonAt(badge, keyId);
    const { owner = '', publicKeyPem = '' } = key;
    const outcomeBy = async (change: object, listed: Json = keyId) => {
      const changed = { ...key, ...change };
      const profile = { ...jsonAt(badge, id), publicKey: listed === null ? changed : listed };
      const documents = withServed(badge, {
        [keyId]: listed === null ? missing : servedJson(changed),
        [id]: servedJson(profile),
      });
      return (await verify({ kind: 'bytes', bytes: badge.bytes }, documents)).verdict.outcome;
    };
    const stranger = 'https://evil.example/issuer';
    for (const listed of [keyId, null]) {
      expect(await outcomeBy({ owner: { id: owner } }, listed)).toBe('valid');
      expect(await outcomeBy({ owner: [owner] }, listed)).toBe('valid');
      expect(await outcomeBy({ publicKeyPem: [publicKeyPem] }, listed)).toBe('valid');
      expect(await outcomeBy({ publicKeyPem: { '@value': publicKeyPem } }, listed)).toBe('valid');
      expect(await outcomeBy({ owner: { id: stranger } }, listed)).toBe('invalid');
      // Inside the profile several owners spoil the profile itself.
      const several = listed === null ? 'malformed' : 'invalid';
      expect(await outcomeBy({ owner: [stranger, owner] }, listed)).toBe(several);
    }
  });

  it('may lie in the profile without a name of its own, where the badge names none', async () => {
    const badge = await buildBadge({ proof: 'jws' });
    const { keyId, id, key } = badge.issuer;
    const { id: _, ...nameless } = jsonAt(badge, keyId);
    const verdictOn = async (verification: JsonObject, publicKey: Json) => {
      const bytes = utf8(await signToken({ alg: 'RS256' }, { ...badge.document, verification }, key));
      const documents = withServed(badge, { [id]: servedJson({ ...jsonAt(badge, id), publicKey }) });
      const { verdict, issuerProof } = await verify({ kind: 'bytes', bytes }, documents);
      return [verdict.reason, issuerProof.kind];
    };
    expect(await verdictOn({ type: 'SignedBadge' }, nameless)).toEqual(['all-passed', 'host']);
    expect(await verdictOn({ type: 'SignedBadge' }, [nameless])).toEqual(['all-passed', 'host']);
    const others = { ...nameless, owner: `${stranger}/issuer` };
    expect(await verdictOn({ type: 'SignedBadge' }, others)).toEqual(['key-owner-differs', 'none']);
    expect(await verdictOn({ type: 'SignedBadge', creator: keyId }, nameless)).toEqual([
      'key-not-listed',
      'none',
    ]);
  });

  it('stays the issuer’s when he has moved to https, and badge and key still name it as before', async () => {
    const badge = await buildBadge({ proof: 'jws', issuerOrigin: university });
    const { keyId, id, key } = badge.issuer;
    const unencrypted = (address: string) => address.replace('https:', 'http:');
    const verdictOn = async (creator: string, owner: string, listed = keyId) => {
      const named = { ...badge.document, verification: { type: 'signed', creator } };
      const bytes = utf8(await signToken({ alg: 'RS256' }, named, key));
      const document = servedJson({ ...jsonAt(badge, keyId), owner });
      const documents = withServed(badge, {
        [id]: servedJson({ ...jsonAt(badge, id), publicKey: [listed] }),
        ...Object.fromEntries([keyId, unencrypted(keyId), creator].map((address) => [address, document])),
      });
      const { verdict, issuerProof } = await verify({ kind: 'bytes', bytes }, documents);
      return [verdict.outcome, 'host' in issuerProof ? issuerProof.host : issuerProof.kind];
    };
    const proven = ['valid', 'university.example'];
    expect(await verdictOn(keyId, id)).toEqual(proven);
    expect(await verdictOn(unencrypted(keyId), id)).toEqual(proven);
    expect(await verdictOn(unencrypted(keyId), unencrypted(id))).toEqual(proven);
    // Back from https to http, to another place, or to a host that only begins the same, nobody moves.
    expect(await verdictOn(keyId, id, unencrypted(keyId))).toEqual(['invalid', 'none']);
    expect(await verdictOn(`${unencrypted(keyId)}0`, id)).toEqual(['invalid', 'none']);
    expect(await verdictOn(keyId, unencrypted(`${id}/other`))).toEqual(['invalid', 'none']);
    expect(await verdictOn(unencrypted(keyId).replace('.example', '.example.evil'), id)).toEqual([
      'invalid',
      'none',
    ]);
  });

  it('is found among many where none is named, and none of too many is called the wrong one', async () => {
    const badge = await buildBadge({ proof: 'jws' });
    const { keyId, id, key } = badge.issuer;
    const unnamed = { ...badge.document, verification: { type: 'signed' } };
    const bytes = utf8(await signToken({ alg: 'RS256' }, unnamed, key));
    const other = await buildIssuer({ origin: stranger, keyPlace: 'cryptographic-key' });
    const older = jsonAt(other, other.keyId);
    const verdictWith = async (before: number, after = 0, listsItsOwn = true) => {
      const old = Array.from({ length: before + after }, (_, at) => `${university}/keys/${at}`);
      const publicKey = [...old.slice(0, before), ...(listsItsOwn ? [keyId] : []), ...old.slice(before)];
      const documents = withServed(badge, {
        [id]: servedJson({ ...jsonAt(badge, id), publicKey }),
        ...Object.fromEntries(old.map((each) => [each, servedJson({ ...older, id: each, owner: id })])),
      });
      return (await verify({ kind: 'bytes', bytes }, documents)).verdict;
    };
    for (const [before, after] of [
      [0, 0],
      [5, 0],
      [11, 30],
    ] as const)
      expect(await verdictWith(before, after)).toMatchObject({ outcome: 'valid' });
    for (const before of [1, 12])
      expect(await verdictWith(before, 0, false)).toMatchObject({ reason: 'signature-bad' });
    const unknown = { outcome: 'unsupported', reason: 'beyond-limits' };
    expect(await verdictWith(12)).toMatchObject(unknown);
    expect(await verdictWith(13, 0, false)).toMatchObject(unknown);
  });
});
