import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { claimsOpenBadges, generationOf } from './generation.ts';

const v2 = 'https://www.w3.org/ns/credentials/v2';
const samples: readonly [string | undefined, JsonObject][] = [
  ['0.5', { recipient: 'a@b.c', badge: { name: 'x', issuer: { origin: 'https://a.example', name: 'A' } } }],
  [
    '1.0',
    { uid: '1', recipient: { type: 'email' }, verify: { type: 'hosted' }, badge: 'https://a.example/b' },
  ],
  ['1.1', { '@context': 'https://w3id.org/openbadges/v1', type: 'Assertion' }],
  ['2.0', { '@context': 'https://w3id.org/openbadges/v2', type: 'Assertion' }],
  ['2.0', { '@context': [{ obi: 'https://w3id.org/openbadges#' }], type: 'BadgeClass' }],
  ['2.0', { '@context': 'https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld', type: 'Assertion' }],
  ['3.0', { '@context': [v2], type: ['VerifiableCredential', 'OpenBadgeCredential'] }],
  [
    '3.0',
    {
      '@context': ['https://www.w3.org/2018/credentials/v1'],
      type: ['VerifiableCredential', 'AchievementCredential'],
    },
  ],
  ['3.0', { '@context': [v2], type: ['VerifiableCredential', 'EndorsementCredential'] }],
  ['clr-2.0', { '@context': [v2], type: ['VerifiableCredential', 'ClrCredential'] }],
  ['3.0', { type: ['VerifiableCredential', 'OpenBadgeCredential'] }],
  [
    'vc-2.0',
    {
      '@context': [v2, 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    },
  ],
  ['vc-2.0', { '@context': [v2], type: ['VerifiableCredential', 'Driving'] }],
  [undefined, { '@context': 'https://purl.imsglobal.org/spec/ob/v2p1/ob_v2p1.jsonld', badgeConnectAPI: [] }],
  [undefined, { '@context': 'https://example.org/context', type: 'UnknownBadgeType' }],
  ['2.0', { type: 'Assertion', id: 'https://a.example/1', verification: { type: 'hosted' } }],
  ['0.5', { recipient: 'a@b.c', badge: 'just a text', issued_on: '2012-01-01' }],
  ['1.0', { recipient: 'a@b.c', verify: { type: 'hosted' }, badge: { issuer: {} } }],
  [undefined, { name: 'A', url: 'https://a.example' }],
  [undefined, { hello: 'world' }],
];

describe('the generation of a document', () => {
  it.each(samples)('is %s by its shape', (generation, document) => {
    expect(generationOf(document)).toBe(generation);
  });

  it('is claimed, but not known, by a misspelt context', () => {
    const document = { '@context': 'https://w3id.org/openbadges/invalid', type: 'Assertion' };
    expect(generationOf(document)).toBeUndefined();
    expect(claimsOpenBadges(document)).toBe(true);
    expect(claimsOpenBadges({ '@context': 'https://w3id.org.evil.example/openbadges/' })).toBe(false);
  });

  it('answers for any object', () => {
    fc.assert(fc.property(fc.object(), (value) => void generationOf(JSON.parse(JSON.stringify(value)))));
  });
});
