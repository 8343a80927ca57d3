import { describe, expect, it } from 'vitest';
import { errorCodes } from '../model/errors.ts';
import { findingCodes } from '../model/verdict.ts';
import { sayError, sayFinding, wordsOf } from './catalogue.ts';
import { en } from './en.ts';
import { errorWords } from './errors.ts';
import { findingWords } from './findings.ts';

const words = wordsOf('en');

/** Every text of a nested catalogue. */
function textsOf(node: unknown): readonly string[] {
  if (typeof node === 'string') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(textsOf) : [];
}

describe('the catalogue', () => {
  it('says each error in whole sentences, also when no fact came along', () => {
    for (const code of errorCodes) {
      const said = sayError({ code, facts: {} }, words);
      expect(said.happened, code).toMatch(/^[\p{Lu}“].*[.]$/u);
      expect(said.remedy, code).toMatch(/^[\p{Lu}“].*[.]$/u);
    }
  });

  it('says each finding in a whole sentence, also when no fact came along', () => {
    for (const code of findingCodes)
      expect(sayFinding({ code, facts: {} }, words).sentence, code).toMatch(/^[\p{Lu}“].*[.]$/u);
  });

  it('says that a host answered with an error, and that it did not answer only where it did not', () => {
    const said = (facts: { readonly host: string; readonly status?: number }) =>
      sayFinding({ code: 'document-unreachable', facts }, words).sentence;
    expect(said({ host: 'a.example', status: 404 })).toMatch(/^a\.example answered with the error 404 /);
    expect(said({ host: 'a.example' })).toMatch(/^a\.example did not answer, /);
  });

  it('says what came in place of a badge where that is known', () => {
    const said = (found?: string) =>
      sayFinding({ code: 'not-a-badge', facts: found === undefined ? {} : { found } }, words).sentence;
    expect(said('html')).toBe('A web page came, and not a badge.');
    expect([said('text'), said()]).toEqual(['The document is not a badge.', 'The document is not a badge.']);
  });

  it('says the issuer’s reason where there is one, and nothing of it where there is none', () => {
    const said = (reason: string) =>
      sayFinding({ code: 'has-been-revoked', facts: { reason } }, words).sentence;
    expect(said('Awarded by mistake')).toBe('The issuer has revoked it and says: “Awarded by mistake”');
    expect(said('')).toBe('The issuer has revoked it.');
  });

  it('does not shout, beg or use words of the trade', () => {
    for (const text of [...textsOf(en), ...textsOf(errorWords), ...textsOf(findingWords)]) {
      expect(text).not.toMatch(/!|oops|please|sorry/i);
      expect(text).not.toMatch(/\b(?:DID|JWT|token|hash|sync conflict|invalid state)\b/);
    }
  });
});
