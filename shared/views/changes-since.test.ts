import { describe, expect, it } from 'vitest';
import { wordsOf } from '../messages/catalogue.ts';
import { instantOf, type Sha256 } from '../model/brands.ts';
import type { Outcome } from '../model/verdict.ts';
import {
  type ChangeCode,
  type CheckedState,
  changeCodes,
  changeSentences,
  changesSince,
} from './changes-since.ts';

const words = wordsOf('en');
const claimed = instantOf(Date.UTC(2026, 2, 12));
const today = instantOf(Date.UTC(2026, 10, 24));
const keys = 'https://academy.example/.well-known/did.json';
const list = 'https://academy.example/status/1';
const documents = (keysHash: string, listHash: string) => [
  { address: keys, hash: keysHash as Sha256 },
  { address: list, hash: listHash as Sha256 },
];
const before: CheckedState = {
  at: claimed,
  outcome: 'valid',
  reason: 'all-passed',
  issuerProof: { kind: 'host', host: 'academy.example', encrypted: true },
  badge: { name: 'Fractions', description: 'Adds them.', criteria: 'A test.', issuerName: 'Academy' },
  documents: documents('one', 'list'),
};

function codes(now: Partial<CheckedState>, then: Partial<CheckedState> = {}): readonly ChangeCode[] {
  return changesSince({ ...before, ...then }, { ...before, at: today, ...now }, words).map(
    ({ code }) => code,
  );
}

describe('what changed since the claim', () => {
  it('says nothing of a badge whose issuer answers as it did', () => {
    expect(codes({})).toEqual([]);
    // A list of revoked badges changes for other badges' sake.
    expect(codes({ documents: documents('one', 'another list') })).toEqual([]);
  });

  it('tells a revocation, a suspension, an end and a badge that is gone apart', () => {
    expect(codes({ outcome: 'revoked', reason: 'has-been-revoked' })).toEqual(['revoked']);
    expect(codes({ outcome: 'revoked', reason: 'is-suspended' })).toEqual(['suspended']);
    expect(codes({ outcome: 'revoked', reason: 'gone' })).toEqual(['gone']);
    expect(codes({ outcome: 'expired', reason: 'has-expired' })).toEqual(['ended']);
    expect(codes({ outcome: 'invalid', reason: 'signature-bad' })).toEqual(['verdict']);
    expect(codes({}, { outcome: 'revoked' as Outcome, reason: 'is-suspended' })).toEqual(['good-again']);
  });

  it('says that the issuer has changed its key, and with which the badge was checked', () => {
    const rotated = { outcome: 'invalid', reason: 'key-not-listed', issuerProof: { kind: 'none' } } as const;
    const changes = changesSince(
      before,
      { ...before, ...rotated, at: today, documents: documents('two', 'list') },
      words,
    );
    expect(changes.map(({ code }) => code)).toEqual(['verdict', 'key-withdrawn']);
    expect(changeSentences(changes, words)[1]).toBe(
      'The issuer has changed its key since; on 12 March 2026 the badge was checked with the key of that day, which is kept here.',
    );
    // The twin: a key was added, and the one of the badge still counts.
    expect(codes({ documents: documents('two', 'list') })).toEqual(['keys-changed']);
  });

  it('names the issuer’s new name, the new host, and each word of the badge that changed', () => {
    expect(
      codes({
        badge: { name: 'Fractions', description: 'Adds them.', criteria: 'A test.', issuerName: 'Other' },
      }),
    ).toEqual(['issuer-name']);
    expect(codes({ issuerProof: { kind: 'host', host: 'other.example', encrypted: true } })).toEqual([
      'issuer-proof',
    ]);
    expect(
      codes({
        badge: {
          name: 'Numbers',
          description: 'All.',
          criteria: 'None.',
          issuerName: 'Academy',
          expires: today,
        },
      }),
    ).toEqual(['end-added', 'name', 'description', 'criteria']);
    const ending = { ...before.badge, name: 'Fractions', expires: claimed };
    expect(codes({ badge: { ...ending, expires: today } }, { badge: ending })).toEqual(['end-moved']);
    expect(codes({}, { badge: ending })).toEqual(['end-dropped']);
  });

  it('never names a key or a host that was not proven', () => {
    const elsewhere = { kind: 'unconfirmed', key: 'did:key:z6MkEvil', why: 'key-elsewhere' } as const;
    expect(codes({ issuerProof: elsewhere })).toEqual([]);
  });

  it('has a whole sentence for each change', () => {
    const facts = { since: claimed, was: 'a', now: 'b' };
    for (const sentence of changeSentences(
      changeCodes.map((code) => ({ code, facts })),
      words,
    )) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
      expect(sentence).not.toMatch(/[{}]/);
    }
  });
});
