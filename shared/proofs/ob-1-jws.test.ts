import { beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { type BuiltOldBadge, buildOldBadge } from '../testing/build-old-badge.ts';
import { mergeDocuments, type Served, servedBytes, servedJson } from '../testing/documents.ts';
import { judge } from '../testing/judge.ts';
import { signToken, unsignedToken } from '../testing/sign-token.ts';
import { createKey, type KeyAlgorithm, pemOf, type SigningKey, tokenPart } from '../testing/signing-keys.ts';

const owner = 'https://academy.example';
let key: SigningKey;
let badge: BuiltOldBadge;
beforeAll(async () => {
  key = await createKey('RS256');
  badge = await buildOldBadge({ generation: '1.1', signed: true, key });
});

/** Outcome of the badge's own words in a token of a test's making. */
async function outcomeOf(token: string, changes: Readonly<Record<string, Served>> = {}): Promise<string> {
  const documents = mergeDocuments(badge.documents, new Map(Object.entries(changes)));
  return (await judge(token, { documents })).verdict.outcome;
}

const signed = (header: JsonObject, document: JsonObject = badge.document) =>
  signToken(header, document, key);
const keyText = (text: string, mediaType = 'text/plain'): Readonly<Record<string, Served>> => ({
  [badge.address]: servedBytes(utf8(text), mediaType),
});

describe('the header of a signed 1.x badge', () => {
  it.each<[JsonObject, string]>([
    [{ alg: 'RS256' }, 'valid'],
    [{ alg: 'rs256' }, 'valid'],
    [{ typ: 'JWS', alg: 'RS256', kid: 'another' }, 'valid'],
    [{ alg: 'RS384' }, 'invalid'],
    [{ alg: 'PS256' }, 'invalid'],
    [{ alg: 'ES256' }, 'invalid'],
    [{ alg: 'EdDSA' }, 'invalid'],
    [{ alg: 'HS256' }, 'invalid'],
    [{ alg: 'none' }, 'invalid'],
    [{ alg: 'NoNe' }, 'invalid'],
    [{ alg: 256 }, 'invalid'],
    [{}, 'invalid'],
    [{ alg: 'RS256', crit: ['exp'] }, 'invalid'],
    [{ alg: 'RS256', b64: false }, 'invalid'],
    [{ alg: 'XY256' }, 'unsupported'],
  ])('%j makes it %s', async (header, outcome) => {
    expect(await outcomeOf(await signed(header))).toBe(outcome);
  });

  it('with a key of its own inside convinces nobody', async () => {
    const thief = await createKey('RS256');
    const header: JsonObject = { alg: 'RS256', jwk: thief.publicJwk, jku: 'https://evil.example/keys' };
    expect(await outcomeOf(await signToken(header, badge.document, thief))).toBe('invalid');
    expect(await outcomeOf(await signed(header))).toBe('valid');
  });

  it('that promises a signature which is not there is refused', async () => {
    const [, payload] = unsignedToken({}, badge.document).split('.');
    expect(await outcomeOf(`${tokenPart({ alg: 'RS256' })}.${payload}.`)).not.toBe('valid');
  });
});

describe('the key of a signed 1.x badge', () => {
  it.each<KeyAlgorithm>(['RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA'])(
    'may be one of %s',
    async (algorithm) => {
      const other = await createKey(algorithm);
      const made = await buildOldBadge({ signed: true, key: other, alg: algorithm });
      const { verdict, issuerProof } = await judge(new TextDecoder().decode(made.bytes), made);
      expect(verdict.outcome).toBe('valid');
      expect(issuerProof).toEqual({ kind: 'host', host: 'academy.example', encrypted: true });
    },
  );

  it('is read whatever stands around it, and is not what is no key of the signer', async () => {
    const token = await signed({ alg: 'RS256' });
    const pem = pemOf(key);
    expect(await outcomeOf(token, keyText(pem, 'application/octet-stream'))).toBe('valid');
    expect(await outcomeOf(token, keyText(`Our key:\r\n${pem.replaceAll('\n', '\r\n')}`))).toBe('valid');
    expect(await outcomeOf(token, keyText(pemOf(await createKey('RS256'))))).toBe('invalid');
    expect(await outcomeOf(token, keyText(pemOf(await createKey('EdDSA'))))).toBe('invalid');
    expect(await outcomeOf(token, keyText(pem.replaceAll('PUBLIC', 'PRIVATE')))).toBe('invalid');
    expect(await outcomeOf(token, keyText(pem.replaceAll('PUBLIC KEY', 'CERTIFICATE')))).toBe('unsupported');
    expect(await outcomeOf(token, keyText(`-----BEGIN PUBLIC KEY-----${'A'.repeat(500_000)}`))).toBe(
      'invalid',
    );
    expect(await outcomeOf(token, keyText(''))).toBe('invalid');
  });

  it('must be long enough to say anything', async () => {
    const pair = (await crypto.subtle.generateKey(
      {
        name: 'RSASSA-PKCS1-v1_5',
        hash: 'SHA-256',
        modulusLength: 1024,
        publicExponent: Uint8Array.of(1, 0, 1),
      },
      true,
      ['sign', 'verify'],
    )) as CryptoKeyPair;
    const short: SigningKey = {
      ...key,
      sign: async (bytes) =>
        new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', pair.privateKey, bytes)),
      publicDer: new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)),
    };
    const token = await signToken({ alg: 'RS256' }, badge.document, short);
    expect(await outcomeOf(token, keyText(pemOf(short)))).toBe('unsupported');
  });

  it('proves no issuer whose own document another host answers for', async () => {
    const away = 'https://stranger.example/issuer';
    const issuer = badge.documents.get(`${owner}/issuer`);
    if (issuer === undefined) throw new Error('no issuer');
    const moved = { status: 302, mediaType: '', bytes: utf8(''), location: away };
    const documents = mergeDocuments(
      badge.documents,
      new Map([
        [`${owner}/issuer`, moved],
        [away, issuer],
      ]),
    );
    const { issuerProof } = await judge(await signed({ alg: 'RS256' }), { documents });
    expect(issuerProof.kind).toBe('unconfirmed');
  });

  it('proves no issuer that only a badge class of the signer names', async () => {
    const forged = await buildOldBadge({ signed: true, key, issuerOrigin: 'https://evil.example' });
    const theirs = 'https://evil.example/badge';
    const badgeClass: JsonObject = {
      name: 'Robotics',
      description: 'Builds robots.',
      image: 'https://evil.example/image.png',
      criteria: 'https://evil.example/criteria',
      issuer: `${owner}/issuer`,
    };
    const documents = mergeDocuments(
      badge.documents,
      forged.documents,
      new Map([[theirs, servedJson(badgeClass)]]),
    );
    const { issuerProof } = await judge(new TextDecoder().decode(forged.bytes), { documents });
    expect(issuerProof.kind).toBe('unconfirmed');
  });
});
