import { expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { clr2 } from './clr-2.ts';

const association: JsonObject = {
  type: 'Association',
  associationType: 'isParentOf',
  sourceId: 'urn:uuid:aa8b0b2e-5b52-4e30-8b2f-3f5c2c1d9a01',
  targetId: 'urn:uuid:aa8b0b2e-5b52-4e30-8b2f-3f5c2c1d9a02',
};
const achievement: JsonObject = {
  id: 'urn:uuid:aa8b0b2e-5b52-4e30-8b2f-3f5c2c1d9a01',
  type: ['Achievement'],
  name: 'JavaScript',
  resultDescription: [
    { id: 'urn:a:1', type: ['ResultDescription'], name: 'Grade', resultType: 'LetterGrade' },
  ],
};
const identifier: JsonObject = {
  type: 'IdentityObject',
  hashed: false,
  identityHash: 'mia@learner.example',
  identityType: 'emailAddress',
};

/** What the form of a record asks for, with these below its subject. */
function asksOf(subject: JsonObject, more: JsonObject = {}): readonly string[] {
  const record = {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    id: 'urn:uuid:6e1f2a0c-0000-4000-8000-000000000001',
    type: ['VerifiableCredential', 'ClrCredential'],
    issuer: { id: 'did:example:issuer', type: ['Profile'], name: 'University' },
    validFrom: '2026-01-01T00:00:00Z',
    name: 'Transcript',
    credentialSubject: {
      id: 'did:example:mia',
      type: ['ClrSubject'],
      achievement: [achievement],
      association: [association],
      identifier: [identifier],
      ...subject,
    },
    ...more,
  };
  return clr2
    .judge(record)
    .flatMap(({ asks, detail }) => (asks === undefined ? [] : [`${asks} ${detail.facts['field']}`]));
}

it('is good with parts that say what they are', () => {
  expect(asksOf({})).toEqual([]);
  expect(asksOf({}, { evidence: [{ id: 'https://academy.example/e', type: ['Evidence'] }] })).toEqual([]);
});

it.each<[string, JsonObject]>([
  ['achievement.type', { achievement: [{ ...achievement, type: [] }] }],
  ['achievement.type', { achievement: [achievement, { ...achievement, type: ['Profile'] }] }],
  [
    'achievement.resultDescription.type',
    { achievement: [{ ...achievement, resultDescription: [{ id: 'urn:a:1' }] }] },
  ],
  ['association.type', { association: [{ ...association, type: 'Alignment' }] }],
  ['identifier.type', { identifier: [{ ...identifier, type: 'IdentifierEntry' }] }],
])('is malformed where a part is of no class, or of another: %s', (field, subject) => {
  expect(asksOf(subject)).toEqual([`malformed credentialSubject.${field}`]);
});

it('is malformed where its evidence is of no class', () => {
  expect(asksOf({}, { evidence: [{ id: 'https://academy.example/e' }] })).toEqual([
    'malformed evidence.type',
  ]);
});
