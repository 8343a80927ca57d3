import { describe, expect, it } from 'vitest';
import { directionOf, isolated } from './direction.ts';
import { fill, formatsOf } from './formats.ts';

describe('the direction of words', () => {
  it('is that of their language', () => {
    for (const language of ['ar', 'he', 'fa-IR', 'ur', 'ckb'])
      expect(directionOf(language), language).toBe('rtl');
    for (const language of ['en', 'en-GB', 'de', 'arn', 'hu', 'ur1'])
      expect(directionOf(language)).toBe('ltr');
    expect(formatsOf('en').direction).toBe('ltr');
  });

  it('turns nothing of a sentence that a foreign name stands in', () => {
    const say = (name: string) => fill('“{name}” was moved to the trash.', { name }, formatsOf('en'));
    expect(say('ليلى')).toBe('“\u2068ليلى\u2069” was moved to the trash.');
    expect(say('JavaScript')).toBe('“JavaScript” was moved to the trash.');
    // Marks that the name brought along are gone: it cannot get out of its own.
    expect(say('\u2069\u202Eab שלום')).toBe('“\u2068ab שלום\u2069” was moved to the trash.');
    expect(isolated('C++', 'rtl')).toBe('\u2068C++\u2069');
  });
});
