import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backpackEn } from './backpack-en.ts';

/** Every text of the catalogue, with the way to it. */
function textsOf(node: unknown, way = ''): readonly (readonly [way: string, text: string])[] {
  if (typeof node === 'string') return [[way, node]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, child]) => textsOf(child, `${way}.${name}`));
}

const texts = textsOf(backpackEn);

describe('the words of the extension', () => {
  it('do not shout, beg or use words of the trade', () => {
    expect(texts.length).toBeGreaterThan(150);
    for (const [way, text] of texts) {
      expect(text, way).not.toMatch(/!|oops|please|sorry/i);
      expect(text, way).not.toMatch(/\b(?:DID|JWT|token|hash|sync conflict|invalid state)\b/);
    }
  });

  it('never say what happened without what can be done', () => {
    const folder = join(import.meta.dirname, '..', 'backpack');
    const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(sources.filter((source) => /sayErrorInFull\(/.test(source)).length).toBeGreaterThan(10);
    expect(sources.flatMap((source) => source.match(/sayError\([^)]*\)\.happened/g) ?? [])).toEqual([]);
  });

  it('have both forms of every count, each naming it', () => {
    for (const [way, text] of texts.filter(([place]) => /\.(?:one|other)$/.test(place)))
      expect(text, way).toContain('{count}');
  });

  it('keep the names that people and tests know', () => {
    expect(backpackEn.popup).toMatchObject({
      claim: 'Claim badge',
      claimAll: 'Claim all',
      openBackpack: 'Open backpack',
      keepLater: 'Keep and check later',
      keepUnverified: 'Keep as unverified',
    });
    expect(backpackEn.backpack.search).toBe('Search badges');
  });
});
