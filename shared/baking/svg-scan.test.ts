import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, utf8 } from '../model/bytes.ts';
import { byteEdits, oddDrawings } from '../testing/odd-drawings.ts';
import { parseBakes, parseSvg } from './svg-parse.ts';
import { scanBakes, scanSvg } from './svg-scan.ts';

const corpus = join(import.meta.dirname, '../../../shared/conformance');

/** Whether the scan answered, and with anything else than the parser. */
function compare(bytes: Uint8Array): { readonly whole: boolean; readonly bakes: boolean } {
  const svg = scanSvg(bytes);
  const bakes = scanBakes(bytes);
  if (svg !== undefined) expect({ ok: true, value: svg }).toEqual(parseSvg(bytes));
  if (bakes !== undefined) expect({ ok: true, value: bakes }).toEqual(parseBakes(bytes));
  return { whole: svg !== undefined, bakes: (bakes?.length ?? 0) > 0 };
}

describe('a drawing read without the parser', () => {
  it('T46: is what the parser reads, or is left to the parser', () => {
    const scanned = { whole: 0, damaged: 0, left: 0 };
    fc.assert(
      fc.property(oddDrawings, (text) => {
        const { whole, bakes } = compare(utf8(text));
        scanned.whole += whole ? 1 : 0;
        scanned.damaged += bakes && !whole ? 1 : 0;
        scanned.left += !whole && parseSvg(utf8(text)).ok ? 1 : 0;
      }),
      { numRuns: 10_000 },
    );
    expect(Math.min(scanned.whole, scanned.damaged, scanned.left)).toBeGreaterThan(100);
  });

  // Read where it lies; a checkout without it goes on, .ci/run does not.
  it.runIf(existsSync(corpus))(
    'T46: so is every drawing of the corpus, and with any bytes of it changed',
    () => {
      const drawings = globSync(`${corpus}/**/*.svg`).map((file) => new Uint8Array(readFileSync(file)));
      const scanned = { whole: 0, bakes: 0 };
      const count = (bytes: Uint8Array) => {
        const { whole, bakes } = compare(bytes);
        scanned.whole += whole ? 1 : 0;
        scanned.bakes += bakes ? 1 : 0;
      };
      for (const drawing of drawings) count(drawing);
      expect([scanned.whole, scanned.bakes]).toEqual([drawings.length, 3]);
      fc.assert(
        fc.property(fc.constantFrom(...drawings), byteEdits, (drawing, edit) => count(edit(drawing))),
        { numRuns: 10_000 },
      );
      expect(Math.min(scanned.whole, scanned.bakes)).toBeGreaterThan(500);
    },
  );

  it('is one of ours: with a declaration, a comment and a badge in CDATA', () => {
    const text = `<?xml version="1.0"?><!-- c --><svg xmlns:openbadges='http://openbadges.org'> <openbadges:assertion verify="v?a&amp;b">\n<![CDATA[{}]]></openbadges:assertion><g>é&lt;</g></svg>`;
    const found = { kind: 'assertion', verify: 'v?a&b', body: '\n{}' };
    expect(scanSvg(utf8(text))).toMatchObject({ root: { bindsPrefix: true }, bakes: [found] });
    expect(scanBakes(utf8(text))).toMatchObject([found]);
    expect(scanBakes(utf8(text.replace('</g>', '')))).toMatchObject([found]);
    expect(scanSvg(utf8(text.replace('</g>', '')))).toBeUndefined();
    expect(scanBakes(utf8(text.replace('</g>', 'credential')))).toBeUndefined();
    expect(scanBakes(utf8(text.replace('http:', 'https:')))).toBeUndefined();
    expect(scanSvg(utf8('<svg/>'))).toMatchObject({ root: { closesItself: true }, bakes: [] });
  });

  it('T46: has only characters of XML and UTF-8, each of them', () => {
    const around = (bytes: readonly number[]) =>
      concat(utf8('<svg>'), Uint8Array.from(bytes), utf8('</svg>'));
    for (const text of [
      '\u007f',
      '\u0080',
      '\u07ff',
      '\u0800',
      '\ud7ff',
      '\ue000',
      '\ufffd',
      '\u{10000}',
      '\u{10ffff}',
    ])
      expect(scanSvg(around([...utf8(text)]))).toBeDefined();
    const none = [
      [0],
      [8],
      [0x0b],
      [0x1f],
      [0x80],
      [0xc1, 0xbf],
      [0xc2],
      [0xe0, 0x9f, 0xbf],
      [0xed, 0xa0, 0x80],
      [0xef, 0xbf, 0xbe],
      [0xef, 0xbf, 0xbf],
      [0xf0, 0x8f, 0xbf, 0xbf],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf5, 0x80, 0x80, 0x80],
      [0xff],
    ];
    for (const bytes of none) expect(scanSvg(around(bytes))).toBeUndefined();
  });

  it('T51: costs no more than its length', () => {
    const long = 2_000_000;
    for (const text of [
      `<!--${'-'.repeat(long)}`,
      `<!-- ${'a'.repeat(long)} --><svg>`,
      `<svg a="${'b'.repeat(long)}`,
      `<svg a="${'b'.repeat(long)}">`,
      `<svg${' '.repeat(long)}`,
      `<svg ${'a:'.repeat(long)}`,
      `<svg${' a="b"'.repeat(long / 10)}>`,
      `<svg>${' '.repeat(long)}`,
      `<svg>${'<g>'.repeat(long)}`,
      `<svg>${']'.repeat(long)}`,
      `<svg><![CDATA[${']'.repeat(long)}`,
      `<svg>${'<g/>'.repeat(long / 4)}`,
      `<svg>${'&amp;'.repeat(long / 5)}`,
    ])
      expect(scanBakes(utf8(text))).toBeUndefined();
  });
});
