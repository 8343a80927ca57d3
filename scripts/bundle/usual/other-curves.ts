import { unusual } from './unusual.ts';

const curve = {
  Point: { fromBytes: () => unusual(), fromHex: () => unusual(), fromAffine: () => unusual() },
};

export { curve as p256, curve as p384, curve as p521, curve as secp256k1 };
