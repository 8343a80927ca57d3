import { describe, expect, it } from 'vitest';
import { backpackWords } from '../messages/backpack-words.ts';
import { importRowView } from './import-row-view.ts';
import type { ImportRow } from './use-imports.ts';

const words = backpackWords('UTC');

function rowOf(outcome: ImportRow['outcome'], name = 'badge.png'): ImportRow {
  return { id: 1, source: { kind: 'file', file: new File(['x'], name) }, outcome };
}

describe('a row of the import', () => {
  it('says that a badge came in, with its mark and the way to it', () => {
    const kept = { state: 'kept', badge: 'badge|abc', outcome: 'revoked', alreadyKept: false } as const;
    expect(importRowView(rowOf(kept), words)).toMatchObject({
      name: 'badge.png',
      word: 'In your backpack',
      mark: { mark: 'revoked', word: 'Revoked' },
      open: '#/badge/abc',
    });
    expect(importRowView(rowOf({ ...kept, alreadyKept: true }), words).word).toBe('Already in your backpack');
  });

  it('is called after the badge, and after what was given until one is known', () => {
    const kept = { state: 'kept', badge: 'badge|abc', outcome: 'valid', alreadyKept: false } as const;
    expect(importRowView({ ...rowOf(kept), badgeName: 'Kn\u202Eots' }, words)).toMatchObject({
      name: 'badge.png',
      badge: 'Knots',
    });
    expect(importRowView(rowOf(kept), words).badge).toBeUndefined();
  });

  it('says what a file without a badge is, and what to do', () => {
    const view = importRowView(
      rowOf({ state: 'unread', badge: 'badge|abc', error: { code: 'picture-without-badge', facts: {} } }),
      words,
    );
    expect(view.sentence).toMatch(/^This picture has no badge inside\. Download/);
  });

  it('asks before a check leads into the learner’s own network, whatever was imported', () => {
    const error = { code: 'private-address', facts: { host: 'printer.local' } } as const;
    const view = importRowView(rowOf({ state: 'failed', error }), words);
    expect(view.askPrivate).toEqual({ label: 'Ask printer.local', host: 'printer.local' });
  });

  it('offers to keep an address whose issuer does not answer, and says then that it is not checked', () => {
    const error = { code: 'offer-unreachable', facts: { host: 'issuer.example' } } as const;
    const address = 'https://issuer.example/1';
    const typed = { id: 1, source: { kind: 'address', address } } as const;
    const failed = { state: 'failed', error } as const;
    expect(importRowView({ ...typed, outcome: failed }, words).keepLater).toBeUndefined();
    const view = importRowView({ ...typed, outcome: { ...failed, later: 'import:1' } }, words);
    expect(view.keepLater).toBe('Keep and check later');
    const kept = {
      state: 'kept',
      badge: 'offer|abc',
      outcome: 'unreachable',
      alreadyKept: false,
    } as const;
    expect(importRowView({ ...typed, outcome: kept }, words)).toMatchObject({
      word: 'In your backpack',
      mark: { mark: 'not-checked' },
      open: '#/offer/abc',
    });
  });

  it('opens an envelope of several badges into a row for each', () => {
    const envelope = rowOf({ state: 'several', parts: ['{}', '{}'] }, 'all.json');
    expect(importRowView(envelope, words)).toMatchObject({
      name: 'all.json',
      word: 'Opened',
      sentence: 'It holds 2 badges; each has a row of its own below.',
    });
    const part = { kind: 'part', text: '{}', number: 2, of: envelope.source } as const;
    expect(importRowView({ id: 2, source: part, outcome: { state: 'reading' } }, words).name).toBe(
      'Badge 2 of all.json',
    );
  });

  it('offers the badges inside a record, whether the record came in or asks first', () => {
    const record = { state: 'kept', badge: 'badge|abc', outcome: 'valid', alreadyKept: false } as const;
    const view = importRowView(rowOf({ ...record, parts: ['{}', 'a.b.c'] }), words);
    expect(view.keepInside).toBe('Keep the 2 badges inside as well');
    expect(importRowView(rowOf(record), words).keepInside).toBeUndefined();
  });

  it('refuses a file that is too large in one sentence', () => {
    expect(importRowView(rowOf({ state: 'too-large' }), words).sentence).toBe(
      'A badge file can have at most 5 MB.',
    );
  });

  it('cleans the name of a file (T48)', () => {
    expect(importRowView(rowOf({ state: 'reading' }, 'a\u202Egnp.exe'), words).name).toBe('agnp.exe');
  });
});
