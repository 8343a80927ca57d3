import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { openBadgesContext } from '../testing/sign-data-integrity.ts';
import { formatOf } from './registry.ts';
import { plainCredential } from './vc-2.ts';

const credential: JsonObject = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  id: 'urn:uuid:1f0b9c62-54a3-4e3e-9b0c-0c6f5a9c7b11',
  type: ['VerifiableCredential'],
  issuer: 'did:example:issuer',
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:learner' },
};
const codesOf = (document: JsonObject) =>
  plainCredential.judge(document).flatMap((check) => (check.asks === undefined ? [] : [check.detail.code]));

describe('a credential that is no badge', () => {
  it('is found by its generation, and never shown as a badge', () => {
    expect(formatOf('vc-2.0')).toBe(plainCredential);
    expect(plainCredential.badgeOf({ generation: 'vc-2.0', document: credential })).toBeUndefined();
    expect(codesOf(credential)).toEqual([]);
  });

  it.each([
    ['type', 'missing-field'],
    ['issuer', 'missing-field'],
    ['credentialSubject', 'missing-field'],
    ['@context', 'missing-field'],
  ])('cannot be read without %s', (name, code) => {
    const { [name]: _, ...rest } = credential;
    expect(codesOf(rest)).toContain(code);
  });

  it('is held to the classes of badges where it speaks of an achievement in their words', () => {
    const achievement = { id: 'urn:uuid:1', type: ['Achievement'], name: 'JavaScript' };
    const codes = (
      subject: JsonObject,
      issuer: JsonObject | string = 'did:example:issuer',
      contexts = [...(credential['@context'] as string[]), openBadgesContext],
    ) => codesOf({ ...credential, '@context': contexts, issuer, credentialSubject: subject });
    expect(codes({ achievement })).toEqual([]);
    const { type: _, ...untyped } = achievement;
    expect(codes({ achievement: untyped })).toEqual(['missing-field']);
    expect(codes({ achievement: { ...achievement, type: ['Profile'] } })).toEqual(['wrong-type']);
    expect(codes({ achievement: { ...achievement, name: 7 } })).toEqual(['not-a-badge']);
    expect(codes({ achievement }, { id: 'did:example:issuer', type: ['Alignment'] })).toEqual(['wrong-type']);
    // In other words, or of something else, these are no classes of badges.
    expect(codes({ achievement: untyped }, undefined, credential['@context'] as string[])).toEqual([]);
    expect(codes({ id: 'did:example:learner' }, { id: 'did:example:issuer' })).toEqual([]);
  });

  it('must call itself a status list when it holds one', () => {
    const subject = { type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: 'uH4sIAAAA' };
    expect(codesOf({ ...credential, credentialSubject: subject })).toContain('wrong-type');
    const named = { ...credential, type: ['VerifiableCredential', 'BitstringStatusListCredential'] };
    expect(codesOf(named)).toEqual(['wrong-type']);
    expect(codesOf({ ...named, credentialSubject: subject })).toEqual([]);
    for (const name of ['statusPurpose', 'encodedList'] as const) {
      const { [name]: _, ...less } = subject;
      expect(codesOf({ ...named, credentialSubject: less }), name).toEqual(['missing-field']);
    }
    for (const encodedList of ['H4sIAAAA', 'H4sI+/==', 'uH4sI-_'])
      expect(codesOf({ ...named, credentialSubject: { ...subject, encodedList } })).toEqual([]);
    // What is no zipped text in the one alphabet or the other holds no list, whoever signed it.
    for (const encodedList of ['u', 'zH4sIAAAA', 'uAAAA', 'uH4sI AAAA', 'uH4sI!', 7, ['uH4sIAAAA']])
      expect(codesOf({ ...named, credentialSubject: { ...subject, encodedList } }), `${encodedList}`).toEqual(
        ['bad-value'],
      );
  });
});
