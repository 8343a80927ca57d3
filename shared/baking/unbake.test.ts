import { existsSync, readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, textOf, utf8 } from '../model/bytes.ts';
import { maxContainerBytes, maxInflatedBytes } from './container.ts';
import { crc32 } from './crc32.ts';
import { bake, containers, stripBake, unbake } from './registry.ts';
import { sniff } from './sniff.ts';

const corpus = new URL('../../../shared/conformance/', import.meta.url);
const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const json = utf8('{"type":"Assertion","id":"https://academy.example/awards/1"}');
const token = utf8('eyJhbGciOiJFZERTQSJ9.e30.c2ln');

function chunk(type: string, data: Uint8Array, crc?: number): Uint8Array {
  const body = concat(utf8(type), data);
  const frame = new DataView(new ArrayBuffer(8));
  frame.setUint32(0, data.length);
  frame.setUint32(4, crc ?? crc32(body, 0, body.length));
  const bytes = new Uint8Array(frame.buffer);
  return concat(bytes.subarray(0, 4), body, bytes.subarray(4));
}

const header = chunk('IHDR', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0));
const pixels = chunk('IDAT', deflateSync(Uint8Array.of(0, 10, 20, 30)));
const end = chunk('IEND', new Uint8Array());
const png = (...between: readonly Uint8Array[]) => concat(signature, header, ...between, pixels, end);
const iTXt = (keyword: string, text: Uint8Array, crc?: number) =>
  chunk('iTXt', concat(utf8(`${keyword}\0\0\0\0\0`), text), crc);
const compressed = (keyword: string, text: Uint8Array) =>
  chunk('iTXt', concat(utf8(`${keyword}\0\u0001\0\0\0`), deflateSync(text)));
const svg = (inner: string, attributes = '') =>
  utf8(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"${attributes}>${inner}<path d="M0 0h9"/></svg>`,
  );

async function insideOf(bytes: Uint8Array) {
  const result = await unbake(bytes);
  return result.ok ? textOf(result.value.document) : result.error.code;
}

describe('what a badge comes in', () => {
  it('has containers with names of their own, and each finds its own sample alone', async () => {
    const samples = { json, jws: token, png: png(), svg: svg('') };
    expect(containers.map(({ name }) => name)).toEqual(Object.keys(samples));
    for (const [name, sample] of Object.entries(samples))
      expect(containers.filter(({ recognises }) => recognises(sniff(sample))).map((one) => one.name)).toEqual(
        [name],
      );
  });

  it('is told by its bytes: JSON behind a byte order mark, a token between line breaks', async () => {
    expect(await insideOf(concat(Uint8Array.of(0xef, 0xbb, 0xbf), json))).toBe(textOf(json));
    expect(await insideOf(concat(utf8('\n '), token, utf8('\r\n')))).toBe(textOf(token));
    expect(await insideOf(utf8('eyJhbGciOiJub25lIn0.e30.'))).toBe('eyJhbGciOiJub25lIn0.e30.');
  });

  it.each([
    ['an empty file', new Uint8Array(), 'not-a-badge', 'empty'],
    ['a web page', utf8('<!doctype html><html><svg/></html>'), 'not-a-badge', 'html'],
    ['a sentence', utf8('Congratulations'), 'not-a-badge', 'text'],
    ['a photograph', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0), 'picture-without-badge', 'jpeg'],
    ['a picture without a badge', png(), 'picture-without-badge', 'png'],
    ['a drawing without a badge', svg(''), 'picture-without-badge', 'svg'],
    ['only the first eight bytes of a picture', signature, 'malformed-picture', 'png'],
  ])('says of %s what it is', async (_, bytes, code, found) => {
    const result = await unbake(bytes);
    expect(result.ok ? undefined : [result.error.code, result.error.facts['found']]).toEqual([code, found]);
  });

  it('looks into files of 5 MiB and not into larger ones', async () => {
    const padding = chunk(
      'IDAT',
      new Uint8Array(maxContainerBytes - png(iTXt('openbadges', json)).length - 12),
    );
    const largest = png(iTXt('openbadges', json), padding);
    expect(largest.length).toBe(maxContainerBytes);
    expect(await insideOf(largest)).toBe(textOf(json));
    expect(await insideOf(concat(largest, Uint8Array.of(0)))).toBe('offer-too-large');
  });
});

