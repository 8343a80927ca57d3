import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, textOf, utf8 } from '../model/bytes.ts';
import { insideOf, smallJson, smallSvg } from '../testing/baked-pictures.ts';
import { byteEdits, oddDrawings } from '../testing/odd-drawings.ts';
import type { BakeKind } from './container.ts';
import { bake, stripBake } from './registry.ts';
import { bakeSvg } from './svg.ts';
import { namespaceOf } from './svg-bake.ts';
import { parseBakes, parseSvg } from './svg-parse.ts';
import { scanUnbaked } from './svg-scan.ts';

const corpus = join(import.meta.dirname, '../../../shared/conformance');
const kinds: readonly BakeKind[] = ['assertion', 'credential'];
const body = textOf(smallJson);

/** What the search made of a drawing; all that it answers is held against the parser. */
function compare(bytes: Uint8Array): 'whole' | 'damaged' | 'left' {
  const root = scanUnbaked(bytes);
  if (root === undefined) return 'left';
  const parsed = parseSvg(bytes);
  if (parsed.ok) expect(parsed.value).toEqual({ root, bakes: [] });
  const older = parseBakes(bytes);
  expect(older.ok ? older.value : []).toEqual([]);
  const name = textOf(bytes.subarray(root.start + 1, root.nameEnd));
  const head = parseSvg(concat(bytes.subarray(0, root.end), utf8(`</${name}>`)));
  expect(head.ok && head.value.root).toEqual(root);
  for (const kind of kinds) {
    const baked = bakeSvg(bytes, smallJson, kind);
    const read = baked.ok ? parseBakes(baked.value) : baked;
    expect(read).toMatchObject({ ok: true, value: [{ kind, body }] });
    expect(baked.ok && around(baked.value, kind, root.bindsPrefix)).toEqual(textOf(bytes));
  }
  return parsed.ok ? 'whole' : 'damaged';
}

/** All but what baking has written. */
function around(baked: Uint8Array, kind: BakeKind, bindsPrefix: boolean): string | undefined {
  return textOf(baked)
    ?.replace(bindsPrefix ? '' : ` xmlns:openbadges="${namespaceOf[kind]}"`, '')
    .replace(new RegExp(`<openbadges:${kind}.*?</openbadges:${kind}>`), '');
}

function counted(drawings: fc.Arbitrary<Uint8Array>) {
  const count = { whole: 0, damaged: 0, left: 0 };
  fc.assert(
    fc.property(drawings, (bytes) => {
      count[compare(bytes)] += 1;
    }),
    { numRuns: 10_000 },
  );
  return count;
}

describe('a drawing in which a search finds no bake', () => {
  it('T46: has none for the parser either, and the badge written into it comes back', () => {
    const { whole, damaged, left } = counted(oddDrawings.map(utf8));
    expect(Math.min(whole, damaged, left)).toBeGreaterThan(100);
  });

  // Read where it lies; a checkout without it goes on, .ci/run does not.
  it.runIf(existsSync(corpus))(
    'T46: neither do those of the corpus, with their badges taken out and any bytes changed',
    () => {
      const drawings = globSync(`${corpus}/**/*.svg`).map((file) => new Uint8Array(readFileSync(file)));
      const bare = drawings.map((drawing) => {
        const stripped = stripBake(drawing);
        return stripped.ok ? stripped.value : drawing;
      });
      expect(drawings.map(compare).filter((found) => found !== 'left')).toHaveLength(drawings.length - 3);
      expect(bare.map(compare)).toEqual(drawings.map(() => 'whole'));
      const { whole, damaged, left } = counted(
        fc.tuple(fc.constantFrom(...drawings, ...bare), byteEdits).map(([drawing, edit]) => edit(drawing)),
      );
      expect(Math.min(whole, damaged, left)).toBeGreaterThan(500);
    },
  );

  it.each([
    ['damage', '<g>&b;<a:b c=1 c="2"></path>'],
    ['257 nested elements', '<g>'.repeat(256)],
    ['a character that XML has not', '\u0001'],
    ['a second drawing behind it', '</svg><svg>'],
  ])('T46: keeps %s as it was, which no badge rests on', async (_, inner) => {
    const picture = smallSvg(inner);
    expect(compare(picture)).toBe('damaged');
    const baked = bake(picture, smallJson, 'credential');
    expect(baked.ok && (await insideOf(baked.value))).toBe(body);
  });

  it.each([
    ['a comment', '<!-- c -->'],
    ['a section', '<![CDATA[c]]>'],
    ['a document type behind its first tag', '<!DOCTYPE svg>'],
    ['the name of a bake', '<title>my credential</title>'],
    ['the name of the other', '<a:assertion/>'],
  ])('T46: is left to the strict reader with %s', (_, inner) => {
    expect(scanUnbaked(smallSvg(inner))).toBeUndefined();
    expect(scanUnbaked(smallSvg('<title>c</title>'))).toBeDefined();
  });

  it.each([
    ['UTF-16', (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['Latin-1', (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))],
    ['an encoding that it names', (text: string) => utf8(`<?xml version="1.0" encoding="UTF-16"?>${text}`)],
    ['a document type that declares', (text: string) => utf8(`<!DOCTYPE svg [<!ENTITY a "b">]>${text}`)],
    ['the same behind a mark', (text: string) => utf8(`\ufeff<!DOCTYPE svg [<!ENTITY a "b">]>${text}`)],
    ['no end of its first tag', (text: string) => utf8(text.replaceAll('>', ''))],
  ])('T46: is none in %s', (_, written) => {
    const text = '<svg xmlns="http://www.w3.org/2000/svg"><title>Größe</title></svg>';
    expect(scanUnbaked(written(text))).toBeUndefined();
    expect(
      scanUnbaked(utf8(`\ufeff<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE svg>${text}`)),
    ).toBeDefined();
  });
});
