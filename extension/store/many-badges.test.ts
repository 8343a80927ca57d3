import { expect, it } from 'vitest';
import { pageOf } from '../testing/page-of.ts';

/** `keep` keeps so many badges from a number on; `reading` counts the records that the browser hands over meanwhile. */
const { inPage } = pageOf(
  'checked-in-page.ts',
  `
  const { databaseOf, docTables, emptyDoc, putDocs, readCards, withFields } = all;
  const store = databaseOf('tried');
  const now = '2026-11-24T12:00:00.000Z';
  const keep = (from, count) => store.write(docTables, (inside) => putDocs(inside, Array.from({ length: count }, (_, index) =>
    withFields(emptyDoc('badge|' + String(from + index).padStart(43, '0')), {
      made: now, as: 'claimed', original: 'o', container: 'json', name: 'A badge with a name of usual length ' + (from + index),
      verdict: { outcome: 'valid', reason: 'all-passed', checks: [], documents: [], at: now },
      snapshot: { taken: now, documents: [] },
    }, '0'.repeat(33))), now));
  const reading = async (work) => {
    let records = 0;
    const count = (request, many) => request.addEventListener('success', () => {
      records += many ? request.result.length : Number(request.result != null);
    });
    const { get, getAll } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.get = function (...asked) { const one = get.apply(this, asked); count(one, false); return one; };
    IDBObjectStore.prototype.getAll = function (...asked) { const some = getAll.apply(this, asked); count(some, true); return some; };
    await work();
    Object.assign(IDBObjectStore.prototype, { get, getAll });
    return records;
  };
  `,
);

it('a badge more is kept and listed among a thousand by reading far fewer records than there are badges', async () => {
  const found = (await inPage(`
    await keep(0, 1_000);
    let listed = [];
    const records = await reading(async () => {
      await keep(1_000, 1);
      listed = await readCards(store);
    });
    return [records, listed.length, listed.some(({ name }) => name.endsWith(' 1000'))];`)) as readonly unknown[];
  expect(found.slice(1)).toEqual([1_001, true]);
  expect(found[0]).toBeGreaterThan(10);
  expect(found[0]).toBeLessThan(150);
});
