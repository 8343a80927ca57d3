import { describe, expect, it } from 'vitest';
import { pageOf } from './testing/page-of.ts';

/**
 * Saving everything and taking it back in, over the learner's own database in a real browser. `keep` keeps a badge, `save`
 * saves everything, `opened` gives the paths of the badges in it once each was read.
 */
const { inPage } = pageOf(
  'archive-in-page.ts',
  `
    const { accountRows, databaseOf, emptyDoc, openArchive, restoreArchive, splitBlob, utf8, withFields } = all;
    const store = databaseOf('tried');
    const now = '2026-11-24T12:00:00.000Z';
    const stamp = '0'.repeat(33);
    const deps = { store, clock: () => now, random: (count) => crypto.getRandomValues(new Uint8Array(count)),
      alone: (work) => work() };
    const keep = async (name, text, hash, v = 1) => {
      const bytes = utf8(text);
      const original = hash ?? (await all.sha256Of(bytes));
      await store.blobs.bulkPut(splitBlob(original, bytes));
      const doc = withFields(emptyDoc('badge|' + original), {
        made: now, as: 'claimed', original, container: 'json',
        badge: { achievement: { name, tags: [] }, issuer: { id: '' }, recipients: [] },
        verdict: { outcome: 'valid', reason: 'all-passed', checks: [], documents: [], at: now },
        snapshot: { taken: now, documents: [] },
      }, stamp);
      await store.docs.put({ ...doc, v });
      return doc.id;
    };
    const save = (clock = () => now) => all.exportArchive(accountRows(store), store, clock, () => '');
    const opened = async (saved) => {
      const archive = await openArchive(saved.archive, accountRows(store));
      if (!archive.ok) return archive.error.code;
      const files = archive.value.archive.index.files.map(({ path }) => path).filter((path) => path.startsWith('badges/'));
      for (const path of files) if (!(await archive.value.archive.read(path)).ok) return path;
      return files;
    };
`,
);

describe('a saved backpack opens again (T70)', () => {
  it('whatever its badges are called', async () => {
    const found = await inPage(`
      await keep('a' + '\\u{1D49C}'.repeat(40), 'long');
      await keep('../../etc/passwd', 'path');
      await keep('con\\u0000|?*<>"', 'signs');
      await keep('\\u202Etxt.exe', 'turned');
      return opened(await save());`);
    expect(found).toHaveLength(4);
    for (const path of found as string[]) expect(path).toMatch(/^badges\/[\p{L}\p{N}_-]+\.json$/u);
  });

  it('also where badges of one name have hashes that begin alike, in capitals or not', async () => {
    const hashes = ['AAAAAAAA', 'AAAAAAAA', 'aAaaAAAA'].map(
      (begin, index) => begin + String(index).repeat(35),
    );
    const found = await inPage(`
      for (const [index, hash] of ${JSON.stringify(hashes)}.entries()) await keep('Alike', 'badge ' + index, hash);
      return opened(await save());`);
    expect(found).toEqual([
      'badges/Alike-AAAAAAAA.json',
      'badges/Alike-AAAAAAAA-2.json',
      'badges/Alike-aAaaAAAA-3.json',
    ]);
  });

  it.each(['1970-01-01T00:00:00.000Z', '2026-11-24T12:00:00.000Z', '2150-06-01T00:00:00.000Z'])(
    'when the clock shows %s',
    async (time) => {
      const found = await inPage(`
        await keep('One', 'one');
        return opened(await save(() => '${time}'));`);
      expect(found).toHaveLength(1);
    },
  );
});
