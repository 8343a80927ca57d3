import { describe, expect, it } from 'vitest';
import { parseSha256 } from '../../shared/model/brands.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import { backpackWords } from '../messages/backpack-words.ts';
import { isShownOnPage, type KeptProfile } from '../store/profile-doc.ts';
import { publishedRows } from './published-view.ts';
import { removedNotice } from './removed-notice.ts';

const words = backpackWords('UTC');
const [here, removed, elsewhere]: readonly [DocId, DocId, DocId] = ['badge|here', 'badge|gone', 'badge|else'];
const hash = parseSha256('A'.repeat(43));
if (!hash.ok) throw hash.error;

describe('a published badge that was removed from the backpack', () => {
  it('is said to be public still, with the way to the page where that is ended', () => {
    expect(removedNotice('Welding', true, words)).toEqual({
      text: '“Welding” was moved to the trash. It is still on your page.',
      link: { text: 'Sharing', address: '#/sharing' },
    });
    expect(removedNotice('Welding', false, words)).toEqual({ text: '“Welding” was moved to the trash.' });
  });

  it('counts as shown from the first moment that it may be, until it is ended', () => {
    const profile: KeptProfile = {
      handle: 'ada',
      name: '',
      about: '',
      badges: [here],
      said: [],
      collections: [],
      search: false,
      theme: 'paper',
      state: 'sending',
      manifest: { seq: 1, h: hash.value },
    };
    expect(isShownOnPage(profile, here)).toBe(true);
    expect(isShownOnPage({ ...profile, state: 'published' }, here)).toBe(true);
    expect(isShownOnPage({ ...profile, state: 'ended' }, here)).toBe(false);
    expect(isShownOnPage(profile, removed)).toBe(false);
    expect(isShownOnPage(undefined, here)).toBe(false);
  });

  it('is listed by its name while that is known, and never as a badge without one', () => {
    const rows = publishedRows(
      [here, removed, elsewhere],
      [{ id: here, name: 'Reading' }],
      [{ id: removed, name: 'welding\u202E.png' }],
      words,
    );
    expect(rows).toEqual([
      { id: here, text: 'Reading', open: '#/badge/here' },
      { id: removed, text: '“welding.png”, removed from your backpack' },
      { id: elsewhere, text: 'A badge that is not in your backpack' },
    ]);
  });
});
