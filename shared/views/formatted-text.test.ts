import { cpuUsage } from 'node:process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, formattedText } from './formatted-text.ts';
import type { Inline } from './inline-text.ts';

const read = (text: string): readonly Block[] => formattedText(text, 10_000);
const text = (words: string): Inline => ({ kind: 'text', text: words });
/** What the one paragraph of a text holds. */
const within = (words: string): readonly Inline[] => {
  const [block] = read(words);
  return block !== undefined && 'content' in block ? block.content : [];
};

/** All letters that would be shown. */
function lettersOf(parts: readonly (Block | Inline)[]): string {
  return parts
    .map((part) => {
      if (part.kind === 'break') return ' ';
      if (part.kind === 'list')
        return part.items.map(({ content, inner }) => lettersOf(content) + lettersOf(inner)).join('');
      return 'text' in part ? part.text : lettersOf(part.content);
    })
    .join('');
}

function linksOf(parts: readonly (Block | Inline)[]): readonly string[] {
  return parts.flatMap((part) => {
    if (part.kind === 'list')
      return part.items.flatMap(({ content, inner }) => [...linksOf(content), ...linksOf(inner)]);
    if (part.kind === 'link') return [part.link.address, ...linksOf(part.content)];
    return 'content' in part ? linksOf(part.content) : [];
  });
}

describe('a text with formatting', () => {
  it('has paragraphs, headings without a level, and code as it stands', () => {
    expect(read('# What it took\nFirst line\nsecond line\n\nAnother.\n\n```js\nif (a)\n  b();\n```')).toEqual(
      [
        { kind: 'heading', content: [text('What it took')] },
        { kind: 'paragraph', content: [text('First line'), { kind: 'break' }, text('second line')] },
        { kind: 'paragraph', content: [text('Another.')] },
        { kind: 'code', text: 'if (a)\n  b();' },
      ],
    );
  });

  it('has lists, numbered ones from their number, and lists within them', () => {
    expect(read('Do:\n- read\n  more\n- write\n  1. by hand\n  2. again\n\n3. rest')).toEqual([
      { kind: 'paragraph', content: [text('Do:')] },
      {
        kind: 'list',
        ordered: false,
        start: 1,
        items: [
          { content: [text('read'), { kind: 'break' }, text('more')], inner: [] },
          {
            content: [text('write')],
            inner: [
              {
                kind: 'list',
                ordered: true,
                start: 1,
                items: [
                  { content: [text('by hand')], inner: [] },
                  { content: [text('again')], inner: [] },
                ],
              },
            ],
          },
        ],
      },
      { kind: 'list', ordered: true, start: 3, items: [{ content: [text('rest')], inner: [] }] },
    ]);
  });

  it('has emphasis, strong and code within a line, also within each other', () => {
    expect(within('a *b* **c _d_** `*e*` ***f***')).toEqual([
      text('a '),
      { kind: 'emphasis', content: [text('b')] },
      text(' '),
      { kind: 'strong', content: [text('c '), { kind: 'emphasis', content: [text('d')] }] },
      text(' '),
      { kind: 'code', text: '*e*' },
      text(' '),
      { kind: 'strong', content: [{ kind: 'emphasis', content: [text('f')] }] },
    ]);
  });

  it('leaves alone what only looks like formatting', () => {
    for (const plain of [
      'snake_case_names and 2 * 3 * 4',
      'an *end that never comes',
      'a `tick alone',
      '[a list] (not a link)',
      '<b>no HTML</b> &amp; no entities',
      'a**',
      '![',
    ])
      expect(within(plain)).toEqual([text(plain)]);
    expect(within('\\*as it is\\*')).toEqual([text('*as it is*')]);
    expect(within('1.5 metres')).toEqual([text('1.5 metres')]);
  });

  it('links to http, https and mail, each with where it leads', () => {
    expect(within('[our *rules*](https://school.example/rules "title")')).toEqual([
      {
        kind: 'link',
        link: {
          address: 'https://school.example/rules',
          text: 'https://school.example/rules',
          host: 'school.example',
        },
        content: [text('our '), { kind: 'emphasis', content: [text('rules')] }],
      },
    ]);
    expect(linksOf(read('See https://school.example/a_b_c, or <http://b.example>.'))).toEqual([
      'https://school.example/a_b_c',
      'http://b.example/',
    ]);
    expect(linksOf(read('[write](mailto:a@school.example?bcc=evil@evil.example&body=x)'))).toEqual([
      'mailto:a@school.example',
    ]);
    expect(linksOf(read('![a picture](https://school.example/track.gif)'))).toEqual([
      'https://school.example/track.gif',
    ]);
  });

  it('links nowhere else, and shows such a text as it is written (T47)', () => {
    for (const address of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\tscript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      'https://user:word@school.example/',
      '//school.example/x',
      '/relative',
      '#place',
      'mailto:two@a.example,more@b.example',
    ]) {
      expect(linksOf(read(`[press](${address})`)), address).toEqual([]);
      expect(lettersOf(read(`[press](${address})`)), address).toContain('[press]');
    }
  });

  it('never lets the text of a link be another link', () => {
    expect(linksOf(read('[https://good.example](https://evil.example)'))).toEqual(['https://evil.example/']);
    const nested = within('[a [b](https://b.example) c](https://c.example)');
    const links = nested.filter((part) => part.kind === 'link');
    expect(links.map(({ link }) => link.address)).toEqual(['https://b.example/', 'https://c.example/']);
    for (const { content } of links) expect(linksOf(content)).toEqual([]);
  });

  it('cleans what it shows like every foreign text (T48)', () => {
    expect(lettersOf(read('a\u202Eb\u200B*c\u2066*'))).toBe('abc');
    expect(lettersOf(read('x'.repeat(20_000))).length).toBeLessThanOrEqual(10_000);
  });

  it('loses no letter of any text but its signs, and links only where it may', () => {
    const sign = fc.constantFrom(
      '*',
      'a**',
      '_',
      '`',
      '[',
      '](',
      ')',
      '\n',
      '\n\n',
      '- ',
      '  - ',
      '1. ',
      '# ',
    );
    const piece = fc.oneof(
      sign,
      fc.constantFrom('a', 'b c', 'https://a.example', 'javascript:a', '```', '\\'),
    );
    const letters = (found: string): string => found.replace(/[^a-c]/g, '');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const written = pieces.join('');
        const blocks = read(written);
        for (const address of linksOf(blocks)) expect(address).toMatch(/^https:\/\/a\.example/);
        // A link shows its own text in place of its address, and a fence the name of its language not at all.
        if (!written.includes('https') && !written.includes('```'))
          expect(letters(lettersOf(blocks))).toBe(letters(written));
      }),
      { numRuns: 2_000 },
    );
  });

  // A reader that looked at each letter once for each other one would need minutes for these; one pass needs a blink.
  it.each([
    '*a ',
    '_a ',
    'a**',
    '[a',
    '](',
    '`a``',
    '![[',
    '- ',
    '  - ',
    'https://%',
    '\\',
    '[a](b',
    '(',
    '1. a\n',
    '***a',
  ])('is read in one pass, whatever is repeated: %j (T51)', (unit) => {
    // Work is measured, not waiting, so that busy neighbours count for nothing.
    const before = cpuUsage();
    expect(formattedText(unit.repeat(400_000 / unit.length), 400_000).length).toBeGreaterThan(0);
    const { user, system } = cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(20_000);
  });
});