describe('a badge in a PNG', () => {
  it.each([
    ['iTXt plain', iTXt('openbadges', json), json],
    ['iTXt compressed', compressed('openbadgecredential', json), json],
    ['iTXt with a token', iTXt('openbadgecredential', token), token],
    ['tEXt with JSON', chunk('tEXt', concat(utf8('openbadges\0'), json)), json],
    ['tEXt with a token', chunk('tEXt', concat(utf8('openbadges\0'), token)), token],
    ['zTXt', chunk('zTXt', concat(utf8('openbadges\0\0'), deflateSync(json))), json],
  ])('is read from %s', async (_, baked, document) => {
    expect(await insideOf(png(baked))).toBe(textOf(document));
  });

  it('may be only an address, as it was before 2013', async () => {
    const result = await unbake(png(chunk('tEXt', utf8('openbadges\0https://academy.example/awards/1'))));
    expect(result.ok && result.value.reference).toBe('https://academy.example/awards/1');
  });

  it('of two generations is the newer one, of one generation the first; the others are kept', async () => {
    const [a, b, c] = [utf8('{"n":1}'), utf8('{"n":2}'), utf8('{"n":3}')];
    const result = await unbake(
      png(iTXt('openbadges', a), iTXt('openbadgecredential', b), iTXt('openbadges', c)),
    );
    expect(result.ok && textOf(result.value.document)).toBe('{"n":2}');
    expect(result.ok && result.value.others.map(textOf)).toEqual(['{"n":1}', '{"n":3}']);
  });

  it('T45: with a wrong checksum is read and says so; its twin with the right one does not', async () => {
    const bad = await unbake(png(iTXt('openbadges', json, 1)));
    const good = await unbake(png(iTXt('openbadges', json)));
    expect(bad.ok && [textOf(bad.value.document), bad.value.checksumBad]).toEqual([textOf(json), true]);
    expect(good.ok && [textOf(good.value.document), good.value.checksumBad]).toEqual([textOf(json), false]);
  });

  it('T45: cut off behind the badge still gives it, cut off inside it does not', async () => {
    const whole = png(iTXt('openbadges', json));
    expect(await insideOf(whole.subarray(0, whole.length - 20))).toBe(textOf(json));
    expect(await insideOf(whole.subarray(0, signature.length + header.length + 40))).toBe(
      'malformed-picture',
    );
  });

  it('T45: a length of 2^31 ends the reading', async () => {
    const huge = concat(Uint8Array.of(0x80, 0, 0, 0), utf8('iTXtopenbadges\0'));
    expect(await insideOf(concat(signature, header, huge, end))).toBe('malformed-picture');
    expect(await insideOf(concat(signature, header, iTXt('openbadges', json), huge))).toBe(textOf(json));
  });

  it('T45: a million chunks cost no more than the ceiling', async () => {
    const empty = chunk('tEXt', new Uint8Array());
    const many = new Uint8Array(8 + 12 * 400_000);
    many.set(signature);
    for (let at = 8; at < many.length; at += 12) many.set(empty, at);
    expect(await insideOf(many)).toBe('malformed-picture');
  });

  it.each(['iTXt', 'zTXt'])('T45: a bomb in %s is never inflated beyond its ceiling', async (type) => {
    const inflated = (size: number) => {
      const text = new Uint8Array(size).fill(0x20);
      text.set(utf8('{}'));
      return deflateSync(text);
    };
    const prefix = type === 'iTXt' ? 'openbadges\0\u0001\0\0\0' : 'openbadges\0\0';
    const of = (size: number) => png(chunk(type, concat(utf8(prefix), inflated(size))));
    expect((await unbake(of(maxInflatedBytes))).ok).toBe(true);
    expect(await insideOf(of(maxInflatedBytes + 1))).toBe('malformed-picture');
    expect(await insideOf(of(512 * 1024 * 1024))).toBe('malformed-picture');
  });

  it('T45: data after the end and a picture of 60,000 by 60,000 change nothing: no pixel is decoded', async () => {
    const size = new DataView(new ArrayBuffer(13));
    size.setUint32(0, 60_000);
    size.setUint32(4, 60_000);
    const vast = chunk('IHDR', new Uint8Array(size.buffer));
    const bytes = concat(
      signature,
      vast,
      iTXt('openbadges', json),
      pixels,
      end,
      iTXt('openbadgecredential', token),
    );
    const result = await unbake(bytes);
    expect(result.ok && [textOf(result.value.document), result.value.others.length]).toEqual([
      textOf(json),
      0,
    ]);
  });
});

