import { describe, expect, it } from 'vitest';
import { pageOf } from '../testing/page-of.ts';

/** The store as a real browser has it: `store` is the small store at its second version. */
const { inPage, page, another } = pageOf(
  'store-in-page.ts',
  `
  const { liveQuery, opened, rowOf, rowsUpTo } = all;
  const store = (globalThis.store ??= opened(2));
  `,
);

const rowNamed = (number: number) => ({
  id: `000${number}`,
  at: `day ${9 - number}`,
  text: `row ${number}`,
});

const threw = (lines: string) =>
  `try { ${lines} return 'nothing'; } catch (error) { return error.name + ' ' + error.message; }`;

describe('a table', () => {
  it('gives and takes rows, one by one and many at once', async () => {
    const found = await inPage(`
      await store.notes.put(rowOf(1));
      await store.notes.bulkPut([rowOf(2), rowOf(3)]);
      await store.notes.bulkPut([]);
      await store.notes.delete('0001');
      return [await store.notes.get('0002'), await store.notes.get('0001'),
        (await store.notes.bulkGet(['0003', '0001'])).map((row) => row?.id ?? null), await store.notes.count()];`);
    expect(found).toEqual([{ id: '0002', at: 'day 7', text: 'row 2' }, undefined, ['0003', null], 2]);
  });

  it('chooses by key and by index, a part of them, in their order', async () => {
    const found = await inPage(`
      await store.notes.bulkPut(rowsUpTo(12));
      const ids = (rows) => rows.map(({ id }) => Number(id));
      return [ids(await store.notes.rows({ limit: 3 })), ids(await store.notes.rows({ index: 'at', limit: 3 })),
        ids(await store.notes.rows({ beginning: '001' })), ids(await store.notes.rows({ index: 'at', below: 'day 1' })),
        await store.notes.keys({ index: 'at', beginning: 'day 9' }), (await store.notes.keys()).length];`);
    expect(found).toEqual([[0, 1, 2], [9, 8, 7], [10, 11], [9], ['0000', '0010'], 12]);
  });

  it('finds the last row up to a key, or none', async () => {
    const found = await inPage(`
      await store.notes.bulkPut([rowOf(3), rowOf(5)]);
      return Promise.all(['0002', '0003', '0004', '9'].map(async (key) => (await store.notes.lastUpTo(key))?.id ?? null));`);
    expect(found).toEqual([null, '0003', '0003', '0005']);
  });

  it('deletes what was chosen and says how many', async () => {
    const found = await inPage(`
      await store.notes.bulkPut(rowsUpTo(12));
      const gone = await store.notes.deleteChosen({ index: 'at', below: 'day 2' });
      const oldest = await store.notes.deleteChosen({ index: 'at', limit: 1 });
      return [gone, oldest, await store.notes.keys({ limit: 20 })];`);
    const left = ['0000', '0001', '0002', '0003', '0004', '0005', '0006', '0010', '0011'];
    expect(found).toEqual([2, 1, left]);
  });

  it.each([0, 1, 100, 250])('walks through all of %i rows once', async (count) => {
    const found = await inPage(`
      await store.notes.bulkPut(rowsUpTo(${count}));
      const seen = [];
      await store.notes.each(({ id }) => seen.push(Number(id)));
      return seen;`);
    expect(found).toEqual(Array.from({ length: count }, (_, number) => number));
  });
});

describe('a transaction', () => {
  it('writes all of it', async () => {
    const found = await inPage(`
      const given = await store.write(['notes', 'others'], async (inside) => {
        await inside.notes.put(rowOf(1));
        await inside.others.put(rowOf(2));
        return (await inside.notes.get('0001')).text;
      });
      return [given, await store.notes.count(), await store.others.count()];`);
    expect(found).toEqual(['row 1', 1, 1]);
  });

  it.each([
    ['its work fails', `throw new Error('enough')`, 'Error enough'],
    ['a row cannot be kept', `await inside.others.put({ id: '1', at: () => 1 })`, /^DataCloneError /],
    ['a row has no key', `await inside.others.put({ at: '1' })`, /^DataError /],
    ['a table was not named', `await inside.unnamed.put(rowOf(3))`, /^TypeError /],
  ])('writes nothing of it when %s', async (_, last, message) => {
    expect(
      await inPage(
        threw(`await store.write(['notes', 'others'], async (inside) => {
          await inside.notes.put(rowOf(1));
          await inside.others.bulkPut([rowOf(2)]);
          ${last};
        });`),
      ),
    ).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
    expect(await inPage(`return [await store.notes.count(), await store.others.count()]`)).toEqual([0, 0]);
  });

  it('that only reads writes nothing', async () => {
    const said = await inPage(threw(`await store.read(['notes'], (inside) => inside.notes.put(rowOf(1)));`));
    expect(said).toMatch(/^ReadOnlyError /);
    expect(await inPage(`return store.notes.count()`)).toBe(0);
  });
});

