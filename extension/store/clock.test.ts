import { describe, expect, it } from 'vitest';
import { pageOf } from '../testing/page-of.ts';

const year = 365 * 24 * 60 * 60 * 1000;

/**
 * Over the learner's own database in a real browser, whose clock shows a year less than the server's from when `heard`.
 * `edit` changes a document, `remove` removes it, `stamps` gives each document's newest stamp in years after now.
 */
const { inPage } = pageOf(
  'clock-in-page.ts',
  `
  const { writeChange, correctClock, databaseOf } = all;
  const store = databaseOf('tried');
  let time = Date.parse('2026-11-24T12:00:00.000Z');
  const year = ${year};
  const clock = () => new Date((time += 1000)).toISOString();
  const deps = { store, clock, random: (count) => crypto.getRandomValues(new Uint8Array(count)) };
  const heard = () => store.local.put({ key: 'clock-offset', value: year });
  const edit = (id, fields) => writeChange({ set: [{ id, fields }] }, deps);
  const remove = (id) => writeChange({ wipe: [id] }, deps);
  const joined = async () => {
    await correctClock(store, clock);
    await store.link.put({ id: 'link', acct: 'A', chain: undefined, waiting: [], newestStamp: '' });
  };
  const leave = () => all.disconnect({
    alone: (work) => work(), rows: all.accountRows(store), storage: all.syncStorage(clock, store) });
  const years = (stamp) => Math.round((parseInt(stamp.slice(0, 13), 16) - time) / year);
  const stamps = async () => Object.fromEntries((await store.docs.rows()).map(({ id, w, f }) =>
    [id, years(Object.values(f).reduce((last, [, stamp]) => (stamp > last ? stamp : last), w))]));
  `,
);

describe('stamps of a browser whose clock is a year behind (T26)', () => {
  it('are made of the server’s time once it is in an account, and corrected as it comes in', async () => {
    const found = await inPage(`
      await edit('badge|before', { made: 1 });
      const before = await stamps();
      await heard();
      await joined();
      await edit('badge|after', { made: 1 });
      const dirty = (await store.dirty.keys()).length;
      return [before, await stamps(), dirty];`);
    expect(found).toEqual([{ 'badge|before': 0 }, { 'badge|after': 1, 'badge|before': 1 }, 2]);
  });

  it('are corrected once where the server was heard before', async () => {
    const found = await inPage(`
      await heard();
      await edit('badge|chosen', { made: 1 });
      await joined();
      await joined();
      await edit('badge|after', { made: 1 });
      return stamps();`);
    expect(found).toEqual({ 'badge|after': 1, 'badge|chosen': 1 });
  });

  it('stay what they are when it leaves an account and comes back, and so does what another put in', async () => {
    const found = await inPage(`
      await heard();
      await joined();
      await edit('badge|kept', { made: 1 });
      await edit('badge|again', { made: 1 });
      await remove('badge|again');
      const [{ w }] = await store.docs.bulkGet(['badge|again']);
      const later = (parseInt(w.slice(0, 13), 16) + 1000).toString(16).padStart(13, '0') + '0000' + 'f'.repeat(16);
      const claimed = { id: 'badge|again', t: 'badge', v: 1, w, f: { made: [2, later] } };
      await all.syncStorage(clock, store).write((tables) => tables.docs.put([claimed]));
      await leave();
      await joined();
      const [again] = await store.docs.bulkGet(['badge|again']);
      return [await stamps(), again.w < again.f.made[1]];`);
    expect(found).toEqual([{ 'badge|again': 1, 'badge|kept': 1 }, true]);
  });
});
