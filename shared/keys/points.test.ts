import { ed25519 } from '@noble/curves/ed25519.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { describe, expect, it } from 'vitest';
import { type Bytes, concat, hexOf } from '../model/bytes.ts';
import { seeded } from '../testing/seeded.ts';
import { coordinatesOf, type EcCurve, isSoundEd25519 } from './points.ts';

const library = { 'P-256': p256, 'P-384': p384, 'P-521': p521, secp256k1 } as const;
const names = Object.keys(library) as EcCurve[];

/** The same by the library: both coordinates in hexadecimal. */
function byLibrary(name: EcCurve, raw: Uint8Array): string | undefined {
  try {
    return hexOf(library[name].Point.fromBytes(raw).toBytes(false).subarray(1));
  } catch {
    return undefined;
  }
}

function ours(name: EcCurve, raw: Bytes): string | undefined {
  const found = coordinatesOf(name, raw);
  return found && hexOf(concat(found.x, found.y));
}

function isSoundForLibrary(raw: Uint8Array): boolean {
  try {
    return !ed25519.Point.fromBytes(raw).isSmallOrder();
  } catch {
    return false;
  }
}

function bytesOf(value: bigint, length: number): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex'));
}

describe.each(names)('a point of %s', (name) => {
  const { Point } = library[name];
  const length = Point.BASE.toBytes(true).length - 1;
  const prime = Point.Fp.ORDER;

  it('is found in both forms, with either sign', () => {
    let point = Point.BASE;
    for (let step = 0; step < 20; step += 1) {
      point = point.add(Point.BASE);
      for (const each of [point, point.negate()])
        for (const compressed of [true, false]) {
          const raw = concat(each.toBytes(compressed));
          expect(ours(name, raw)).toBe(hexOf(each.toBytes(false).subarray(1)));
        }
    }
  });

  it('is one for the library too, whatever the bytes are', () => {
    const random = seeded(5);
    const found = { points: 0, none: 0 };
    const count = (raw: Bytes) => {
      const answer = ours(name, raw);
      expect(answer).toBe(byLibrary(name, raw));
      found[answer === undefined ? 'none' : 'points'] += 1;
    };
    for (let round = 0; round < 100; round += 1) {
      const x = random(length);
      // Of P-521 the highest byte is one bit.
      if (name === 'P-521') x[0] = 0;
      count(concat(Uint8Array.of(2 + (round % 2)), x));
      count(concat(Uint8Array.of(4), x, random(length)));
    }
    for (const form of [0, 1, 2, 3, 4, 5, 6, 7, 255]) {
      const whole = concat(Uint8Array.of(form), Point.BASE.toBytes(false).subarray(1));
      for (const end of [0, 1, 2, length, length + 1, length + 2, 2 * length, 2 * length + 1])
        count(whole.slice(0, end));
      count(concat(whole, Uint8Array.of(0)));
      for (const x of [0n, 1n, prime - 1n, prime, prime + 1n])
        count(concat(Uint8Array.of(form), bytesOf(x, length)));
    }
    const { x, y } = Point.BASE.toAffine();
    for (const changed of [y + 1n, prime - y, y - 1n, 0n, prime])
      count(concat(Uint8Array.of(4), bytesOf(x, length), bytesOf(changed, length)));
    expect(Math.min(found.points, found.none)).toBeGreaterThan(30);
  });
});

describe('a point of Ed25519', () => {
  it('is sound where the library says so, whatever the bytes are', () => {
    const random = seeded(6);
    const found = { sound: 0, not: 0 };
    const count = (raw: Bytes) => {
      const answer = isSoundEd25519(raw);
      expect([hexOf(raw), answer]).toEqual([hexOf(raw), isSoundForLibrary(raw)]);
      found[answer ? 'sound' : 'not'] += 1;
    };
    for (let round = 0; round < 200; round += 1) count(concat(random(32)));
    for (let step = 0; step < 20; step += 1) {
      const point = ed25519.Point.BASE.multiply(BigInt(step + 2));
      count(concat(point.toBytes()));
      count(concat(point.negate().toBytes()));
      count(concat(point.toBytes()).slice(1));
      count(concat(point.toBytes(), Uint8Array.of(0)));
    }
    expect(Math.min(found.sound, found.not)).toBeGreaterThan(40);
  });

  it('is none of small order, in any way to write one, and none beyond the field', () => {
    const prime = ed25519.Point.Fp.ORDER;
    const ys = new Set<bigint>();
    const torsion = ed25519.Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05');
    for (let point = torsion, step = 0; step < 8; point = point.add(torsion), step += 1) {
      expect(point.isSmallOrder()).toBe(true);
      ys.add(point.toAffine().y);
    }
    expect(ys.size).toBe(5);
    for (let over = 0n; over < 19n; over += 1n) ys.add(prime + over);
    for (const y of ys)
      for (const sign of [0, 0x80]) {
        const raw = concat(bytesOf(y, 32).toReversed());
        raw[31] = (raw[31] ?? 0) | sign;
        expect(isSoundEd25519(raw)).toBe(false);
        expect(isSoundForLibrary(raw)).toBe(false);
      }
    expect(isSoundEd25519(concat(ed25519.Point.BASE.toBytes()))).toBe(true);
  });
});
