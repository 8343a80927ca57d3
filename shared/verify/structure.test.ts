import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { judgeStructure } from './structure.ts';

const context = 'https://w3id.org/openbadges/v2';
const badgeClass = {
  '@context': context,
  id: 'https://a.example/badge',
  type: 'BadgeClass',
  name: 'Good Teammate',
  description: 'Helps',
  criteria: 'https://a.example/criteria',
  issuer: 'https://a.example/issuer',
};

async function outcomeOf(value: unknown, atHand: Readonly<Record<string, JsonObject>> = {}) {
  const bytes = utf8(typeof value === 'string' ? value : JSON.stringify(value));
  return (await judgeStructure(bytes, (address) => atHand[address])).outcome;
}

describe('the form of an object, asked alone', () => {
  it('is good for a part that stands alone, its picture and its issuer elsewhere', async () => {
    expect(await outcomeOf(badgeClass)).toBe('valid');
    expect(await outcomeOf({ '@context': context, id: 'https://a.example/i', type: 'Profile' })).toBe(
      'valid',
    );
    expect(
      await outcomeOf({
        '@context': context,
        type: 'AlignmentObject',
        targetName: 'x',
        targetUrl: 'https://a.example',
      }),
    ).toBe('valid');
  });

  it('is bad when what it links to, being at hand, is of another class', async () => {
    const issuer = { '@context': context, id: badgeClass.issuer, type: 'Criteria' };
    expect(await outcomeOf(badgeClass, { [badgeClass.issuer]: issuer })).toBe('malformed');
    expect(await outcomeOf(badgeClass, { [badgeClass.issuer]: { ...issuer, type: 'Issuer' } })).toBe('valid');
    expect(await outcomeOf(badgeClass, { [badgeClass.criteria]: { narrative: 'No type is needed' } })).toBe(
      'valid',
    );
    expect(await outcomeOf(badgeClass, { [badgeClass.criteria]: { type: 'Issuer' } })).toBe('malformed');
  });

  it('is bad for what cannot be read, and for what claims a vocabulary that does not exist', async () => {
    expect(await outcomeOf('')).toBe('malformed');
    expect(await outcomeOf('abcd')).toBe('malformed');
    expect(await outcomeOf('{"@context": ')).toBe('malformed');
    expect(await outcomeOf({ ...badgeClass, '@context': 'https://w3id.org/openbadges/v22' })).toBe(
      'malformed',
    );
    expect(
      await outcomeOf({ type: 'Assertion', id: 'https://a.example/1', verification: { type: 'hosted' } }),
    ).toBe('malformed');
  });

  it('is not for us to judge in what is no badge', async () => {
    expect(await outcomeOf({ hello: 'world' })).toBe('unsupported');
    expect(await outcomeOf('openid-credential-offer://?credential_offer=%7B%7D')).toBe('unsupported');
  });

  it('answers for any bytes and any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map(utf8),
          fc.object().map((value) => utf8(JSON.stringify({ ...badgeClass, ...value }))),
        ),
        async (bytes) => {
          const { outcome } = await judgeStructure(new Uint8Array(bytes));
          expect(['valid', 'malformed', 'unsupported']).toContain(outcome);
        },
      ),
    );
  });
});
