import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { judgeStructure } from '../verify/structure.ts';
import { openBadges05 } from './ob-0.5.ts';
import { judgeOb1 } from './ob-1-structure.ts';

const hash = `sha256$${'ab'.repeat(32)}`;
const png = 'data:image/png;base64,iVBORw0K\nGg\no\n=';

const objects: Readonly<Record<string, JsonObject>> = {
  '0.5': {
    recipient: hash,
    salt: 'seasalt',
    evidence: '/evidence',
    expires: '2013-06-06',
    issued_on: '2013-01-01',
    badge: {
      version: '0.5.0',
      criteria: '/criteria',
      image: '/image',
      name: 'Robotics',
      description: 'Builds robots',
      issuer: { origin: 'https://a.example', name: 'School', org: 'Society', contact: 'badges@a.example' },
    },
  },
  assertion: {
    uid: 'd3c4ff',
    recipient: { identity: hash, salt: 'seasalt', hashed: true, type: 'email' },
    verify: { type: 'hosted', url: 'https://a.example/assertion' },
    badge: 'https://a.example/badge',
    issuedOn: '2013-02-18T18:10+0500',
    expires: '2014-02-18T18:10+0500',
    image: 'https://a.example/image',
    evidence: 'https://a.example/evidence',
  },
  badge: {
    name: 'Robotics',
    description: 'Builds robots',
    image: 'https://a.example/image',
    criteria: 'https://a.example/criteria',
    issuer: 'https://a.example/issuer',
    alignment: [{ name: 'Standard', url: 'https://a.example/1', description: 'some' }],
    tags: ['robots'],
  },
  issuer: {
    name: 'School',
    url: 'https://a.example',
    description: 'Awards badges',
    image: 'https://a.example/image',
    email: 'badges@a.example',
    revocationList: 'https://a.example/revocations',
  },
};

const texts = { good: ['words'], bad: [['no', 'text'], { no: 'text' }] };
const emails = {
  good: ['mia@a.example', 'mia+x@a.example', 'ümlaut@a.example'],
  bad: ['mia', 'mia@a', '@.com', '909090', '__!@', ['a'], {}],
};
const addresses = {
  good: [
    'https://a.example',
    'http://a.co.uk/x',
    'http://localhost:8080/x?y=z',
    'https://a.example:443/x-y_/z.json',
  ],
  bad: ['/path', 'not an address', 'ftp://a.example/x', 'gopher://x?', ['a'], {}],
};
const paths = {
  good: ['/path', '/fremd/crázy/å/', 'https://a.example/x'],
  bad: ['-not', 'ftp://bad', '@.com:90/', 'just wrong', ['a'], {}],
};
const times = {
  good: [1_361_561_067, '2012-01-01'],
  bad: ['ever ago', '@.com:90/', '2001-10-190-19', '901d1', '000000000000000000000', 20_120_101, ['a'], {}],
};
const isoTimes = {
  good: ['2013-02', '201302', '2013-02-21T15:18Z', '20130221T1518-0500', 1_359_217_910],
  bad: ['20', '2013022', 'January 12th', '08/13/1985', '1361561085305', '2015-04-31', ['a'], {}],
};
const images = {
  good: [png, ...addresses.good],
  bad: ['data:text/html,<h1>hey</h1>', 'data:image/jpeg;base64,<bunch of stuff>', 'none', ['a'], {}],
};

const flags = { good: [true, false, 'false', ''], bad: ['true', 'yes', 1, {}, [true]] };
const crowd = Array.from({ length: 1001 }, () => 'https://a.example/evidence');

