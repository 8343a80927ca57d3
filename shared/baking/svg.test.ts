import { describe, expect, it } from 'vitest';
import { concat, textOf, utf8 } from '../model/bytes.ts';
import { insideOf, smallJson, smallSvg, smallToken } from '../testing/baked-pictures.ts';
import { bake, stripBake, unbake } from './registry.ts';

/** An assertion that brings its own namespace. */
function assertionElement(body: string, said: string): string {
  return `<b:assertion xmlns:b="http://openbadges.org"${said}>${body}</b:assertion>`;
}

describe('a badge in an SVG', () => {
  const assertion = (body: string, verify = '') =>
    `<openbadges:assertion${verify}>${body}</openbadges:assertion>`;
  const bound = ' xmlns:openbadges="http://openbadges.org"';
  const text = textOf(smallJson) ?? '';

  it.each([
    ['CDATA', smallSvg(assertion(`<![CDATA[${text}]]>`), bound)],
    ['escaped text', smallSvg(assertion(text.replaceAll('"', '&quot;')), bound)],
    [
      'another prefix',
      smallSvg(`<b:assertion><![CDATA[${text}]]></b:assertion>`, ' xmlns:b="http://openbadges.org"'),
    ],
    ['a default namespace', smallSvg(`<assertion xmlns="http://openbadges.org">${text}</assertion>`)],
    [
      'the form of 3.0',
      smallSvg(`<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">${text}</o:credential>`),
    ],
    ['a body beside its address', smallSvg(assertion(text, ' verify="https://academy.example/1"'), bound)],
  ])('is read from %s', async (_, bytes) => {
    expect(await insideOf(bytes)).toBe(text);
  });

  it('may stand in the attribute: a smallToken, or only an address', async () => {
    expect(await insideOf(smallSvg(assertion('', ` verify="${textOf(smallToken)}"`), bound))).toBe(
      textOf(smallToken),
    );
    // Bakers write the payload beside the signed badge, which it cannot stand for.
    const both = smallSvg(assertion(`<![CDATA[${text}]]>`, ` verify="${textOf(smallToken)}"`), bound);
    expect(await insideOf(both)).toBe(textOf(smallToken));
    const address = await unbake(
      smallSvg(assertion(' ', ' verify="https://academy.example/1?a=1&amp;b=2"'), bound),
    );
    expect(address.ok && address.value.reference).toBe('https://academy.example/1?a=1&b=2');
  });

  it('is read from UTF-16, which every reader of XML understands; JSON has UTF-8 alone', async () => {
    const drawing = `<?xml version="1.0" encoding="UTF-16"?>${textOf(smallSvg(assertion(text), bound))}`;
    const inUtf16 = (said: string, isLittle: boolean) => {
      const view = new DataView(new ArrayBuffer(2 * (said.length + 1)));
      for (const [at, unit] of [0xfeff, ...said.split('').map((sign) => sign.charCodeAt(0))].entries())
        view.setUint16(2 * at, unit, isLittle);
      return new Uint8Array(view.buffer);
    };
    for (const isLittle of [true, false]) {
      expect(await insideOf(inUtf16(drawing, isLittle))).toBe(text);
      expect(await insideOf(inUtf16(text, isLittle))).toBe('not-a-badge');
    }
  });

  it('T46: is matched by namespace: the same prefix of another namespace holds none', async () => {
    expect(await insideOf(smallSvg(assertion(text), ' xmlns:openbadges="http://openbadges.example"'))).toBe(
      'picture-without-badge',
    );
  });

  it('T46: with declared entities is refused unexpanded; its twin with a plain document type is read', async () => {
    const laughs = `<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>`;
    const external = `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>`;
    const plain = `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">`;
    const picture = smallSvg(assertion(text), bound);
    expect(await insideOf(concat(utf8(laughs), picture))).toBe('drawing-with-declarations');
    expect(await insideOf(concat(utf8(external), picture))).toBe('drawing-with-declarations');
    expect(await insideOf(concat(utf8(plain), picture))).toBe(text);
    expect(await insideOf(smallSvg(assertion('&b;'), bound))).toBe('malformed-picture');
  });

  it('T46: is read beside scripts, handlers and foreign objects, which nothing runs or fetches', async () => {
    const hostile = `<script>alert(1)</script><foreignObject><p xmlns="http://www.w3.org/1999/xhtml" onclick="x()"/></foreignObject><use href="https://evil.example/a.svg#b"/><style>@import "https://evil.example/a.css";</style>`;
    expect(await insideOf(smallSvg(hostile + assertion(text), bound))).toBe(text);
  });

  it('T46: damaged behind the badge still gives it, damaged before or inside it does not', async () => {
    const badge = assertion(`<![CDATA[${text}]]>`);
    const first = textOf(smallSvg(badge, bound)) ?? '';
    const later = textOf(smallSvg(`<title>t</title><?p i?>${badge}`, bound)) ?? '';
    for (const whole of [first, later]) {
      expect(await insideOf(utf8(whole))).toBe(text);
      for (const damaged of [
        whole.replace('</svg>', ''),
        whole.replace('<path', '</g><path'),
        whole.replace('<path', '&b;<path'),
        whole.replace('<path', '<path a="1" a="2"'),
        whole.slice(0, whole.indexOf('<path') + 3),
      ])
        expect(await insideOf(utf8(damaged))).toBe(text);
      for (const damaged of [
        whole.replace('<openbadges', '&b;<openbadges'),
        whole.replace('</openbadges', '</g></openbadges'),
        whole.replace('</openbadges:assertion>', '</g>'),
        whole.replace(']]>', ''),
        whole.slice(0, whole.indexOf('</openbadges') + 20),
      ])
        expect(await insideOf(utf8(damaged))).toBe('malformed-picture');
      const alien = concat(utf8(whole.replace('</svg>', '')), Uint8Array.of(0xff));
      expect(await insideOf(alien)).toBe('malformed-picture');
    }
  });

  it('T46: damaged between two badges gives the first, as a PNG does', async () => {
    const other = '<c:credential xmlns:c="https://purl.imsglobal.org/ob/v3p0">{"n":2}</c:credential>';
    const both = textOf(smallSvg(assertion(text) + other, bound)) ?? '';
    expect(await insideOf(utf8(both))).toBe('{"n":2}');
    expect(await insideOf(utf8(both.replace('<c:', '<g></b><c:')))).toBe(text);
  });

  it('T46: nests 256 deep and not 257', async () => {
    const nested = (depth: number) =>
      smallSvg('<g>'.repeat(depth - 2) + assertion(text) + '</g>'.repeat(depth - 2), bound);
    expect(await insideOf(nested(256))).toBe(text);
    expect(await insideOf(nested(257))).toBe('malformed-picture');
    expect(await insideOf(utf8('<svg>'.repeat(100_000)))).toBe('malformed-picture');
  });
});

