import { describe, expect, it } from 'vitest';
import { base64UrlOf, bytesOfBase64Url, concat, utf8 } from '../model/bytes.ts';
import { createKey, signBytes } from '../testing/signing-keys.ts';
import { verifySignature } from './signature.ts';

const bytesOf = (text: unknown) => bytesOfBase64Url(String(text)) ?? new Uint8Array();

describe('T12, T41: an RSA key', async () => {
  const key = await createKey('RS256');
  const signed = utf8('what is signed');
  const signature = await signBytes(key, signed);
  const answerFor = (change: JsonWebKey, bytes = signature) =>
    verifySignature('RS256', { ...key.publicJwk, ...change } as JsonWebKey, bytes, signed, {});

  it('checks what was signed with it, whatever zeros stand before its numbers', async () => {
    expect(await answerFor({})).toBe('good');
    const padded = base64UrlOf(concat(Uint8Array.of(0), bytesOf(key.publicJwk['n'])));
    expect(await answerFor({ n: padded })).toBe('good');
  });

  it('is none when zeros make it long enough', async () => {
    const short = concat(new Uint8Array(256 - 128), bytesOf(key.publicJwk['n']).slice(128));
    expect(await answerFor({ n: base64UrlOf(short) })).toBe('key-does-not-fit');
  });

  it.each([
    ['one, with which everybody signs', [1]],
    ['one behind zeros', [0, 0, 1]],
    ['nothing', []],
    ['zero', [0]],
    ['an even number', [1, 0, 0]],
    ['a number that takes long', [1, 0, 0, 0, 1]],
  ])('is none with an exponent of %s', async (_name, exponent) => {
    const e = base64UrlOf(Uint8Array.from(exponent));
    expect(await answerFor({ e })).toBe('key-does-not-fit');
    // The padded hash itself is a signature where the exponent is one.
    const length = bytesOf(key.publicJwk['n']).length;
    expect(await answerFor({ e }, concat(Uint8Array.of(0, 1), new Uint8Array(length - 2)))).not.toBe('good');
  });
});
