import { describe, expect, it } from 'vitest';
import { base64UrlOf, bytesOfBase64Url, concat, utf8 } from '../model/bytes.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { outcomeOf } from '../testing/judge.ts';
import { signEmbedded } from '../testing/sign-data-integrity.ts';
import { emptySignatures, withProof } from '../testing/signature-forgeries.ts';

const issuer = await buildIssuer();
const badge = await buildBadge({ proof: 'Ed25519Signature2018', issuer });
const signed = jsonOf(badge);
const jws = isJsonObject(signed['proof']) ? String(signed['proof']['jws']) : '';
const [header = '', , tail = ''] = jws.split('.');
const headerOf = (value: JsonObject) => base64UrlOf(utf8(JSON.stringify(value)));
const detached: JsonObject = { alg: 'EdDSA', b64: false, crit: ['b64'] };

describe('a badge with an Ed25519Signature2018 proof', () => {
  it('is valid as it was signed, and not with another letter', async () => {
    expect(await outcomeOf(signed)).toBe('valid: all-passed');
    expect(await outcomeOf({ ...signed, name: 'Another name' })).toBe('invalid: signature-bad');
    expect(await outcomeOf(withProof(signed, { created: '2026-01-15T10:00:01Z' }))).toBe(
      'invalid: signature-bad',
    );
  });

  it('is valid in a credential of the first data model, which knows the suite by itself', async () => {
    const old: JsonObject = {
      ...badge.document,
      '@context': [
        'https://www.w3.org/2018/credentials/v1',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      ],
      issuanceDate: '2026-01-15T10:00:00Z',
    };
    const { validFrom: _, ...document } = old;
    const wish = { key: issuer.key, verificationMethod: issuer.keyId, created: '2026-01-15T10:00:00Z' };
    const proven = await signEmbedded(document, { suite: 'Ed25519Signature2018', ...wish });
    expect(await outcomeOf(proven)).toBe('valid: all-passed');
    expect(await outcomeOf({ ...proven, name: 'Another name' })).toBe('invalid: signature-bad');
  });

  it.each(Object.entries(emptySignatures))('is invalid with a signature %s', async (_name, change) => {
    const bytes = change(bytesOfBase64Url(tail) ?? new Uint8Array());
    const forged = withProof(signed, { jws: `${header}..${base64UrlOf(bytes)}` });
    expect(await outcomeOf(forged)).toBe('invalid: signature-bad');
  });

  it.each([
    ['without b64', { alg: 'EdDSA' }],
    ['with b64 true', { ...detached, b64: true }],
    ['without crit', { alg: 'EdDSA', b64: false }],
    ['with more in crit', { ...detached, crit: ['b64', 'exp'] }],
    ['with more in it', { ...detached, jwk: issuer.key.publicJwk }],
    ['of another algorithm', { ...detached, alg: 'ES256' }],
    ['of no algorithm', { ...detached, alg: 'none' }],
    ['of a symmetric algorithm', { ...detached, alg: 'HS256' }],
  ] as const)('is invalid with a header %s, though signed with it', async (_name, changed) => {
    const forged = withProof(signed, { jws: `${headerOf(changed as JsonObject)}..${tail}` });
    expect(await outcomeOf(forged)).toMatch(/^invalid/);
  });

  it('is invalid with a payload of its own, and with anything that is no token', async () => {
    for (const text of [`${header}.e30.${tail}`, `${header}.${tail}`, `${jws}.`, tail, '', 'x'.repeat(9_000)])
      expect(await outcomeOf(withProof(signed, { jws: text })), text.slice(0, 40)).toBe('invalid: bad-value');
  });

  it('says which algorithm it does not know', async () => {
    const forged = withProof(signed, { jws: `${headerOf({ ...detached, alg: 'Ed448' })}..${tail}` });
    expect(await outcomeOf(forged)).toBe('unsupported: algorithm-not-supported');
  });

  it('signs its header too', async () => {
    const spaced = base64UrlOf(concat(utf8('{"alg":"EdDSA","b64":false,"crit":["b64"] }')));
    expect(await outcomeOf(withProof(signed, { jws: `${spaced}..${tail}` }))).toBe('invalid: signature-bad');
  });
});