describe('baking into an SVG', () => {
  it('names the hosted address in an SVG, and puts a token into the attribute', () => {
    const hosted = bake(smallSvg(''), smallJson, 'assertion');
    expect(hosted.ok && textOf(hosted.value)).toContain(
      '<openbadges:assertion verify="https://academy.example/awards/1">',
    );
    const signed = bake(smallSvg(''), smallToken, 'credential');
    expect(signed.ok && textOf(signed.value)).toContain(
      `<openbadges:credential verify="${textOf(smallToken)}"/>`,
    );
  });

  it('keeps a picture that binds the prefix otherwise valid', async () => {
    const picture = smallSvg('<openbadges:x/>', ' xmlns:openbadges="urn:other"');
    const baked = bake(picture, smallJson, 'assertion');
    expect(baked.ok && (await insideOf(baked.value))).toBe(textOf(smallJson));
    const stripped = baked.ok ? stripBake(baked.value) : baked;
    expect(stripped.ok && textOf(stripped.value)).toBe(textOf(picture));
  });

  it.each([
    ['an element left open', '<g>'],
    ['an element closed twice', '</path>'],
    ['an entity that nobody declared', '&b;'],
    ['an attribute said twice', '<g a="1" a="2"/>'],
    ['a prefix that is not bound', '<a:g/>'],
    ['an attribute without quotes', '<g a=1/>'],
    ['a character that XML has not', '<g>\u0001</g>'],
    ['a comment with two dashes', '<!-- a -- b -->'],
    ['the end of a section that none began', ']]>'],
    ['a second drawing behind it', '</svg><svg>'],
    ['257 nested elements', `${'<g>'.repeat(256)}${'</g>'.repeat(256)}`],
  ])('T46: refuses a drawing with %s when something is baked in it, and to show it without', (_, inner) => {
    const older = smallSvg(assertionElement('{}', '') + inner);
    const codes = [bake(older, smallJson, 'assertion'), stripBake(older), stripBake(smallSvg(inner))];
    expect(codes.map((one) => (one.ok ? 'written' : one.error.code))).toEqual([
      'malformed-picture',
      'malformed-picture',
      'malformed-picture',
    ]);
    expect(bake(smallSvg(`${assertionElement('{}', '')}<g>\u007f</g>`), smallJson, 'assertion').ok).toBe(
      true,
    );
  });

  it('T46: keeps a plain document type, and refuses one that declares something', () => {
    const plain =
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\r\n';
    const subset = '<!DOCTYPE svg [<!ENTITY a "ha">]>';
    const kept = bake(concat(utf8(plain), smallSvg('')), smallJson, 'credential');
    expect(kept.ok && textOf(kept.value)?.startsWith(plain)).toBe(true);
    const refused = bake(concat(utf8(subset), smallSvg('')), smallJson, 'credential');
    expect(refused.ok ? 'written' : refused.error.code).toBe('drawing-with-declarations');
  });

  it.each([
    ['an assertion in CDATA', assertionElement(`<![CDATA[${textOf(smallJson)}]]>`, '')],
    ['an assertion as its address', assertionElement('', ' verify="https://academy.example/1"')],
    ['a credential under another prefix', '<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0"/>'],
    ['two of them', assertionElement('{}', '') + assertionElement('{"n":2}', '')],
  ])('takes out %s baked before, wherever it stands, and leaves every other byte', (_, older) => {
    const around = (badge: string) =>
      utf8(
        `\ufeff<!-- é -->\r\n<svg viewBox='0 0 9 9'>\t<title>学び</title>${badge}<g a = "&lt;"></g >\n</svg>\r\n<!-- a -->`,
      );
    for (const kind of ['assertion', 'credential'] as const) {
      const fresh = bake(around(''), smallToken, kind);
      const again = bake(around(older), smallToken, kind);
      expect(again.ok && textOf(again.value)).toBe(fresh.ok && textOf(fresh.value));
      const stripped = again.ok ? stripBake(again.value) : again;
      expect(stripped.ok && [...stripped.value]).toEqual([...around('')]);
    }
  });

  it('touches neither a comment nor a value that reads like its own declaration', () => {
    const alike = ' xmlns:openbadges="http://openbadges.org"';
    const picture = utf8(
      `<!-- <svg${alike}> --><svg title='${alike}' xmlns="http://www.w3.org/2000/svg"><g/></svg>`,
    );
    const baked = bake(picture, smallJson, 'assertion');
    const stripped = baked.ok ? stripBake(baked.value) : baked;
    expect(stripped.ok && textOf(stripped.value)).toBe(textOf(picture));
    const declared = smallSvg('<g/>', alike);
    const over = bake(declared, smallJson, 'credential');
    const back = over.ok ? stripBake(over.value) : over;
    expect(back.ok && textOf(back.value)).toBe(textOf(declared));
  });

  it('opens a drawing that is a single empty element', async () => {
    const baked = bake(utf8('<svg xmlns="http://www.w3.org/2000/svg" />'), smallJson, 'credential');
    expect(baked.ok && (await insideOf(baked.value))).toBe(textOf(smallJson));
  });
});
