import { expect, it } from 'vitest';
import { hostOf } from './host-of.ts';

it.each([
  ['https://school.example/badges/1?a#b', 'school.example'],
  ['http://school.example:8080/', 'school.example:8080'],
  ['urn:uuid:1', 'urn:uuid:1'],
  ['not an address', 'not an address'],
  ['x'.repeat(101), 'x'.repeat(100)],
])('names %s as %s', (address, host) => {
  expect(hostOf(address)).toBe(host);
});
