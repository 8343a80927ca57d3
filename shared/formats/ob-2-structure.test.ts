import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../model/json.ts';
import { ob2Classes } from './ob-2-classes.ts';
import { judgeOb2, judgeOb2ByType, ob2ClassOf } from './ob-2-structure.ts';

const context = 'https://w3id.org/openbadges/v2';
const issuer = {
  id: 'https://a.example/issuer',
  type: 'Issuer',
  name: 'A',
  url: 'https://a.example',
  email: 'a@a.example',
};
const badge = {
  id: 'https://a.example/badge',
  type: 'BadgeClass',
  name: 'Good Teammate',
  description: 'Helps',
  image: 'https://a.example/badge.png',
  criteria: { narrative: 'Help somebody' },
  issuer,
  alignment: [{ targetName: 'Helping', targetUrl: 'https://a.example/helping' }],
  tags: ['team'],
};
const assertion = {
  '@context': context,
  id: 'https://a.example/assertion',
  type: 'Assertion',
  recipient: { type: 'email', hashed: true, salt: 's', identity: `sha256$${'0f'.repeat(32)}` },
  badge,
  verification: { type: 'hosted' },
  issuedOn: '2020-01-01T00:00:00Z',
  evidence: [{ 'id:': 'misspelt', narrative: 'It went well' }, 'https://a.example/evidence'],
};

function broken(object: unknown): readonly string[] {
  return judgeOb2(JSON.parse(JSON.stringify(object)), 'Assertion')
    .filter((finding) => finding.weight === 'broken')
    .map((finding) => `${finding.code} ${finding.field}`);
}