describe('a badge in an SVG', () => {
  const assertion = (body: string, verify = '') =>
    `<openbadges:assertion${verify}>${body}</openbadges:assertion>`;
  const bound = ' xmlns:openbadges="http://openbadges.org"';
  const text = textOf(json) ?? '';

  it.each([
    ['CDATA', svg(assertion(`<![CDATA[${text}]]>`), bound)],
    ['escaped text', svg(assertion(text.replaceAll('"', '&quot;')), bound)],
    [
      'another prefix',
      svg(`<b:assertion><![CDATA[${text}]]></b:assertion>`, ' xmlns:b="http://openbadges.org"'),
    ],
    ['a default namespace', svg(`<assertion xmlns="http://openbadges.org">${text}</assertion>`)],
    [
      'the form of 3.0',
      svg(`<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">${text}</o:credential>`),
    ],
    ['a body beside its address', svg(assertion(text, ' verify="https://academy.example/1"'), bound)],
  ])('is read from %s', async (_, bytes) => {
    expect(await insideOf(bytes)).toBe(text);
  });

  it('may stand in the attribute: a token, or only an address', async () => {
    expect(await insideOf(svg(assertion('', ` verify="${textOf(token)}"`), bound))).toBe(textOf(token));
    const address = await unbake(
      svg(assertion(' ', ' verify="https://academy.example/1?a=1&amp;b=2"'), bound),
    );
    expect(address.ok && address.value.reference).toBe('https://academy.example/1?a=1&b=2');
  });

  it('T46: is matched by namespace: the same prefix of another namespace holds none', async () => {
    expect(await insideOf(svg(assertion(text), ' xmlns:openbadges="http://openbadges.example"'))).toBe(
      'picture-without-badge',
    );
  });

  it('T46: with declared entities is refused unexpanded; its twin with a plain document type is read', async () => {
    const laughs = `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>`;
    const external = `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const plain = `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">`;
    const picture = svg(assertion(text), bound);
    expect(await insideOf(concat(utf8(laughs), picture))).toBe('malformed-picture');
    expect(await insideOf(concat(utf8(external), picture))).toBe('malformed-picture');
    expect(await insideOf(concat(utf8(plain), picture))).toBe(text);
    expect(await insideOf(svg(assertion('&b;'), bound))).toBe('malformed-picture');
  });

  it('T46: is read beside scripts, handlers and foreign objects, which nothing runs or fetches', async () => {
    const hostile = `<script>alert(1)</script><foreignObject><p xmlns="http://www.w3.org/1999/xhtml" onclick="x()"/></foreignObject><use href="https://evil.example/a.svg#b"/><style>@import "https://evil.example/a.css";</style>`;
    expect(await insideOf(svg(hostile + assertion(text), bound))).toBe(text);
  });

  it('T46: nests 256 deep and not 257', async () => {
    const nested = (depth: number) =>
      svg('<g>'.repeat(depth - 2) + assertion(text) + '</g>'.repeat(depth - 2), bound);
    expect(await insideOf(nested(256))).toBe(text);
    expect(await insideOf(nested(257))).toBe('malformed-picture');
    expect(await insideOf(utf8('<svg>'.repeat(100_000)))).toBe('malformed-picture');
  });
});

