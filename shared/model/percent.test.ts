import { expect, it } from 'vitest';
import { percentDecoded } from './percent.ts';

it.each([
  ['caf%C3%A9%20%2F', 'café /'],
  ['plain', 'plain'],
  ['100 %', '100 %'],
  ['%C3', '%C3'],
  ['%41%zz', '%41%zz'],
])('reads %s as %s', (text, meant) => {
  expect(percentDecoded(text)).toBe(meant);
});
