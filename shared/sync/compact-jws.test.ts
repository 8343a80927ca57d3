import { ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64UrlOf, bytesOfBase64Url, concat, utf8 } from '../model/bytes.ts';
import type { Json } from '../model/json.ts';
import { seeded } from '../testing/seeded.ts';
import { kidOf, parseCompactJws, signCompactJws, verifyCompactJws } from './compact-jws.ts';
import { signerOfSeed } from './key-schedule.ts';
import { isBoxKey, isSigningKey, littleEndianOf } from './shapes.ts';

const signer = await signerOfSeed(new Uint8Array(seeded(1)(32)));
const other = await signerOfSeed(new Uint8Array(seeded(2)(32)));
const good = await signCompactJws('backpack-req', { m: 'GET' }, signer);
const [headerPart = '', payloadPart = '', signaturePart = ''] = good.split('.');
const maxLength = 2048;

function encode(text: string): string {
  return base64UrlOf(utf8(text));
}
function withHeader(header: Json): string {
  return `${encode(JSON.stringify(header))}.${payloadPart}.${signaturePart}`;
}
const header = { alg: 'EdDSA', typ: 'backpack-req', kid: signer.kid };
const groupOrder = (1n << 252n) + 27742317777372353535851937790883648493n;

function bytesOf(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
}
function signatureWithScalarPlusOrder(): string {
  const signature = bytesOfBase64Url(signaturePart) ?? new Uint8Array(64);
  const scalar = littleEndianOf(signature.subarray(32)) + groupOrder;
  return base64UrlOf(concat(signature.subarray(0, 32), bytesOf(scalar)));
}

const tricks: readonly [string, string][] = [
  ['no algorithm', withHeader({ ...header, alg: 'none' })],
  ['no algorithm, no signature', `${encode(JSON.stringify({ ...header, alg: 'none' }))}.${payloadPart}.`],
  ['the algorithm in capitals', withHeader({ ...header, alg: 'NONE' })],
  ['a shared secret', withHeader({ ...header, alg: 'HS256' })],
  ['another curve', withHeader({ ...header, alg: 'ES256' })],
  ['RSA', withHeader({ ...header, alg: 'RS256' })],
  ['the algorithm by its newer name', withHeader({ ...header, alg: 'Ed25519' })],
  ['the algorithm as a list', withHeader({ ...header, alg: ['EdDSA'] })],
  ['no type', withHeader({ alg: 'EdDSA', kid: signer.kid })],
  ['the type of a commit', withHeader({ ...header, typ: 'backpack-commit' })],
  ['the type in capitals', withHeader({ ...header, typ: 'BACKPACK-REQ' })],
  ['an embedded key', withHeader({ ...header, jwk: { kty: 'OKP', crv: 'Ed25519', x: signer.key } })],
  ['the address of a key', withHeader({ ...header, jku: 'https://evil.example/keys' })],
  ['the address of a certificate', withHeader({ ...header, x5u: 'https://evil.example/cert' })],
  ['a certificate', withHeader({ ...header, x5c: ['AAAA'] })],
  ['a certificate hash', withHeader({ ...header, x5t: 'AAAA' })],
  ['critical members', withHeader({ ...header, crit: ['exp'] })],
  ['an unencoded payload', withHeader({ ...header, b64: false, crit: ['b64'] })],
  ['compression', withHeader({ ...header, zip: 'DEF' })],
  ['a content type', withHeader({ ...header, cty: 'JWT' })],
  ['no key name', withHeader({ alg: 'EdDSA', typ: 'backpack-req' })],
  ['a path as key name', withHeader({ ...header, kid: '../../etc/passwd' })],
  ['an address as key name', withHeader({ ...header, kid: 'https://evil.example/key' })],
  ['SQL as key name', withHeader({ ...header, kid: "' OR 1=1 --" })],
  ['an empty key name', withHeader({ ...header, kid: '' })],
  ['a number as key name', withHeader({ ...header, kid: 1 })],
  ['a key name with spare bits', withHeader({ ...header, kid: `${signer.kid.slice(0, -1)}_` })],
  ['a header that is a list', withHeader([header])],
  ['a header that is a text', withHeader('EdDSA')],
  [
    'a member twice',
    `${encode(`{"alg":"none","alg":"EdDSA","typ":"backpack-req","kid":"${signer.kid}"}`)}.${payloadPart}.${signaturePart}`,
  ],
  ['a member twice in the payload', `${headerPart}.${encode('{"m":"PUT","m":"GET"}')}.${signaturePart}`],
  ['a prototype in the payload', `${headerPart}.${encode('{"__proto__":{}}')}.${signaturePart}`],
  [
    'spaces in the header',
    `${encode(`{ "alg":"EdDSA","typ":"backpack-req","kid":"${signer.kid}"}`)}.${payloadPart}.${signaturePart}`,
  ],
  ['a byte order mark', `${encode(`\ufeff${JSON.stringify(header)}`)}.${payloadPart}.${signaturePart}`],
  ['a dot too many', `${good}.`],
  ['a fourth part', `${good}.${payloadPart}`],
  ['two parts', `${headerPart}.${payloadPart}`],
  ['a leading dot', `.${good}`],
  ['padding', `${headerPart}=.${payloadPart}.${signaturePart}`],
  ['a padded signature', `${good}==`],
  ['the other base64 alphabet', good.replaceAll('-', '+').replaceAll('_', '/')],
  ['a line break', `${good}\n`],
  ['a space before', ` ${good}`],
  ['a null byte', `${good}\0`],
  [
    'spare bits in the signature',
    `${headerPart}.${payloadPart}.${signaturePart.slice(0, -1)}${signaturePart.endsWith('A') ? 'B' : String.fromCharCode(signaturePart.charCodeAt(85) + 1)}`,
  ],
  ['no signature', `${headerPart}.${payloadPart}.`],
  ['a signature of 63 bytes', `${headerPart}.${payloadPart}.${base64UrlOf(new Uint8Array(63))}`],
  ['a signature of 65 bytes', `${headerPart}.${payloadPart}.${base64UrlOf(new Uint8Array(65))}`],
  [
    'a signature whose scalar is the order too large',
    `${headerPart}.${payloadPart}.${signatureWithScalarPlusOrder()}`,
  ],
  [
    'a signature whose scalar is the order',
    `${headerPart}.${payloadPart}.${base64UrlOf(concat(new Uint8Array(32), bytesOf(groupOrder)))}`,
  ],
  ['an empty text', ''],
  ['more than its ceiling', `${good}${'A'.repeat(maxLength)}`],
];