describe('whoever listens', () => {
  const listen = `
    globalThis.heard = [];
    globalThis.silent = store.onChange((tables) => globalThis.heard.push(tables));
    await store.notes.count();`;
  const write = `await store.write(['notes', 'others'], async (inside) => {
    await inside.others.count();
    await inside.notes.put(rowOf(1));
  });`;

  it('hears here and in another page which tables were changed, and of none that were only read', async () => {
    const other = await another();
    await inPage(listen);
    await inPage(listen, other);
    await inPage(write);
    expect(await page().evaluate('heard')).toEqual([['notes']]);
    await other.waitForFunction('heard.length > 0');
    expect(await other.evaluate('heard')).toEqual([['notes']]);
  });

  it('hears nothing of what was undone, nor after it has stopped listening', async () => {
    await inPage(listen);
    await inPage(
      threw(
        `await store.write(['notes'], async (inside) => { await inside.notes.put(rowOf(1)); throw 1; });`,
      ),
    );
    expect(await page().evaluate('heard')).toEqual([]);
    await inPage(`await store.notes.put(rowOf(2));`);
    expect(await page().evaluate('heard')).toEqual([['notes']]);
    await inPage(`silent(); await store.notes.put(rowOf(3));`);
    expect(await page().evaluate('heard')).toEqual([['notes']]);
  });

  it('is told which tables a question was put to', async () => {
    const found = await inPage(`
      const noted = [];
      const tables = store.noting((name) => noted.push(name));
      await store.others.count();
      await tables.notes.count();
      return noted;`);
    expect(found).toEqual(['notes']);
  });
});

describe('a live query', () => {
  const follow = `
    globalThis.answers = [];
    globalThis.end = liveQuery(store, async (tables) => (await tables.notes.keys()).length,
      (value) => globalThis.answers.push(value), (thrown) => globalThis.answers.push(thrown.message));`;
  const answers = (count: number) => page().waitForFunction(`answers.length >= ${count}`);

  it('answers at once, and again after each change of what it asked, here or elsewhere', async () => {
    const other = await another();
    await inPage(follow);
    await answers(1);
    await inPage(`await store.notes.put(rowOf(1));`);
    await answers(2);
    await inPage(`await store.notes.put(rowOf(2));`, other);
    await answers(3);
    expect(await page().evaluate('answers')).toEqual([0, 1, 2]);
  });

  it('is not asked again for other tables, nor once it has ended', async () => {
    await inPage(follow);
    await answers(1);
    await inPage(`await store.others.put(rowOf(1));`);
    await inPage(`await store.notes.put(rowOf(1));`);
    await answers(2);
    // Whatever were still to come by then would come before a question that is put afterwards is answered.
    await inPage(`end(); await store.notes.put(rowOf(2)); await store.notes.count();`);
    expect(await page().evaluate('answers')).toEqual([0, 1]);
  });

  it('asks once more when something changes while it is asking, and goes on after a failure', async () => {
    await inPage(`
      globalThis.answers = [];
      let asked = 0;
      liveQuery(store, async (tables) => {
        const count = (await tables.notes.keys()).length;
        asked += 1;
        if (asked === 1) await store.notes.bulkPut(rowsUpTo(5));
        if (asked === 2) throw new Error('not this time');
        return count;
      }, (value) => globalThis.answers.push(value), (thrown) => globalThis.answers.push(thrown.message));`);
    await answers(2);
    await inPage(`await store.notes.put(rowOf(5));`);
    await answers(3);
    expect(await page().evaluate('answers')).toEqual([0, 'not this time', 6]);
  });
});

describe('a newer version', () => {
  const older = async (lines: string) => {
    const other = await another();
    await inPage(`globalThis.store = opened(1); ${lines}`, other);
    return other;
  };

  it('takes over what is in tables that end, and keeps the rest, while an older one is open elsewhere', async () => {
    const other = await older(`
      await globalThis.store.notes.bulkPut(rowsUpTo(3));
      await globalThis.store.former.bulkPut(rowsUpTo(2));`);
    const found = await inPage(`
      const others = await store.others.keys();
      const raw = await new Promise((done) => { indexedDB.open('tried').onsuccess = ({ target }) => done(target.result); });
      const notes = raw.transaction('notes').objectStore('notes');
      return [others, await store.notes.keys({ index: 'at' }), [...notes.indexNames], [...raw.objectStoreNames]];`);
    expect(found).toEqual([
      ['0000', '0001'],
      ['0002', '0001', '0000'],
      ['at'],
      ['beside', 'notes', 'others'],
    ]);
    expect(await inPage(threw(`await store.notes.count();`), other)).toMatch(/^VersionError /);
  });

  it.each([
    ['lies beside its row from the beginning', '', null],
    ['stays in its row where it was', `await globalThis.store.beside.put(rowOf(1));`, 'id'],
  ])('finds a key that %s', async (_, before, keyPath) => {
    if (before !== '') await older(before);
    const found = await inPage(`
      await store.beside.bulkPut([rowOf(1), rowOf(2), rowOf(3)]);
      await store.beside.put(rowOf(2));
      await store.beside.delete('0003');
      const raw = await new Promise((done) => { indexedDB.open('tried').onsuccess = ({ target }) => done(target.result); });
      const rows = raw.transaction('beside').objectStore('beside');
      return [rows.keyPath, await store.beside.keys(), await store.beside.rows(), await store.beside.get('0002')];`);
    expect(found).toEqual([keyPath, ['0001', '0002'], [rowNamed(1), rowNamed(2)], rowNamed(2)]);
  });

  it('changes nothing when it cannot take something over', async () => {
    const other = await older(`await globalThis.store.former.put({ ...rowOf(1), text: 'unreadable' });`);
    expect(await inPage(threw(`await store.notes.count();`))).toBe('Error unreadable');
    expect(await inPage(`return store.former.keys();`, other)).toEqual(['0001']);
  });
});

it('is opened again after its database was deleted', async () => {
  const found = await inPage(`
    await store.notes.put(rowOf(1));
    await new Promise((done) => { indexedDB.deleteDatabase('tried').onsuccess = done; });
    return store.notes.count();`);
  expect(found).toBe(0);
});
