import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const sheets = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.css'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => /^(?:extension|shared|companion-server)\//.test(path));
const declares = /^@layer tokens, base, components, pages;|^@layer (?:tokens|base|components|pages) \{/m;

function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
}

/** What of a sheet names a side of the screen, and would stay there where lines run from right to left. */
function sidesIn(css: string): readonly string[] {
  const declarations = [...css.matchAll(/(?<=[{;]\s*)([\w-]+):\s*([^;{}]+)(?=[;}])/g)];
  return declarations
    .filter(([, property = '', value = '']) => isSided(property, value.trim()))
    .map(([declaration]) => declaration.trim());
}

function isSided(property: string, value: string): boolean {
  if (/(?:^|-)(?:left|right|top|bottom)(?:-|$)/.test(property)) return true;
  if (/^(?:(?:min|max)-)?(?:width|height)$/.test(property)) return true;
  if (/^(?:text-align|float|clear)$/.test(property)) return /\b(?:left|right)\b/.test(value);
  // Right and left, the second and the fourth, have to be alike.
  if (/^(?:margin|padding|inset|border-(?:width|style|color))$/.test(property)) {
    const [, right, , left = right] = value.split(/\s+(?![^(]*\))/);
    return left !== right;
  }
  return property === 'border-radius' && /\s/.test(value);
}

describe('style sheets', () => {
  it.each(sheets)('%s names no side of the screen', (sheet) => {
    expect(sidesIn(textOf(sheet))).toEqual([]);
  });

  it.each(sheets.filter((path) => !path.includes('tokens')))(
    '%s takes colours and pixels from the tokens',
    (sheet) => {
      expect(textOf(sheet)).not.toMatch(/\dpx\b|#[0-9a-f]{3,8}\b|(?:rgb|hsl|oklch)\(/i);
    },
  );

  // The page in an archive has no other sheet of pages beside it; an extension's page has one of the browser's.
  it.each(sheets.filter((path) => !/\/(?:archive|extension-page)\.css$/.test(path)))(
    '%s is in a layer',
    (sheet) => {
      expect(textOf(sheet)).toMatch(declares);
    },
  );

  it('are all looked at, and what is wrong in one is found', () => {
    expect(sheets.length).toBeGreaterThan(40);
    const wrong = [
      'margin-left: 1rem',
      'left: 0',
      'padding: 0 1rem 0 0',
      'inset: 0 auto auto 0',
      'border-top-left-radius: 1rem',
      'border-radius: 1rem 0 0 1rem',
      'text-align: right',
      'float: left',
      'width: 10rem',
      'scroll-margin-top: 1rem',
    ];
    for (const one of wrong) expect(sidesIn(`.a { color: red; ${one}; }`), one).toEqual([one]);
    const right = [
      'margin-inline: 1rem',
      'padding: 0 1rem',
      'padding: 1rem var(--a) calc(1rem + 2rem) var(--a)',
    ];
    for (const one of [...right, 'text-align: end', 'inline-size: 1rem', 'inset: 0', 'border-radius: 1rem'])
      expect(sidesIn(`.a { ${one}; }`), one).toEqual([]);
  });
});
