import fc from 'fast-check';
import { concat, utf8 } from '../model/bytes.ts';

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
/** A drawing of ours before anything is baked into it. */
const unbaked = fc
  .tuple(prolog, inside)
  .map(([before, rest]) => `${before}<svg xmlns="http://www.w3.org/2000/svg">${rest.join('')}</svg>`);
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
/** Drawings of many forms, usual and odd, and what three edits make of them. */
export const oddDrawings = fc
  .tuple(fc.oneof(drawings, usual, unbaked), fc.array(edit, { maxLength: 3 }))
  .map(([text, edits]) =>
    edits.reduce((before, { at, gone, piece }) => {
      const place = at % (before.length + 1);
      return before.slice(0, place) + piece + before.slice(place + gone);
    }, text),
  )
  // Text of real bytes: a pair of surrogates that an edit has cut is none.
  .map((text) => text.toWellFormed());

const byte = fc.oneof(fc.constantFrom(...utf8('<>/!?&"\'=:[]- \r\n')), fc.nat(255));

/** Up to three changes of any bytes of a file. */
export const byteEdits = fc
  .array(fc.tuple(fc.nat(), fc.nat(2), fc.array(byte, { maxLength: 2 })), { minLength: 1, maxLength: 3 })
  .map(
    (changes) => (file: Uint8Array) =>
      changes.reduce((before, [place, gone, added]) => {
        const at = place % before.length;
        return concat(before.subarray(0, at), Uint8Array.from(added), before.subarray(at + gone));
      }, file),
  );