type Table = readonly [
  string,
  string,
  { readonly good: readonly Json[]; readonly bad: readonly Json[] },
  'required' | 'optional',
];
const tables: readonly Table[] = [
  [
    '0.5',
    'recipient',
    {
      good: [
        'mia@a.example',
        hash,
        `sha1$${'0'.repeat(40)}`,
        `md5$${'F'.repeat(32)}`,
        `sha512$${'0'.repeat(128)}`,
      ],
      bad: ['sha1stuff', 'bcrypt$5$some', 'mia', ['a'], {}],
    },
    'required',
  ],
  ['0.5', 'salt', texts, 'optional'],
  ['0.5', 'evidence', paths, 'optional'],
  ['0.5', 'expires', times, 'optional'],
  ['0.5', 'revoked', flags, 'optional'],
  ['0.5', 'issued_on', times, 'optional'],
  ['0.5', 'badge', { good: [], bad: ['just a text', [1, 2]] }, 'required'],
  ['0.5', 'badge.name', texts, 'required'],
  ['0.5', 'badge.description', texts, 'required'],
  ['0.5', 'badge.image', { good: [...paths.good, png], bad: paths.bad }, 'required'],
  ['0.5', 'badge.criteria', paths, 'required'],
  [
    '0.5',
    'badge.version',
    { good: ['0.1.1', 'v1.2.1', '1.0'], bad: ['v100', '50', 'v10.1alpha', '1.2.x', ['a'], {}] },
    'optional',
  ],
  ['0.5', 'badge.issuer', { good: [], bad: ['a text', [1]] }, 'required'],
  ['0.5', 'badge.issuer.name', texts, 'required'],
  ['0.5', 'badge.issuer.org', texts, 'optional'],
  ['0.5', 'badge.issuer.contact', emails, 'optional'],
  [
    '0.5',
    'badge.issuer.origin',
    {
      good: ['http://a.example', 'https://a.example:80', 'http://a.example/', 'a.example'],
      bad: [
        '-not',
        'ftp://bad',
        '@.com:90/',
        'just wrong',
        'http://a.example/what',
        'http://a.example:8080/no',
        ['a'],
        {},
      ],
    },
    'required',
  ],
  ['assertion', 'uid', texts, 'required'],
  ['assertion', 'recipient', { good: [], bad: ['a text', [1]] }, 'required'],
  ['assertion', 'recipient.identity', { ...texts, bad: [...texts.bad, 7] }, 'required'],
  [
    'assertion',
    'recipient.type',
    { good: ['email', 'EMAIL', 'eMaIl'], bad: ['anything else', 'facebook', ['a']] },
    'required',
  ],
  [
    'assertion',
    'recipient.hashed',
    { good: [true, false, 'TrUE', 'false'], bad: ['bad', 'definitely not', 1, {}] },
    'required',
  ],
  ['assertion', 'recipient.salt', texts, 'optional'],
  ['assertion', 'verify', { good: [], bad: ['a text', [1]] }, 'required'],
  [
    'assertion',
    'verify.type',
    { good: ['hosted', 'HOstED', 'SIgnED'], bad: ['implicit', 'word of mouth', {}] },
    'required',
  ],
  ['assertion', 'verify.url', addresses, 'required'],
  ['assertion', 'badge', addresses, 'required'],
  ['assertion', 'issuedOn', isoTimes, 'required'],
  ['assertion', 'expires', isoTimes, 'optional'],
  ['assertion', 'evidence', addresses, 'optional'],
  ['assertion', 'evidence', { good: [crowd.slice(1)], bad: [crowd] }, 'optional'],
  ['assertion', 'revoked', flags, 'optional'],
  ['assertion', 'image', images, 'optional'],
  ['badge', 'name', texts, 'required'],
  ['badge', 'description', texts, 'required'],
  ['badge', 'image', images, 'required'],
  ['badge', 'criteria', addresses, 'required'],
  ['badge', 'issuer', addresses, 'required'],
  ['badge', 'tags', { good: [['these', 'are']], bad: [['some', false], { no: 'list' }] }, 'optional'],
  [
    'badge',
    'alignment',
    {
      good: [[{ name: 'S', url: 'https://a.example', extra: 'x' }]],
      bad: [
        [{ name: 'S' }],
        [{ url: 'https://a.example' }],
        [{ name: 'S', url: '/x' }],
        [{ name: {}, url: 'https://a.example' }],
        [{ name: 'S', url: 'https://a.example', description: {} }],
        ['S'],
      ],
    },
    'optional',
  ],
  ['issuer', 'name', texts, 'required'],
  ['issuer', 'url', addresses, 'required'],
  ['issuer', 'description', texts, 'optional'],
  ['issuer', 'image', images, 'optional'],
  ['issuer', 'email', emails, 'optional'],
  ['issuer', 'revocationList', addresses, 'optional'],
];

function withField(object: JsonObject, path: string, value: Json | undefined): JsonObject {
  const [head = '', ...rest] = path.split('.');
  const { [head]: inner, ...others } = object;
  if (rest.length > 0)
    return { ...object, [head]: withField(isJsonObject(inner) ? inner : {}, rest.join('.'), value) };
  return value === undefined ? others : { ...others, [head]: value };
}

async function outcomeOf(object: JsonObject): Promise<string> {
  return (await judgeStructure(utf8(JSON.stringify(object)))).outcome;
}

describe.each(tables)('%s: %s', (name, field, { good, bad }, presence) => {
  const object = objects[name] ?? {};
  it('takes good values and no bad one', async () => {
    for (const value of good)
      expect([value, await outcomeOf(withField(object, field, value))]).toEqual([value, 'valid']);
    for (const value of bad)
      expect([value, await outcomeOf(withField(object, field, value))]).toEqual([value, 'malformed']);
  });
  it('is missed only where it is required, a null as much as an absence', async () => {
    const expected = presence === 'required' ? 'malformed' : 'valid';
    for (const absent of [undefined, null])
      expect(await outcomeOf(withField(object, field, absent))).toBe(expected);
  });
});

it('tells a bare recipient of 0.5 beside a salt, which says that he is hidden', () => {
  const told = (change: JsonObject) =>
    openBadges05
      .judge({ ...objects['0.5'], ...change })
      .map(({ outcome, detail }) => [outcome, detail.facts['field']]);
  const loose = ['warning', 'recipient'];
  expect(told({ recipient: 'mia@a.example', salt: 'seasalt' })).toContainEqual(loose);
  for (const salt of ['', null]) expect(told({ recipient: 'mia@a.example', salt })).not.toContainEqual(loose);
  expect(told({ recipient: hash, salt: 'seasalt' })).not.toContainEqual(loose);
});

it('judges 1.1 by its types, aliases and small letters included', async () => {
  const context = { '@context': 'https://w3id.org/openbadges/v1' };
  for (const type of ['Issuer', 'IssuerOrg', 'issuerorg', ['Issuer', 'https://a.example/Kind']])
    expect(await outcomeOf({ ...context, type, ...objects['issuer'] })).toBe('valid');
  expect(await outcomeOf({ ...context, type: 'Assertion', ...objects['issuer'] })).toBe('malformed');
  const { verify: _, uid: __, ...rest } = objects['assertion'] ?? {};
  const named = { ...context, type: 'Assertion', id: 'https://a.example/assertion', ...rest };
  expect(await outcomeOf({ ...named, verification: { type: 'hosted' } })).toBe('valid');
  expect(await outcomeOf(named)).toBe('malformed');
});

it('answers for any object', () => {
  fc.assert(
    fc.property(fc.object(), (value) => {
      const parsed = JSON.parse(JSON.stringify(value)) as JsonObject;
      openBadges05.judge(parsed);
      for (const as of ['Assertion', 'BadgeClass', 'Issuer'] as const) judgeOb1(parsed, as);
    }),
  );
});
