import { describe, expect, it } from 'vitest';
import { parseSha256, parseUrl } from '../../shared/model/brands.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import { firstDraft, saidToggled, toggled } from './share-draft.ts';

const [one, two, three]: readonly [DocId, DocId, DocId] = ['badge|one', 'badge|two', 'badge|three'];
const address = parseUrl('https://backpack.example/@ada');
const cover = parseSha256('C'.repeat(43));
if (!address.ok) throw address.error;
if (!cover.ok) throw cover.error;
const published = {
  address: address.value,
  handle: 'ada',
  badges: [one, two],
  collections: [],
  said: [two],
  search: true,
  theme: 'ember',
  cover: cover.value,
} as const;

describe('what is put together for publishing', () => {
  it('begins with what is published, and the badge that the learner came from', () => {
    expect(firstDraft(published, three, [one, two, three])).toEqual({
      badges: [one, two, three],
      said: [two],
      name: '',
      about: '',
      handle: 'ada',
      search: true,
      theme: 'ember',
      cover: { hash: cover.value },
    });
    expect(firstDraft(undefined, undefined, [one])).toMatchObject({
      badges: [],
      search: false,
      theme: 'paper',
      cover: undefined,
    });
  });

  it('leaves out what was removed from the backpack, so that the rest can still be published', () => {
    expect(firstDraft(published, undefined, [two, three]).badges).toEqual([two]);
  });

  it('is turned one badge at a time', () => {
    const draft = firstDraft(published, undefined, [one, two]);
    expect(toggled(draft, one).badges).toEqual([two]);
    expect(saidToggled(draft, one).said).toEqual([two, one]);
    expect(saidToggled(draft, two).said).toEqual([]);
  });
});
