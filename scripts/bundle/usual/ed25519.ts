import { unusual } from './unusual.ts';

/** y of the points whose order divides eight, little-endian, without the sign. Source: RFC 8032 §5.1; Ed25519's curve. */
const smallOrders: readonly string[] = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
];

/**
 * The question of a public key's order without the arithmetic of the curve. That bytes are no point at all is found
 * by WebCrypto, whose no sends the badge to the whole verifier.
 */
export const ed25519 = {
  Point: {
    fromBytes: (raw: Uint8Array) => {
      const y = raw.slice();
      y[31] = (y[31] ?? 0) & 0x7f;
      const text = [...y].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      // Not below the field's size: a second way to write a number.
      if (/^(?:e[d-f]|f[0-9a-f])(?:ff){30}7f$/.test(text)) return unusual();
      return { isSmallOrder: () => smallOrders.includes(text) };
    },
  },
};
