import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseZonedTime } from '../model/time.ts';
import { primitiveValues } from './values.ts';

const tables: Readonly<
  Record<string, { readonly good: readonly unknown[]; readonly bad: readonly unknown[] }>
> = {
  url: {
    good: [
      'http://localhost:3000/123',
      'HTTPS://www.EXAMPLE.cOm/',
      'http://142.42.1.1/',
      'https://köln.example/ü',
    ],
    bad: [
      '',
      'a',
      '//x',
      'http://',
      'http:///x',
      'http:// x.example',
      'ftp://x.example',
      'javascript:alert(1)',
      'http://a b',
      'http://..',
      7,
      null,
    ],
  },
  iri: {
    good: [
      '_:b0',
      'urn:uuid:9D278beb-36cf-4bc8-888d-674ff9843d72',
      'did:key:z6Mk',
      'urn:isbn:9780141036144',
      'https://a.example/',
    ],
    bad: [
      '',
      'urn:uuid',
      'urn:uuid:',
      'urn:uuid:123',
      'data:,x',
      'javascript:alert(1)',
      'Assertion',
      '_:',
      {},
    ],
  },
  'data-uri': {
    good: [
      'data:,',
      'data:image/png;base64,AAAA',
      'data:text/plain;charset=UTF-8;page=21,the%20data:1234,5678',
    ],
    bad: ['data:image/gif', 'http://a.example', 'data:bad:path', ' data:,', 1],
  },
  'url-authority': {
    good: ['google.com', 'nerds.example.com', 'badges.example:8443', 'localhost:4200', 'köln.example'],
    bad: [
      '666',
      'bears',
      'http://google.com/',
      'bears.com/thewoods',
      '192.168.0.1',
      '1::6:7:8',
      'a..b',
      '-a.example',
      '',
    ],
  },
  email: {
    good: ['ada@example.org', 'cool+uncool@example.org'],
    bad: ['', 'ada', '@', 'a@', ' a@b.c', 'a@b@c', 'a [at] b', []],
  },
  telephone: {
    good: ['+64010', '+18006662344;ext=666'],
    bad: ['1-800-666-DEVIL', '1 (555) 555-5555', '', '+0123'],
  },
  datetime: {
    good: [
      '2016-12-31T23:59:59Z',
      '2017-09-30T00:00Z',
      '2019-10-02T11:29:25-04:00',
      '1977-06-10T12:00:00+0800',
      '2016-12-31T23:59:60Z',
      '2020-02-29T00:00:00.123456Z',
    ],
    bad: [
      '2016-12-31',
      '2016-12-31T23:59:59',
      '2015-04-31T00:00:00Z',
      '2019-02-29T00:00:00Z',
      '2016-12-31T25:00:00Z',
      '1483228799',
      1483228799,
      'yesterday',
      '',
    ],
  },
  'identity-hash': {
    good: [`sha256$${'aB'.repeat(32)}`, `md5$${'0f'.repeat(16)}`],
    bad: ['sha256$', `sha256$${'g'.repeat(64)}`, 'ada@example.org', `sha256$${'a'.repeat(63)}`],
  },
  boolean: { good: [true, false], bad: ['true', 1, null] },
  language: { good: ['en', 'es-ES', 'zh-Hant-TW'], bad: ['', 'e', 'en_US', 'english language'] },
  'compact-iri': {
    good: ['id', 'email', 'telephone', 'url', 'schema:duns', 'https://a.example/id'],
    bad: ['sloths', '', 'two words', 7, null, 'javascript:alert(1)'],
  },
  'rdf-type': {
    good: ['Assertion', 'schema:Person', 'http://example.com/CoolClass'],
    bad: ['', 'a b', 7, 'javascript:alert(1)', 'UNKNOWN'],
  },
};

describe('the values of 2.0', () => {
  for (const [name, table] of Object.entries(tables)) {
    it(`${name} takes what the standard allows and nothing else`, () => {
      const judge = primitiveValues[name];
      const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));
      expect(table.good.filter((value) => judge?.(asJson(value)) !== true)).toEqual([]);
      expect(table.bad.filter((value) => judge?.(asJson(value)) !== false)).toEqual([]);
    });
  }

  it('a time means the same moment in every zone', () => {
    expect(parseZonedTime('2019-10-02T11:29:25-04:00')).toBe('2019-10-02T15:29:25.000Z');
    expect(parseZonedTime('2019-10-02T15:29:25+0000')).toBe('2019-10-02T15:29:25.000Z');
    expect(parseZonedTime('2019-10-02T15:29:25.9999Z')).toBe('2019-10-02T15:29:25.999Z');
  });

  it('answers yes or no to any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(primitiveValues)), (value, name) => {
        expect(typeof primitiveValues[name]?.(JSON.parse(JSON.stringify(value)))).toBe('boolean');
      }),
    );
  });

  it('T51: costs no more than linear time on hostile text', () => {
    const seeds = [
      'a.',
      'a-',
      'urn:a',
      '+1',
      'data:;',
      '0',
      'a@',
      '_:a',
      'http://a',
      'en-',
      'a:',
      '2016-12-31T',
      'did:a:',
    ];
    const timeOf = (size: number) => {
      const began = performance.now();
      for (const seed of seeds) {
        const text = seed.repeat(Math.ceil(size / seed.length));
        for (const judge of Object.values(primitiveValues)) judge(`${text}\u0000`);
        parseZonedTime(`${text}!`);
      }
      return performance.now() - began;
    };
    // The quickest of several: what else the machine does only ever makes one slower.
    const cost = (size: number) => Math.min(...Array.from({ length: 7 }, () => timeOf(size)));
    // Linear would be 10; quadratic 100. The floor keeps the clock's own grain out of the quotient.
    expect(cost(100_000) / Math.max(cost(10_000), 2)).toBeLessThan(40);
  });
});
