import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/threats.md'), 'utf8');

/** Each row: its numbers, and the files that it names. */
const rows = [...page.matchAll(/^\| (T\d[^|]*) \|([^|]*)\|$/gm)].map(([, threat = '', files = '']) => ({
  numbers: numbersIn(threat),
  files: [...files.matchAll(/`([\w./-]+\.(?:test|spec)\.ts)`/g)].map(([, path = '']) => path),
}));

/** `T35–T38` are four numbers. */
function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(/T(\d+)(?:–T(\d+))?/g)].flatMap(([, first, last]) => {
    const from = Number(first);
    return Array.from({ length: Number(last ?? first) - from + 1 }, (_, index) => from + index);
  });
}

/** The numbers that the text of a test holds, those within a range too. */
function shownIn(path: string): ReadonlySet<number> {
  return new Set(numbersIn(readFileSync(join(root, path), 'utf8')));
}

describe('the page that says which test shows which threat', () => {
  it('names files that are there and hold one of its numbers, and for each number one that does', () => {
    expect(rows.length).toBeGreaterThan(40);
    for (const { numbers, files } of rows) {
      for (const path of files) {
        expect(existsSync(join(root, path)), path).toBe(true);
        const shown = shownIn(path);
        expect(
          numbers.some((number) => shown.has(number)),
          `${path} holds none of T${numbers}`,
        ).toBe(true);
      }
      for (const number of numbers)
        expect(
          files.some((path) => shownIn(path).has(number)),
          `T${number} is in no file of its row`,
        ).toBe(true);
    }
  });

  it('says of no number that it is not shown although a row has it', () => {
    const missing = numbersIn(page.slice(page.indexOf('Not shown')));
    const shown = new Set(rows.flatMap(({ numbers }) => numbers));
    expect(missing.length).toBeGreaterThan(0);
    expect(missing.filter((number) => shown.has(number))).toEqual([]);
    for (let number = 1; number <= 73; number += 1)
      expect(shown.has(number) || missing.includes(number), `T${number} stands nowhere`).toBe(true);
  });
});
