import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Names of files that begin with a number of four digits. */
function numberedIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder)).filter((name) => /^\d{4}-/.test(name));
}

/** Numbers that two files have, or that none has though a later one is there. */
function faultsIn(names: readonly string[]): readonly string[] {
  const counts = new Map<number, number>();
  for (const name of names)
    counts.set(Number.parseInt(name, 10), (counts.get(Number.parseInt(name, 10)) ?? 0) + 1);
  return Array.from({ length: Math.max(0, ...counts.keys()) }, (_, index) => index + 1)
    .filter((number) => counts.get(number) !== 1)
    .map((number) => `${counts.get(number) ?? 0} files have the number ${number}`);
}

describe.each(['docs/decisions', 'companion-server/storage/migrations'])(
  'the numbered files of %s',
  (folder) => {
    it('have each number once, from 1 on', () => {
      expect(numberedIn(folder).length).toBeGreaterThan(10);
      expect(faultsIn(numberedIn(folder))).toEqual([]);
    });
  },
);

describe('numbers of files', () => {
  it('are found out when two have the same, or one was left out', () => {
    expect(faultsIn(['0001-a.md', '0002-b.md', '0002-c.md', '0004-d.md'])).toEqual([
      '2 files have the number 2',
      '0 files have the number 3',
    ]);
    expect(faultsIn(['0001-a.md', '0002-b.md'])).toEqual([]);
  });
});