describe('baking', () => {
  const documents = fc
    .record({ id: fc.constantFrom('urn:uuid:1', 'https://a.example/1'), name: fc.string({ unit: 'binary' }) })
    .map((value) => utf8(`${JSON.stringify(value)}\r\n`));
  const pictures = fc.constantFrom(
    png(),
    png(chunk('tEXt', utf8('Comment\0openbadges')), chunk('acTL', new Uint8Array(8))),
    svg(''),
    concat(utf8('<?xml version="1.0"?>\r\n<!-- a < b > c -->'), svg('<title>😀</title>')),
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

  it('writes an uncompressed iTXt before the pixels and keeps every other chunk in its place', () => {
    const baked = bake(png(chunk('gAMA', new Uint8Array(4))), json, 'credential');
    const expected = png(chunk('gAMA', new Uint8Array(4)), iTXt('openbadgecredential', json));
    expect(baked.ok && [...baked.value]).toEqual([...expected]);
  });

  it('takes out an older bake behind the pixels as well', () => {
    const older = concat(signature, header, pixels, iTXt('openbadges', token), end);
    const baked = bake(older, json, 'assertion');
    expect(baked.ok && [...baked.value]).toEqual([...png(iTXt('openbadges', json))]);
  });

  it('names the hosted address in an SVG, and puts a token into the attribute', () => {
    const hosted = bake(svg(''), json, 'assertion');
    expect(hosted.ok && textOf(hosted.value)).toContain(
      '<openbadges:assertion verify="https://academy.example/awards/1">',
    );
    const signed = bake(svg(''), token, 'credential');
    expect(signed.ok && textOf(signed.value)).toContain(`<openbadges:credential verify="${textOf(token)}"/>`);
  });

  it('keeps a picture that binds the prefix otherwise valid', async () => {
    const picture = svg('<openbadges:x/>', ' xmlns:openbadges="urn:other"');
    const baked = bake(picture, json, 'assertion');
    expect(baked.ok && (await insideOf(baked.value))).toBe(textOf(json));
    const stripped = baked.ok ? stripBake(baked.value) : baked;
    expect(stripped.ok && textOf(stripped.value)).toBe(textOf(picture));
  });

  it('opens a drawing that is a single empty element', async () => {
    const baked = bake(utf8('<svg xmlns="http://www.w3.org/2000/svg" />'), json, 'credential');
    expect(baked.ok && (await insideOf(baked.value))).toBe(textOf(json));
  });

  it('refuses what it cannot write', () => {
    const refusals = [
      bake(utf8('no picture'), json, 'assertion'),
      bake(png().subarray(0, 50), json, 'assertion'),
      bake(svg(''), utf8('{"name":"\uffff"}'), 'assertion'),
      stripBake(json),
    ];
    expect(refusals.map((one) => (one.ok ? 'written' : one.error.code))).toEqual([
      'malformed-picture',
      'malformed-picture',
      'malformed-json',
      'malformed-picture',
    ]);
  });

  it('leaves nothing of the badge in a picture that is shown without its document', () => {
    const both = png(
      iTXt('openbadges', json),
      iTXt('openbadgecredential', json),
      compressed('openbadges', json),
    );
    const stripped = stripBake(concat(both, json));
    expect(stripped.ok && [...stripped.value]).toEqual([...png()]);
  });
});

describe('any bytes', () => {
  const answers = async (bytes: Uint8Array) => {
    const result = await unbake(bytes);
    if (result.ok) expect(result.value.document.length).toBeLessThanOrEqual(maxInflatedBytes);
    else expect(['not-a-badge', 'picture-without-badge', 'malformed-picture']).toContain(result.error.code);
    stripBake(bytes);
    bake(bytes, json, 'assertion');
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
    const sample = png(iTXt('openbadges', json), compressed('openbadgecredential', json));
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), answers), { numRuns: 500 });
    await fc.assert(fc.asyncProperty(mutants(sample), answers), { numRuns: 3000 });
  });

  it('T46: get an answer, as drawings with any characters changed do', async () => {
    const sample = svg(
      `<o:assertion xmlns:o="http://openbadges.org"><![CDATA[${textOf(json)}]]></o:assertion>`,
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
    const attributes = Array.from({ length: 60_000 }, (_, index) => ` xmlns:a${index}="b"`).join('');
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
