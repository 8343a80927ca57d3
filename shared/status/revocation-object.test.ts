import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../model/json.ts';
import { judgeRevocationObject } from './revocation-object.ts';

const uid = 'award-1';
const id = 'https://academy.example/awards/1';

function outcomeOf(list: Json, document: JsonObject = { uid, id }): string {
  const check = judgeRevocationObject(list, { document });
  return check.outcome === 'passed' ? 'passed' : String(check.asks);
}

describe('the revocation list of 1.x', () => {
  it.each<[string, Json, string]>([
    ['names nobody', {}, 'passed'],
    ['names another', { 'award-2': 'Issued in error.' }, 'passed'],
    ['names it with a reason', { [uid]: 'Issued in error.' }, 'revoked'],
    ['names it without a reason', { [uid]: '' }, 'revoked'],
    ['names it with nothing', { [uid]: null }, 'revoked'],
    ['names it by its id', { [id]: 'Issued in error.' }, 'revoked'],
    ['says that it is not revoked', { [uid]: false }, 'passed'],
    ['is one of 2.0 that names it', { type: 'RevocationList', revokedAssertions: [{ uid }] }, 'revoked'],
    [
      'is one of 2.0 that names another',
      { type: 'RevocationList', revokedAssertions: [{ uid: 'award-2' }] },
      'passed',
    ],
    ['is a plain list of nobody', [], 'passed'],
    ['is a plain list that names another', ['award-2', { uid: 'award-3' }], 'passed'],
    ['is a plain list that names it', ['award-2', uid], 'revoked'],
    ['is a plain list of objects that name it', [{ uid, revocationReason: 'Issued in error.' }], 'revoked'],
    ['is a plain list of what names nobody', [['award-2'], 7], 'invalid'],
    ['is a plain list with a name that was left empty', ['award-2', { uid: ' ' }], 'invalid'],
    ['is no list at all', 'award-1', 'invalid'],
  ])('%s', (_, list, outcome) => {
    expect(outcomeOf(list)).toBe(outcome);
  });

  it('does not take what every object has for a revoked badge', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty'])
      expect(outcomeOf({}, { uid: name })).toBe('passed');
    expect(outcomeOf(JSON.parse('{"constructor":"Issued in error."}'), { uid: 'constructor' })).toBe(
      'revoked',
    );
  });

  it('finds a number among the names', () => {
    expect(outcomeOf({ '17': 'Issued in error.' }, { uid: 17 })).toBe('revoked');
    expect(outcomeOf({ '17': 'Issued in error.' }, { uid: 18 })).toBe('passed');
  });

  it('knows a badge by every spelling of its name that means the same', () => {
    const list = (name: string): Json => ({ type: 'RevocationList', revokedAssertions: [name] });
    const uuid = 'urn:uuid:9d278beb-36cf-4bc8-888d-674ff9843d72';
    expect(outcomeOf(list(uuid.toUpperCase()), { id: uuid })).toBe('revoked');
    expect(outcomeOf(list('HTTPS://Academy.example:443/awards/1'))).toBe('revoked');
    expect(outcomeOf(list('https://academy.example/AWARDS/1'))).toBe('passed');
    expect(outcomeOf(list(uuid.replace('9d', '9e')), { id: uuid })).toBe('passed');
    expect(outcomeOf({ D3C4FF: '' }, { uid: 'd3c4ff' })).toBe('passed');
  });

  it('shows no more of a reason than a person reads', () => {
    const reason: Json = 'x'.repeat(100_000);
    const { detail } = judgeRevocationObject({ [uid]: reason }, { document: { uid } });
    expect(String(detail.facts['reason']).length).toBeLessThanOrEqual(500);
  });
});
