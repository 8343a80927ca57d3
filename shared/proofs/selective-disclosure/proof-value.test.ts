import { encode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { base64UrlOf, bytesOfBase64Url, concat } from '../../model/bytes.ts';
import { isJsonObject } from '../../model/json.ts';
import { buildBadge, jsonOf, withByteChanged } from '../../testing/build-badge.ts';
import { seeded } from '../../testing/seeded.ts';
import { parseSdValue } from './proof-value.ts';

const signed = jsonOf(await buildBadge({ proof: 'ecdsa-sd-2023' }));
const value = isJsonObject(signed['proof']) ? String(signed['proof']['proofValue']) : '';
const bytes = bytesOfBase64Url(value.slice(1)) ?? new Uint8Array();
const head = bytes.slice(0, 3);
const textOf = (...parts: readonly Uint8Array[]) => `u${base64UrlOf(concat(...parts))}`;

describe('the value of a proof of selective disclosure', () => {
  it('is read as it was written, byte strings as typed arrays among it', () => {
    const read = parseSdValue(value);
    expect(read?.kind).toBe('derived');
    expect(read?.signatures.length).toBeGreaterThan(10);
  });

  it.each<[string, Uint8Array]>([
    ['a list of endless length', Uint8Array.of(0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)],
    ['a list that never ends', Uint8Array.of(0x9f, 0x00)],
    ['a text of endless length', Uint8Array.of(0x7b, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff)],
    ['lists in lists', new Uint8Array(200_000).fill(0x81)],
    ['tags on tags', new Uint8Array(200_000).fill(0xc1)],
    ['a map with a name twice', Uint8Array.of(0xa2, 0x00, 0x00, 0x00, 0x00)],
    ['a word', encode('text')],
    ['nothing', new Uint8Array()],
    ['more behind it', concat(bytes.slice(3), Uint8Array.of(0))],
  ])('is refused when it is %s', (_name, body) => {
    expect(parseSdValue(textOf(head, body))).toBeUndefined();
  });

  it('is refused beyond its ceilings', () => {
    expect(parseSdValue(`u${'A'.repeat(1_000_001)}`)).toBeUndefined();
    const signatures = Array.from({ length: 10_001 }, () => new Uint8Array(64));
    const parts = [new Uint8Array(64), new Uint8Array(35), signatures, new Map(), []];
    expect(parseSdValue(textOf(head, encode(parts)))).toBeUndefined();
  });

  it('is read or refused, whatever a byte of it is changed to', () => {
    const random = seeded(77);
    let refused = 0;
    for (let round = 0; round < 2_000; round += 1) {
      const [a = 0, b = 0, c = 0] = random(3);
      const changed = withByteChanged(bytes, (a * 256 + b) % bytes.length);
      changed[(b * 256 + c) % changed.length] = c;
      if (parseSdValue(textOf(changed)) === undefined) refused += 1;
    }
    expect(refused).toBeGreaterThan(100);
    expect(refused).toBeLessThan(2_000);
  });
});
