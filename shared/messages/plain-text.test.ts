import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fill, formatsOf } from './formats.ts';
import { cut, plainParagraphs, plainText } from './plain-text.ts';

describe('foreign text (T48)', () => {
  it('loses the controls that turn neighbouring text around', () => {
    expect(plainText('safe\u202Egnp.exe\u202C \u2066x\u2069\u200F', 100)).toBe('safegnp.exe x');
  });

  it('loses what nobody sees', () => {
    expect(plainText('Har\u200Bvard\u2060 Uni\u00ADversity\uFEFF\u{E0041}\u115F', 100)).toBe(
      'Harvard University',
    );
  });

  it('keeps the joiners that emoji and Persian are spelt with, and no others', () => {
    expect(plainText('👩\u200D🚀', 100)).toBe('👩\u200D🚀');
    expect(plainText('می\u200Cخواهم', 100)).toBe('می\u200Cخواهم');
    expect(plainText('a \u200D\u200D b\u200D', 100)).toBe('a b');
  });

  it('keeps right-to-left scripts as they are', () => {
    expect(plainText('مدرسة البرمجة', 100)).toBe('مدرسة البرمجة');
  });

  it('cuts towers of marks to three', () => {
    expect(plainText(`Z${'\u0301'.repeat(50)}`, 100)).toBe('Z\u0301\u0301\u0301');
  });

  it('cuts at the limit and not one character before', () => {
    expect(cut('abcde', 5)).toBe('abcde');
    expect(cut('abcdef', 5)).toBe('abcd…');
    expect(plainText('x'.repeat(10_000), 200)).toHaveLength(200);
  });

  it('keeps line breaks in longer texts, at most two in a row', () => {
    expect(plainParagraphs('one\r\n\n\n\n\ntwo\u2028three', 100)).toBe('one\n\ntwo\nthree');
  });

  it('is bounded, well formed and free of controls, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.integer({ min: 2, max: 60 }),
        (text, limit) => {
          const once = plainText(text, limit);
          expect(Array.from(once).length).toBeLessThanOrEqual(limit);
          expect(once.isWellFormed()).toBe(true);
          expect(once).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069\u200B]/u);
        },
      ),
    );
  });
});

describe('sentences with slots', () => {
  const formats = formatsOf('en');

  it('says what stands there when a fact is absent', () => {
    expect(fill('{host|the issuer} did not answer.', {}, formats)).toBe('The issuer did not answer.');
    expect(fill('{host|the issuer} did not answer.', { host: 'a.example' }, formats)).toBe(
      'a.example did not answer.',
    );
  });

  it('writes instants as days and numbers in the language', () => {
    expect(fill('Until {until}.', { until: '2026-03-12T00:00:00.000Z' }, formats)).toBe(
      'Until 12 March 2026.',
    );
    expect(fill('At most {limit} files.', { limit: 20000 }, formats)).toBe('At most 20,000 files.');
  });

  it('does not take a slot out of a foreign value', () => {
    expect(fill('Named {name}.', { name: '{host}', host: 'x' }, formats)).toBe('Named {host}.');
  });

  it('picks the plural', () => {
    const forms = { one: '{count} badge', other: '{count} badges' };
    expect(formats.plural(1, forms)).toBe('1 badge');
    expect(formats.plural(2000, forms)).toBe('2,000 badges');
  });
});
