import { expect, it } from 'vitest';
import { isForgeable } from './forgeable-algorithm.ts';

it.each(['none', 'None', 'NONE', 'HS256', 'hs512', 'HS', 'HS99999'])('%s proves nothing', (algorithm) => {
  expect(isForgeable(algorithm)).toBe(true);
});

it.each(['', 'EdDSA', 'ES256', 'RS256', 'ML-DSA-44', 'nonesuch', 'HS256/64', 'undefined'])(
  '%j is not said to prove nothing',
  (algorithm) => {
    expect(isForgeable(algorithm)).toBe(false);
  },
);