describe('the form of a 2.0 badge', () => {
  it('is good when all that is required is there, embedded or linked', () => {
    expect(judgeOb2(JSON.parse(JSON.stringify(assertion)), 'Assertion')).toEqual([]);
    expect(broken({ ...assertion, badge: 'https://a.example/badge' })).toEqual([]);
    expect(broken({ ...assertion, badge: { id: 'urn:uuid:9d278beb-36cf-4bc8-888d-674ff9843d72' } })).toEqual(
      [],
    );
    expect(broken({ ...assertion, verification: undefined, verify: { type: ['SignedBadge'] } })).toEqual([]);
    expect(broken({ ...assertion, type: ['Assertion', 'https://a.example/Award'] })).toEqual([]);
  });

  it.each(['id', 'type', 'recipient', 'badge', 'verification', 'issuedOn'])(
    'is broken without %s',
    (name) => {
      expect(broken({ ...assertion, [name]: undefined })).toEqual([`missing-field ${name}`]);
      expect(broken({ ...assertion, [name]: null })).toEqual([`missing-field ${name}`]);
    },
  );

  it.each(['id', 'type', 'name', 'description', 'criteria', 'issuer'])(
    'is broken when its badge class lacks %s',
    (name) => {
      expect(broken({ ...assertion, badge: { ...badge, [name]: undefined } })).toEqual([
        `missing-field badge.${name}`,
      ]);
    },
  );

  const bad: readonly [string, object, string][] = [
    ['a picture as data in the assertion', { image: 'data:image/png;base64,AAAA' }, 'bad-value image'],
    [
      'a picture as data in an object of the assertion',
      { image: { id: 'data:image/png;base64,AAAA', caption: 'A badge' } },
      'bad-value image.id',
    ],
    ['a day that does not exist', { issuedOn: '2015-04-31T00:00:00Z' }, 'bad-value issuedOn'],
    ['a time without zone', { expires: '2030-01-01T00:00:00' }, 'bad-value expires'],
    ['a time in seconds', { issuedOn: 1577836800 }, 'bad-value issuedOn'],
    [
      'hashed as text',
      { recipient: { ...assertion.recipient, hashed: 'true' } },
      'bad-value recipient.hashed',
    ],
    ['hashed as number', { recipient: { ...assertion.recipient, hashed: 1 } }, 'bad-value recipient.hashed'],
    [
      'a plain identity that is called hashed',
      { recipient: { ...assertion.recipient, identity: 'a@b.c' } },
      'bad-value recipient.identity',
    ],
    [
      'a hash that is called plain',
      { recipient: { ...assertion.recipient, hashed: false } },
      'bad-value recipient.identity',
    ],
    [
      'a hash of a kind and length that is none',
      { recipient: { ...assertion.recipient, identity: 'sha1billion$abc123' } },
      'bad-value recipient.identity',
    ],
    [
      'criteria that say nothing',
      { badge: { ...badge, criteria: {} } },
      'missing-field badge.criteria.narrative',
    ],
    [
      'criteria that name their class alone',
      { badge: { ...badge, criteria: { type: 'Criteria', narrative: null } } },
      'missing-field badge.criteria.narrative',
    ],
    ['a recipient as text', { recipient: 'a@b.c' }, 'bad-value recipient'],
    ['several badges', { badge: ['https://a.example/1', 'https://a.example/2'] }, 'bad-value badge'],
    ['an address as id that is none', { id: 'award 7' }, 'bad-value id'],
    ['a word nobody defined', { type: ['Assertion', 'UNKNOWN'] }, 'undefined-term type'],
    ['another class', { type: 'BadgeClass' }, 'wrong-type type'],
    [
      'an issuer that is a Criteria',
      { badge: { ...badge, issuer: { ...issuer, type: 'Criteria' } } },
      'wrong-type badge.issuer.type',
    ],
    [
      'a way of verification that is none',
      { verification: { type: 'VerificationObject' } },
      'bad-value verification.type',
    ],
    [
      'an alignment without target',
      { badge: { ...badge, alignment: { targetName: 'x' } } },
      'missing-field badge.alignment.targetUrl',
    ],
  ];
  it.each(bad)('is broken by %s', (_name, change, finding) => {
    expect(broken({ ...assertion, ...change })).toContain(finding);
  });

  it('knows an embedded object by its place where its type is one of somebody else', () => {
    const picture = { id: 'https://a.example/badge.png', caption: 'A badge' };
    const place = { targetName: 'Helping', targetUrl: 'https://a.example/helping' };
    const weights = (change: object) =>
      judgeOb2(JSON.parse(JSON.stringify({ ...badge, ...change })), 'BadgeClass').map(({ weight }) => weight);
    for (const type of ['schema:ImageObject', 'https://schema.org/ImageObject'])
      expect(weights({ image: { ...picture, type } }), type).toEqual(['loose']);
    expect(weights({ image: { ...picture, type: ['Image', 'schema:ImageObject'] } })).toEqual([]);
    expect(weights({ alignment: { ...place, type: 'schema:AlignmentObject' } })).toEqual(['loose']);
    for (const type of ['BadgeClass', ['schema:ImageObject', 'Criteria'], 'ImageObject'])
      expect(weights({ image: { ...picture, type } }), String(type)).toContain('broken');
    expect(weights({ issuer: { ...issuer, type: 'schema:Organization' } })).toEqual(['broken']);
  });

  it('tells a kind of recipient that the standard does not name, hidden or not', () => {
    const hash = assertion.recipient.identity;
    const said = (type: string, identity: string, hashed: boolean) =>
      judgeOb2({ ...assertion, recipient: { type, identity, hashed } }, 'Assertion').map(
        ({ field }) => field,
      );
    for (const [identity, hashed] of [
      ['999', false],
      [hash, true],
    ] as const) {
      expect(said('schema:duns', identity, hashed)).toEqual(['recipient.type']);
      expect(said('url', identity, hashed)).toEqual([]);
    }
  });

  it('judges a recipient by what his values mean, in whatever brackets they stand', () => {
    const hash = assertion.recipient.identity;
    const of = (recipient: object) => broken({ ...assertion, recipient: { type: 'email', ...recipient } });
    for (const identity of [hash, [hash], { '@value': hash }]) {
      expect(of({ identity, hashed: [true] })).toEqual([]);
      expect(of({ identity, hashed: false })).toEqual(['bad-value recipient.identity']);
    }
    for (const identity of ['a@b.c', ['a@b.c'], { '@value': 'a@b.c' }]) {
      expect(of({ identity, hashed: [false] })).toEqual([]);
      expect(of({ identity, hashed: true })).toEqual(['bad-value recipient.identity']);
    }
    expect(of({ identity: '', hashed: false })).toContain('bad-value recipient.identity');
  });

  it('says that a text was left empty where there has to be one, and reads the badge', () => {
    const weights = (change: object) =>
      judgeOb2(JSON.parse(JSON.stringify({ ...badge, ...change })), 'BadgeClass').map(({ weight }) => weight);
    expect(weights({ description: '' })).toEqual(['loose']);
    expect(weights({ name: ' ' })).toEqual(['loose']);
    expect(weights({ description: 7 })).toEqual(['broken']);
  });

  it('takes a list of nothing for nothing, and nothing among other values for a slip', () => {
    for (const tags of [[], [null], [null, null]])
      expect(broken({ ...assertion, badge: { ...badge, tags } })).toEqual([]);
    expect(broken({ ...assertion, expires: [null] })).toEqual([]);
    expect(broken({ ...assertion, issuedOn: [null] })).toEqual(['missing-field issuedOn']);
    expect(broken({ ...assertion, badge: { ...badge, tags: [null, 'team'] } })).toEqual([
      'bad-value badge.tags',
    ]);
  });

  it('takes an object with nothing but an id for the link that it is, wherever a link may stand', () => {
    const of = (revocationList: object) =>
      judgeOb2(JSON.parse(JSON.stringify({ ...issuer, revocationList })), 'Profile').map(
        ({ weight }) => weight,
      );
    expect(of({ id: 'https://a.example/revoked' })).toEqual([]);
    expect(of({ '@id': 'https://a.example/revoked', type: null })).toEqual([]);
    expect(of({ id: 'revoked' })).toEqual(['broken']);
    expect(broken({ ...assertion, evidence: { id: 'data:text/plain,Done' } })).toEqual([]);
    expect(broken({ ...assertion, evidence: { id: 'done' } })).toEqual(['bad-value evidence.id']);
    expect(of({ id: 'https://a.example/revoked', type: 'RevocationList' })).toEqual(['broken']);
    expect(broken({ ...assertion, id: { id: assertion.id } })).toEqual(['bad-value id']);
    expect(broken({ ...assertion, issuedOn: { id: 'https://a.example/time' } })).toEqual([
      'bad-value issuedOn',
    ]);
  });

  it('is no worse for a key that says too little', () => {
    const withKey = (publicKey: object) =>
      judgeOb2(JSON.parse(JSON.stringify({ ...issuer, publicKey })), 'Profile');
    const key = { id: 'https://a.example/key', owner: issuer.id, publicKeyPem: '-----BEGIN PUBLIC KEY-----' };
    expect(withKey(key)).toEqual([]);
    expect(withKey({ ...key, owner: null }).map(({ weight }) => weight)).toEqual(['loose']);
    expect(withKey({ ...key, publicKeyPem: 7 }).map(({ weight }) => weight)).toEqual(['broken']);
  });

  it('asks nothing more of what was taken back than which it was', () => {
    const findings = (stub: JsonObject) =>
      judgeOb2ByType({ '@context': context, ...stub }).map(({ code, field }) => `${code} ${field}`);
    expect(findings({ id: assertion.id, revoked: true })).toEqual([]);
    expect(findings({ id: assertion.id, type: 'Assertion', revoked: true })).toEqual([]);
    expect(findings({ revoked: true })).toEqual(['missing-field id']);
    expect(findings({ id: assertion.id, revoked: false })).toEqual(['missing-field type']);
  });

  it('takes an e-mail address that was left empty for none, and words for no address', () => {
    const findings = (email: string) => judgeOb2({ ...issuer, email }, 'Profile').map(({ weight }) => weight);
    expect(findings('')).toEqual([]);
    expect(findings('a@a.example')).toEqual([]);
    expect(findings('ask at the door')).toEqual(['broken']);
  });

  it('names each badge of a revocation list by its id or its uid', () => {
    const findings = (revokedAssertions: Json) =>
      judgeOb2ByType({ '@context': context, type: 'RevocationList', revokedAssertions }).map(
        ({ code }) => code,
      );
    const id = 'urn:uuid:9d278beb-36cf-4bc8-888d-674ff9843d72';
    for (const good of [[], [id], id, [{ id, revocationReason: 'A mistake' }], [{ uid: 'd3c4ff' }]])
      expect(findings(good)).toEqual([]);
    for (const bad of [
      ['d3c4ff'],
      [7],
      [null],
      [{ id: 'd3c4ff' }],
      [{ uid: 17 }],
      [{}],
      { [id]: 'A mistake' },
    ])
      expect(findings(bad), JSON.stringify(bad)).toEqual(['bad-value']);
    expect(findings(null)).toEqual(['missing-field']);
  });

  it('needs nothing but its id once it is revoked', () => {
    expect(broken({ '@context': context, id: assertion.id, type: 'Assertion', revoked: true })).toEqual([]);
  });

  it('takes an object of a class given by its address as well formed, and none without a class', () => {
    expect(
      judgeOb2ByType({ '@context': context, id: 'https://a.example/x', type: 'https://a.example/Cool' }),
    ).toEqual([]);
    expect(judgeOb2ByType({ '@context': context, id: 'https://a.example/x', type: [] })).toHaveLength(1);
    expect(judgeOb2ByType({ '@context': { Cool: 'https://a.example/Cool' }, type: 'Cool' })).toEqual([]);
  });

  it('finds the class of each kind by its word', () => {
    for (const [name, rules] of Object.entries(ob2Classes)) {
      for (const type of rules.types) expect(ob2ClassOf({ type })).toBe(name);
    }
  });

  it('answers for any JSON in bounds', () => {
    const anything = fc.object({
      key: fc.constantFrom(...Object.keys(assertion), ...Object.keys(badge), 'x'),
      maxDepth: 4,
    });
    fc.assert(
      fc.property(anything, fc.constantFrom(...Object.keys(ob2Classes)), (value, name) => {
        const object: JsonObject = JSON.parse(JSON.stringify({ ...value, type: name }));
        expect(judgeOb2ByType(object).length).toBeLessThanOrEqual(50);
        expect(judgeOb2(object, 'Assertion').length).toBeLessThanOrEqual(50);
      }),
    );
  });

  it('never loses a broken part behind many loose ones', () => {
    const endorsement: Json = Array.from({ length: 200 }, () => 'not an address');
    const findings = judgeOb2(
      JSON.parse(JSON.stringify({ ...assertion, recipient: 1, endorsement })),
      'Assertion',
    );
    expect(findings.some((finding) => finding.weight === 'broken')).toBe(true);
  });
});
