import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../model/json.ts';
import { openBadges3 } from './ob-3.ts';
import { recipientsOf } from './recipients.ts';
import { formatOf } from './registry.ts';

const achievement: JsonObject = {
  id: 'https://academy.example/achievements/1',
  type: ['Achievement'],
  name: 'JavaScript',
  description: 'Writes it',
  criteria: { narrative: 'Three tasks' },
};
const subject: JsonObject = { id: 'did:example:mia', type: ['AchievementSubject'], achievement };
const credential: JsonObject = {
  '@context': [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  ],
  id: 'urn:uuid:aa8b0b2e-5b52-4e30-8b2f-3f5c2c1d9a01',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: 'did:example:issuer', type: ['Profile'], name: 'School' },
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: subject,
};
const withAchievement = (change: JsonObject): JsonObject => ({
  ...credential,
  credentialSubject: { ...subject, achievement: { ...achievement, ...change } },
});
const asksOf = (document: JsonObject) => [
  ...new Set(openBadges3.judge(document).flatMap((check) => check.asks ?? [])),
];

describe('the form of a 3.0 badge', () => {
  it('is found by its generation and judged good', () => {
    expect(formatOf('3.0')).toBe(openBadges3);
    expect(openBadges3.judge(credential).map((check) => check.detail.code)).toEqual(['well-formed']);
  });

  it('tells the words of the first data model in the second', () => {
    const told = (document: JsonObject) =>
      openBadges3
        .judge(document)
        .filter(({ outcome }) => outcome === 'warning')
        .map(({ detail }) => detail.facts['field']);
    expect(told({ ...credential, expirationDate: '2030-01-01T00:00:00Z' })).toEqual(['expirationDate']);
    const first = ['https://www.w3.org/2018/credentials/v1', ...(credential['@context'] as Json[]).slice(1)];
    const { validFrom, ...rest } = credential;
    expect(told({ ...rest, '@context': first, issuanceDate: validFrom ?? null })).toEqual([]);
  });

  it('leaves the contexts of drafts to whoever knows contexts', () => {
    const [first = ''] = credential['@context'] as Json[];
    const beside = (address: string) => ({ ...credential, '@context': [first, address] });
    expect(asksOf(beside('https://imsglobal.github.io/openbadges-specification/context.json'))).toEqual([]);
    expect(asksOf(beside('https://w3id.org/security/data-integrity/v2'))).toEqual(['malformed']);
  });

  it.each<[string, JsonObject]>([
    ['no context', { ...credential, '@context': [] }],
    [
      'contexts in another order',
      { ...credential, '@context': [...(credential['@context'] as Json[])].reverse() },
    ],
    ['no Open Badges context', { ...credential, '@context': ['https://www.w3.org/ns/credentials/v2'] }],
    ['an id that is no URI', { ...credential, id: 'badge 1' }],
    ['no issuer', { ...credential, issuer: [] }],
    ['an issuer without id', { ...credential, issuer: { type: ['Profile'], name: 'School' } }],
    ['an issuer of another class', { ...credential, issuer: { id: 'did:example:i', type: ['Image'] } }],
    ['two issuers', { ...credential, issuer: ['did:example:a', 'did:example:b'] }],
    ['no subject', { ...credential, credentialSubject: [] }],
    ['two subjects', { ...credential, credentialSubject: [subject, subject] }],
    ['a subject of another class', { ...credential, credentialSubject: { ...subject, type: ['Profile'] } }],
    [
      'no achievement',
      { ...credential, credentialSubject: { id: 'did:example:mia', type: ['AchievementSubject'] } },
    ],
    ['an achievement without name', withAchievement({ name: ' ' })],
    ['an achievement of another class', withAchievement({ type: ['Badge'] })],
    ['an alignment without class', withAchievement({ alignment: [{ targetName: 'x' }] })],
    ['a creator of another class', withAchievement({ creator: { id: 'did:example:c', type: ['Person'] } })],
    ['types that are no words', { ...credential, evidence: [{ type: [7] }] }],
    ['a day that does not exist', { ...credential, validUntil: '2026-02-30T00:00:00Z' }],
    ['a time without zone', { ...credential, validFrom: '2026-01-01T00:00:00' }],
  ])('is malformed with %s', (_, document) => {
    expect(asksOf(document)).toEqual(['malformed']);
  });

  it.each<[string, JsonObject]>([
    ['a string as issuer', { ...credential, issuer: 'did:example:issuer' }],
    ['nobody named', { ...credential, credentialSubject: { type: ['AchievementSubject'], achievement } }],
    ['no criteria and no description', withAchievement({ criteria: null, description: null })],
    ['a picture without class', withAchievement({ image: { id: 'https://academy.example/1.png' } })],
  ])('is read, with a warning at most, for %s', (_, document) => {
    expect(asksOf(document)).toEqual([]);
  });
});

describe('the view of a 3.0 badge', () => {
  it('holds what the document says', () => {
    const badge = openBadges3.badgeOf({ generation: '3.0', document: credential });
    expect(badge).toMatchObject({
      id: credential['id'],
      achievement: { name: 'JavaScript', description: 'Writes it', criteria: { narrative: 'Three tasks' } },
      issuer: { id: 'did:example:issuer', name: 'School' },
      recipients: [{ type: 'did', identity: 'did:example:mia', hashed: false }],
      validFrom: '2026-01-01T00:00:00.000Z',
    });
  });

  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [1, false],
  ])('names somebody by a hash where it says so, in the word or the value: %j', (hashed, isHash) => {
    const identifier = {
      type: 'IdentityObject',
      hashed,
      identityHash: 'md5$00',
      identityType: 'emailAddress',
    };
    const document = { ...credential, credentialSubject: { type: ['AchievementSubject'], identifier } };
    expect(recipientsOf(document)).toEqual([{ type: 'email', identity: 'md5$00', hashed: isHash }]);
  });

  it('ends at the earlier of what the credential and its token say', () => {
    const document = { ...credential, validUntil: '2027-01-01T00:00:00Z' };
    const token = {
      text: '',
      header: {},
      payload: { exp: 1_780_000_000 },
      signed: new Uint8Array(),
      signature: new Uint8Array(),
    };
    expect(openBadges3.validityOf({ generation: '3.0', document, token }).until).toBe(
      '2026-05-28T20:26:40.000Z',
    );
  });
});
