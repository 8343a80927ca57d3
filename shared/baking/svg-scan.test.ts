import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, utf8 } from '../model/bytes.ts';
import { parseBakes, parseSvg } from './svg-parse.ts';
import { scanBakes, scanSvg } from './svg-scan.ts';

const corpus = join(import.meta.dirname, '../../../shared/conformance');

const one = (...texts: readonly string[]) => fc.constantFrom(...texts);
const prolog = one(
  '',
  '<?xml version="1.0" encoding="UTF-8"?>\n',
  "<?xml version='1.0' standalone='no' ?>\r\n<!-- made by hand: <svg> & more -->",
  '\n<!---->\t<!-- a - b -->',
  '<?xml version="1.1"?>',
  '<!DOCTYPE svg>',
  '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n',
  '<!DOCTYPE svg SYSTEM "a.dtd"><!DOCTYPE svg>',
  '<!DOCTYPE svg [<!ENTITY b "{}">]>',
  '\ufeff',
  '<!-- a -- b -->',
  `<!-- ${'a'.repeat(4070)} -->`,
);
/** Usual attributes, and now and then one that no parser takes or that has rules of its own. */
const attributes = (usual: readonly string[], odd: readonly string[]) =>
  fc
    .tuple(fc.subarray([...usual]), fc.option(one(...odd), { nil: '', freq: 3 }))
    .map(([many, last]) => many.join('') + last);
const root = fc
  .tuple(
    one('svg', 'svg', 's:svg', 'SVG', 'ö:svg'),
    attributes(
      [
        ' xmlns="http://www.w3.org/2000/svg"',
        ' xmlns:s="http://www.w3.org/2000/svg"',
        ' xmlns:openbadges="http://openbadges.org"',
        '\n  xmlns:o = "https://purl.imsglobal.org/ob/v3p0"',
        " viewBox='0 0 9 9'",
        ' xml:space="preserve"',
        ' title="Größe 😀 > 1"',
      ],
      [
        ' xmlns:s2="http://www.w3.org/2000/svg" s:a="1" s2:a="2"',
        ' xmlns:b="http://openbadges.org"',
        ' xmlns:o="http://openbadges&#46;org"',
        ' xmlns:o=" http://openbadges.org "',
        ' xmlns:o=""',
        ' xmlns:xml="http://www.w3.org/XML/1998/namespace"',
        ' xmlns:q="http://www.w3.org/2000/xmlns/"',
        ' viewBox="0\n0 9 9"',
        ' s:a="1"',
        ' a="1" a="1"',
        ' title="a\u0001"',
        ' title="\uffff"',
        ' a="1"b="2"',
        ` title="${'a'.repeat(4000)}"`,
      ],
    ),
    one('>', '>', ' >', '\r\n>', '/>'),
  )
  .map(([name, said, close]) => ({ name, tag: `<${name}${said}${close}` }));
const bake = fc
  .tuple(
    one('openbadges:assertion', 'o:credential', 's:credential', 'credential', 'openbadges:x'),
    attributes(
      [' xmlns:o="https://purl.imsglobal.org/ob/v3p0"', ' verify="https://academy.example/1"'],
      [
        ' xmlns="http://openbadges.org"',
        ' xmlns="https://purl.imsglobal.org/ob/v3p0"',
        ' xmlns:openbadges="http://openbadges.org"',
        ' a="a&amp;b"',
        ' a="a\n\tb"',
        ' openbadges:verify="c"',
      ],
    ),
    fc.array(
      one(
        '\n  ',
        '<![CDATA[{"name":"Ärger ]] > 😀"}]]>',
        '<![CDATA[{"a":1}\r\n]]>',
        '<![CDATA[{}\r]]>\n',
        '<![CDATA[\u0002]]>',
        '<![CDATA[]]]]><![CDATA[>]]>',
        ']]>&#13;<![CDATA[',
        '{&quot;a&quot;:1}',
        '<g/>',
        '<!-- c -->',
        '<?p i?>',
      ),
      { maxLength: 4 },
    ),
    one('', ' ', '\n', '/'),
  )
  .map(([name, said, body, space]) => {
    const tag = `<${name}${said}`;
    return body.length === 0 ? `${tag}/>` : `${tag}>${body.join('')}</${name}${space}>`;
  });
