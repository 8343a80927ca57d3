import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, textOf, utf8 } from '../model/bytes.ts';
import {
  insideOf,
  packedChunk,
  plainChunk,
  pngStart,
  smallJson,
  smallPng,
  smallSvg,
  smallToken,
} from '../testing/baked-pictures.ts';
import { pngChunk } from '../testing/write-png.ts';
import { maxContainerBytes, maxInflatedBytes } from './container.ts';
import { bake, containers, stripBake, unbake } from './registry.ts';
import { sniff } from './sniff.ts';

const corpus = new URL('../../../shared/conformance/', import.meta.url);

describe('what a badge comes in', () => {
  it('has containers with names of their own, and each finds its own sample alone', async () => {
    const samples = { json: smallJson, jws: smallToken, png: smallPng(), svg: smallSvg('') };
    expect(containers.map(({ name }) => name)).toEqual(Object.keys(samples));
    for (const [name, sample] of Object.entries(samples))
      expect(containers.filter(({ recognises }) => recognises(sniff(sample))).map((one) => one.name)).toEqual(
        [name],
      );
  });

  it('is told by its bytes: JSON behind a byte order mark, a token between line breaks', async () => {
    expect(await insideOf(concat(Uint8Array.of(0xef, 0xbb, 0xbf), smallJson))).toBe(textOf(smallJson));
    expect(await insideOf(concat(utf8('\n '), smallToken, utf8('\r\n')))).toBe(textOf(smallToken));
    expect(await insideOf(utf8('eyJhbGciOiJub25lIn0.e30.'))).toBe('eyJhbGciOiJub25lIn0.e30.');
  });

  it.each([
    ['an empty file', new Uint8Array(), 'not-a-badge', 'empty'],
    ['a web page', utf8('<!doctype html><html><svg/></html>'), 'not-a-badge', 'html'],
    ['a sentence', utf8('Congratulations'), 'not-a-badge', 'text'],
    ['a photograph', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0), 'picture-without-badge', 'jpeg'],
    ['a picture without a badge', smallPng(), 'picture-without-badge', 'png'],
    ['a drawing without a badge', smallSvg(''), 'picture-without-badge', 'svg'],
    ['only the first eight bytes of a picture', pngStart.subarray(0, 8), 'malformed-picture', 'png'],
  ])('says of %s what it is', async (_, bytes, code, found) => {
    const result = await unbake(bytes);
    expect(result.ok ? undefined : [result.error.code, result.error.facts['found']]).toEqual([code, found]);
  });

  it('finds a drawing however much stands before its first tag', () => {
    for (let length = 850; length < 1050; length += 1) {
      const before = `<!--${' '.repeat(length)}--><!DOCTYPE svg>`;
      expect(sniff(utf8(`${before}<s:svg xmlns:s="http://www.w3.org/2000/svg"/>`))).toBe('svg');
      expect(sniff(utf8(`${before}<html></html>`))).toBe('html');
      expect(sniff(utf8(`${before}<!-- <svg>`))).toBe('unknown');
    }
  });

  it('ends a comment where XML does, not HTML', () => {
    expect(sniff(utf8('<!--> <html> --><svg/>'))).toBe('svg');
    expect(sniff(utf8('<!-- <html> --><svg/>'))).toBe('svg');
    expect(sniff(utf8('<!-- <svg> --><html/>'))).toBe('html');
  });

  it('looks into files of 5 MiB and not into larger ones', async () => {
    const padding = pngChunk(
      'IDAT',
      new Uint8Array(maxContainerBytes - smallPng(plainChunk('openbadges', smallJson)).length - 12),
    );
    const largest = smallPng(plainChunk('openbadges', smallJson), padding);
    expect(largest.length).toBe(maxContainerBytes);
    expect(await insideOf(largest)).toBe(textOf(smallJson));
    expect(await insideOf(concat(largest, Uint8Array.of(0)))).toBe('offer-too-large');
  });
});

