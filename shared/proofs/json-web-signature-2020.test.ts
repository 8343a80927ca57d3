import { describe, expect, it } from 'vitest';
import { base64UrlOf, bytesOfBase64Url, utf8 } from '../model/bytes.ts';
import { isJsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { outcomeOf } from '../testing/judge.ts';
import { withProof } from '../testing/signature-forgeries.ts';
import type { KeyAlgorithm } from '../testing/signing-keys.ts';

const kinds: readonly KeyAlgorithm[] = ['EdDSA', 'ES256', 'ES384', 'ES256K', 'RS256', 'PS256'];

describe.each(kinds)('a badge with a JsonWebSignature2020 proof by %s', async (algorithm) => {
  const issuer = await buildIssuer({ algorithm, keyPlace: 'did:jwk' });
  const signed = jsonOf(await buildBadge({ proof: 'JsonWebSignature2020', issuer }));
  const jws = isJsonObject(signed['proof']) ? String(signed['proof']['jws']) : '';
  const [header = '', , tail = ''] = jws.split('.');

  it('is valid as it was signed, and not with another letter', async () => {
    expect(await outcomeOf(signed)).toBe('valid: all-passed');
    expect(await outcomeOf({ ...signed, name: 'Another name' })).toBe('invalid: signature-bad');
  });

  it('is invalid with a header of another algorithm', async () => {
    for (const alg of kinds.filter((name) => name !== algorithm)) {
      const other = base64UrlOf(utf8(JSON.stringify({ alg, b64: false, crit: ['b64'] })));
      expect(await outcomeOf(withProof(signed, { jws: `${other}..${tail}` })), alg).toMatch(
        /^invalid: (?:key-does-not-fit|signature-bad)$/,
      );
    }
  });

  it('is invalid with a signature cut short or turned in one bit', async () => {
    const bytes = bytesOfBase64Url(tail) ?? new Uint8Array();
    for (const forged of [bytes.slice(0, -1), bytes.map((byte, index) => (index === 9 ? byte ^ 4 : byte))])
      expect(await outcomeOf(withProof(signed, { jws: `${header}..${base64UrlOf(forged)}` }))).toBe(
        'invalid: signature-bad',
      );
  });
});
