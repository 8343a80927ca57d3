import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const rooms = [import.meta.dirname, join(import.meta.dirname, '..', 'popup')];
const sheets = rooms.flatMap((room) =>
  readdirSync(room)
    .filter((name) => name.endsWith('.css'))
    .map((name) => join(room, name)),
);

describe('style sheets of popup and backpack', () => {
  it.each(sheets)('%s takes colours and pixels from the tokens, and physical sides from nowhere', (sheet) => {
    const css = readFileSync(sheet, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    expect(css).not.toMatch(/\dpx\b|#[0-9a-f]{3,8}\b|(?:rgb|hsl|oklch)\(/i);
    expect(css).not.toMatch(/(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b/);
    expect(css).toMatch(/^@layer (?:components|pages) \{/);
  });
});
