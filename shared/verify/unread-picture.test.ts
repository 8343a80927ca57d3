import { describe, expect, it } from 'vitest';
import { instantOf } from '../model/brands.ts';
import { base64UrlOf, concat, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { failed } from '../model/result.ts';
import { judgeStructure } from './structure.ts';
import { verifyBadge } from './verify-badge.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const header = concat(
  Uint8Array.of(0, 0, 0, 13),
  utf8('IHDR'),
  Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0),
  Uint8Array.of(0x90, 0x77, 0x53, 0xde),
);
const end = concat(Uint8Array.of(0, 0, 0, 0), utf8('IEND'), Uint8Array.of(0xae, 0x42, 0x60, 0x82));

const tokenOf = (payload: string) =>
  utf8([`{"alg":"EdDSA"}`, payload, 'signature'].map((part) => base64UrlOf(utf8(part))).join('.'));

const effects = {
  fetch: async () => failed(new BackpackError('offline', {})),
  clock: () => instantOf(Date.UTC(2026, 2, 12)),
};

describe('a file in which no badge could be read', () => {
  it.each([
    ['a whole picture without one', concat(signature, header, end), 'picture-without-badge'],
    ['a photograph', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0), 'picture-without-badge'],
    ['a drawing without one', utf8('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'picture-without-badge'],
    ['a picture that is cut off', concat(signature, header.slice(0, 12)), 'malformed-picture'],
    ['a drawing that is cut off', utf8('<svg xmlns="http://www.w3.org/2000/svg"><g>'), 'malformed-picture'],
    [
      'a drawing with abbreviations of its own',
      utf8(
        '<!DOCTYPE svg [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]><svg xmlns="http://www.w3.org/2000/svg"/>',
      ),
      'drawing-with-declarations',
    ],
    ['a web page', utf8('<!doctype html><title>Hello</title>'), 'not-a-badge'],
    ['a sentence', utf8('Congratulations'), 'not-a-badge'],
    ['levels as many as may be', utf8(`{"a":${'['.repeat(31)}${']'.repeat(31)}}`), 'not-a-badge'],
    ['one level more', utf8(`{"a":${'['.repeat(32)}${']'.repeat(32)}}`), 'too-deep'],
    [
      'a token of levels as many as may be',
      tokenOf(`{"a":${'['.repeat(31)}${']'.repeat(31)}}`),
      'not-a-badge',
    ],
    ['a token of one level more', tokenOf(`{"a":${'['.repeat(32)}${']'.repeat(32)}}`), 'too-deep'],
    ['a token of a crowd of values', tokenOf(`{"a":[1${',1'.repeat(60_000)}]}`), 'too-many-values'],
    ['a token that holds no JSON', tokenOf('{'), 'not-json'],
    ['a crowd of values', utf8(`{"a":[1${',1'.repeat(60_000)}]}`), 'too-many-values'],
  ] as const)('says which it is: %s', async (_, bytes, reason) => {
    const { verdict } = await verifyBadge({ kind: 'bytes', bytes }, {}, effects);
    expect(verdict).toMatchObject({ outcome: 'malformed', reason });
    if (reason === 'too-deep' || reason === 'too-many-values')
      expect(await judgeStructure(bytes)).toMatchObject({ outcome: 'malformed', reason });
  });
});