describe('a signed text', () => {
  it('is what its signer said', async () => {
    const read = parseCompactJws(good, 'backpack-req', maxLength);
    if (!read.ok) throw read.error;
    expect(read.value).toMatchObject({ kid: signer.kid, payload: { m: 'GET' } });
    expect(await verifyCompactJws(read.value, signer.key)).toBe(true);
    expect(await verifyCompactJws(read.value, other.key)).toBe(false);
    expect(await kidOf(signer.key)).toBe(signer.kid);
  });

  it.each(tricks)('is refused with %s, always in the same words (T12)', (_, token) => {
    const read = parseCompactJws(token, 'backpack-req', maxLength);
    expect(read.ok ? 'accepted' : [read.error.code, read.error.facts]).toEqual(['unauthorized', {}]);
  });

  it('does not count once a character of it has changed', async () => {
    for (const index of [0, headerPart.length + 2, good.length - 50]) {
      const changed = good.slice(0, index) + (good[index] === 'B' ? 'C' : 'B') + good.slice(index + 1);
      const read = parseCompactJws(changed, 'backpack-req', maxLength);
      expect(read.ok && (await verifyCompactJws(read.value, signer.key))).toBe(false);
    }
  });

  it('answers to any text', () => {
    fc.assert(fc.property(fc.string(), (text) => !parseCompactJws(text, 'backpack-req', maxLength).ok));
  });
});

describe('a public key', () => {
  it('is refused when of small order, as points of the torsion subgroup are', () => {
    expect(ED25519_TORSION_SUBGROUP).toHaveLength(8);
    for (const point of ED25519_TORSION_SUBGROUP) {
      const bytes = Uint8Array.from(point.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
      expect(isSigningKey(base64UrlOf(bytes)), point).toBe(false);
    }
    expect(isSigningKey(signer.key)).toBe(true);
  });

  it('is refused when it is no canonical number or not 32 bytes', () => {
    const prime = (1n << 255n) - 19n;
    expect(isSigningKey(base64UrlOf(bytesOf(prime + 3n)))).toBe(false);
    expect(isBoxKey(base64UrlOf(bytesOf(prime + 9n)))).toBe(false);
    expect(isBoxKey(base64UrlOf(bytesOf(9n)))).toBe(true);
    for (const small of [0n, 1n, prime - 1n]) expect(isBoxKey(base64UrlOf(bytesOf(small)))).toBe(false);
    expect(isSigningKey(base64UrlOf(new Uint8Array(31).fill(7)))).toBe(false);
    expect(isSigningKey(7)).toBe(false);
  });

  it('never vouches when it is of small order, whatever was signed', async () => {
    const read = parseCompactJws(good, 'backpack-req', maxLength);
    if (!read.ok) throw read.error;
    const small = base64UrlOf(bytesOf(1n));
    expect(await verifyCompactJws(read.value, small as typeof signer.key)).toBe(false);
  });
});