describe('baking', () => {
  const documents = fc
    .record({ id: fc.constantFrom('urn:uuid:1', 'https://a.example/1'), name: fc.string({ unit: 'binary' }) })
    .map((value) => utf8(`${JSON.stringify(value)}\r\n`));
  const pictures = fc.constantFrom(
    smallPng(),
    smallPng(pngChunk('tEXt', utf8('Comment\0openbadges')), pngChunk('acTL', new Uint8Array(8))),
    smallSvg(''),
    concat(utf8('<?xml version="1.0"?>\r\n<!-- a < b > c -->'), smallSvg('<title>😀</title>')),
    utf8('<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:g/></s:svg>\n'),
  );
  const kinds = fc.constantFrom('assertion' as const, 'credential' as const);

  it('gives back byte for byte what was baked, and leaves the picture as it was when taken out again', async () => {
    await fc.assert(
      fc.asyncProperty(
        pictures,
        documents,
        documents,
        kinds,
        kinds,
        async (picture, older, document, a, b) => {
          // Non-characters have no form in XML; such a document is refused by name below.
          fc.pre(!/[\ufffe\uffff]/.test(textOf(concat(older, document)) ?? ''));
          const first = bake(picture, older, a);
          const second = first.ok ? bake(first.value, document, b) : first;
          if (!second.ok) throw second.error;
          const unbaked = await unbake(second.value);
          expect(unbaked.ok && [...unbaked.value.document]).toEqual([...document]);
          expect(unbaked.ok && [unbaked.value.others, unbaked.value.checksumBad]).toEqual([[], false]);
          const stripped = stripBake(second.value);
          expect(stripped.ok && [...stripped.value]).toEqual([...picture]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('refuses what it cannot write', () => {
    const refusals = [
      bake(utf8('no picture'), smallJson, 'assertion'),
      bake(smallPng().subarray(0, 50), smallJson, 'assertion'),
      bake(smallSvg(''), utf8('{"name":"\uffff"}'), 'assertion'),
      stripBake(smallJson),
    ];
    expect(refusals.map((one) => (one.ok ? 'written' : one.error.code))).toEqual([
      'malformed-picture',
      'malformed-picture',
      'malformed-json',
      'malformed-picture',
    ]);
  });
});

describe('any bytes', () => {
  const answers = async (bytes: Uint8Array) => {
    const result = await unbake(bytes);
    if (result.ok) expect(result.value.document.length).toBeLessThanOrEqual(maxInflatedBytes);
    else expect(['not-a-badge', 'picture-without-badge', 'malformed-picture']).toContain(result.error.code);
    stripBake(bytes);
    bake(bytes, smallJson, 'assertion');
  };
  const mutants = (sample: Uint8Array) =>
    fc
      .array(fc.tuple(fc.nat(sample.length - 1), fc.integer({ min: 0, max: 255 })), {
        minLength: 1,
        maxLength: 6,
      })
      .map((edits) => {
        const bytes = sample.slice();
        for (const [at, value] of edits) bytes[at] = value;
        return bytes;
      });

  it('T45: get an answer, as pictures with any bytes changed do', async () => {
    const sample = smallPng(
      plainChunk('openbadges', smallJson),
      await packedChunk('openbadgecredential', smallJson),
    );
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), answers), { numRuns: 500 });
    await fc.assert(fc.asyncProperty(mutants(sample), answers), { numRuns: 3000 });
  });

  it('T46: get an answer, as drawings with any characters changed do', async () => {
    const sample = smallSvg(
      `<o:assertion xmlns:o="http://openbadges.org"><![CDATA[${textOf(smallJson)}]]></o:assertion>`,
    );
    await fc.assert(fc.asyncProperty(mutants(sample), answers), { numRuns: 3000 });
    await fc.assert(
      fc.asyncProperty(
        fc.string({ maxLength: 200 }).map((tail) => utf8(`<svg${tail}`)),
        answers,
      ),
      { numRuns: 1000 },
    );
  });

  it('T51: cost no more than their length: the same beginnings a hundred times longer stay quick', async () => {
    const starts = [
      '<',
      '<!--',
      '<!DOCTYPE [',
      '<svg ',
      '<svg a="',
      'a.',
      '~',
      '<svg><![CDATA[',
      '<svg>&',
      ' ',
    ];
    for (const start of starts) await unbake(utf8(start.repeat(200_000)));
    const attributes = Array.from({ length: 20_000 }, (_, index) => ` xmlns:a${index}="b"`).join('');
    expect(await insideOf(utf8(`<svg${attributes}/>`))).toBe('picture-without-badge');
  });
});

// Read where it lies; a checkout without it goes on, .ci/run does not.
describe.runIf(existsSync(corpus))('the corpus', () => {
  it.each([
    ['1.0/mozilla-bakery/svg-cdata.svg', 'http://example.org'],
    ['3.0/1edtech/ob30-svg-json.svg', 'OpenBadgeCredential'],
    ['3.0/1edtech/ob30-svg-jwt.svg', 'eyJ'],
    ['3.0/1edtech/ob30-png-json.png', 'OpenBadgeCredential'],
    ['3.0/1edtech/ob30-png-jwt-v1.png', 'eyJ'],
    ['2.0/1edtech/ob20-png.png', 'Assertion'],
    ['0.5/mozilla-backpack/png-text-url.png', 'https://example.org/assertion'],
    ['1.0/displayer/demobadge.png', 'issued_on'],
    ['1.0/mozilla-backpack/svg-unbaked.svg', 'picture-without-badge'],
    ['1.0/mozilla-bakery/svg-extractor-given-png.png', 'picture-without-badge'],
    ['1.0/salava/not-an-image.txt', 'not-a-badge'],
  ])('%s', async (file, inside) => {
    expect(await insideOf(readFileSync(new URL(file, corpus)))).toContain(inside);
  });
});
