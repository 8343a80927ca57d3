import { expect, it } from 'vitest';
import { pageOf } from '../testing/page-of.ts';

/** What the popup says and lists show of a database, once it has been opened as it is made today. */
const { inPage } = pageOf(
  'upgraded-in-page.ts',
  `
  const { databaseOf, makeFormer, readCard, readCards, readFootFacts } = all;
  const card = (number) => ({ id: 'badge|' + String(number).padStart(4, '0'), kind: 'badge', name: 'Badge ' + number,
    kept: '2026-11-' + String(10 + number % 20) + 'T12:00:00.000Z', tags: [], text: 'x'.repeat(500) });
  const rowsOf = (count) => Array.from({ length: count }, (_, number) => card(number));
  const store = databaseOf('tried');
  const shown = async () => ({ cards: (await readCards(store)).length, counted: (await readFootFacts('tried')).badges,
    one: (await readCard('badge|0007', store))?.name, doc: (await store.docs.get('badge|0007'))?.w,
    packs: await store.cardPacks.count() > 1 });
  `,
);

it('a database of one card a record becomes one of packs, with every card, counted', async () => {
  const found = await inPage(`
    await makeFormer('tried', { cards: rowsOf(300), docs: [{ id: 'badge|0007', w: 'as it was' }] });
    // The popup may ask before anybody has opened it as it is today.
    const before = (await readFootFacts('tried')).badges;
    return { before, ...(await shown()) };`);
  expect(found).toEqual({
    before: 300,
    cards: 300,
    counted: 300,
    one: 'Badge 7',
    doc: 'as it was',
    packs: true,
  });
});

it('an empty one stays empty, and a new one begins so', async () => {
  const nothing = { cards: 0, counted: 0, packs: false };
  expect(await inPage(`await makeFormer('tried', {}); return shown();`)).toEqual(nothing);
  expect(await inPage(`indexedDB.deleteDatabase('tried'); return shown();`)).toEqual(nothing);
});

it('what is written afterwards is counted with them', async () => {
  const found = await inPage(`
    await makeFormer('tried', { cards: rowsOf(30) });
    await store.write(['cardPacks', 'local'], async ({ cards }) => {
      await cards.put([card(7), card(30), card(31)]);
      await cards.remove(['badge|0001', 'badge|none']);
    });
    return shown();`);
  expect(found).toMatchObject({ cards: 31, counted: 31 });
});
