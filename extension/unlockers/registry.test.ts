import { describe, expect, it } from 'vitest';
import { unlockers } from './registry.ts';

describe('the ways to open the root', () => {
  it('have names of their own, and the one that asks for a code comes last', () => {
    const kinds = unlockers.map(({ kind }) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(kinds.at(-1)).toBe('recovery');
  });
});