const inside = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: one('<path d="M0 0h9"/>', '\n', '<g>a &lt; b</g>', '<!-- c -->', '<title>😀</title>'),
    },
    {
      weight: 1,
      arbitrary: one(
        '<g>',
        '</g>',
        '&b;',
        '<a:b/>',
        '<s:g s:a="1"/>',
        '<g xmlns="urn:g"/>',
        '<g a="1" b="2" a="3"/>',
        '<g a="&lt;&#9;<"/>',
        'credential',
        '<',
        ']]>',
        '<?p i?>',
        '<style><![CDATA[ a > b ]] ]]></style>',
      ),
    },
  ),
  { maxLength: 4 },
);
const drawings = fc
  .tuple(prolog, root, one('', '\n ', 'x'), fc.array(bake, { maxLength: 2 }), inside)
  .map(([before, { name, tag }, space, bakes, rest]) =>
    [before, tag, space, ...bakes, ...rest, tag.endsWith('/>') ? '' : `</${name}>\n`].join(''),
  );
/** What a bake of ours looks like, so that few of the mutants lie far beside it. */
const usual = fc
  .tuple(prolog, one('assertion', 'credential'), one('"', "'"), inside)
  .map(([before, kind, quote, rest]) => {
    const namespace = kind === 'assertion' ? 'http://openbadges.org' : 'https://purl.imsglobal.org/ob/v3p0';
    const tag = `<svg xmlns:openbadges=${quote}${namespace}${quote} xmlns="http://www.w3.org/2000/svg">`;
    const element = `<openbadges:${kind} verify="https://a.example/1"><![CDATA[{"id":"1"}]]></openbadges:${kind}>`;
    return `${before}${tag}${element}${rest.join('')}</svg>`;
  });
const pieces = one(
  ...'<>/!?:;&="\'-]x \t\r\n\u0000\u0085\u2028é😀',
  '<!--',
  '-->',
  ']]>',
  '<![CDATA[',
  'xmlns:',
  '<!DOCTYPE',
);
const edit = fc.record({
  at: fc.nat(1000),
  gone: one('', 'x', 'xx', 'xxxxxxxx').map((text) => text.length),
  piece: fc.oneof(one(''), pieces),
});
const mutants = fc
  .tuple(fc.oneof(drawings, usual), fc.array(edit, { maxLength: 3 }))
  .map(([text, edits]) =>
    edits.reduce((before, { at, gone, piece }) => {
      const place = at % (before.length + 1);
      return before.slice(0, place) + piece + before.slice(place + gone);
    }, text),
  )
  // Text of real bytes: a pair of surrogates that an edit has cut is none.
  .map((text) => text.toWellFormed());

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
      fc.property(mutants, (text) => {
        const { whole, bakes } = compare(utf8(text));
        scanned.whole += whole ? 1 : 0;
        scanned.damaged += bakes && !whole ? 1 : 0;
        scanned.left += !whole && parseSvg(utf8(text)).ok ? 1 : 0;
      }),
      { numRuns: 6000 },
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
      const byte = fc.oneof(fc.constantFrom(...utf8('<>/!?&"\'=:[]- \r\n')), fc.nat(255));
      const edits = fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.array(byte, { maxLength: 2 })), {
        minLength: 1,
        maxLength: 3,
      });
      fc.assert(
        fc.property(fc.constantFrom(...drawings), edits, (drawing, changes) =>
          count(
            changes.reduce((before, [place, gone, added]) => {
              const at = place % before.length;
              return concat(before.subarray(0, at), Uint8Array.from(added), before.subarray(at + gone));
            }, drawing),
          ),
        ),
        { numRuns: 6000 },
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
