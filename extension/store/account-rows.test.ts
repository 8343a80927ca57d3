import { describe, expect, it } from 'vitest';
import { pageOf } from '../testing/page-of.ts';

const { inPage, another } = pageOf(
  'clock-in-page.ts',
  `
  const rows = all.accountRows(all.databaseOf('tried'));
  const rounds = async () => (await rows.get('sync'))?.failures;
  const oneMore = () => rows.change('sync', (row) => ({ notBefore: 0, failures: (row?.failures ?? 0) + 1 }));
  `,
);

describe('a row of the account', () => {
  it('has every change, also of those made at once in two pages', async () => {
    const many = 'await Promise.all(Array.from({ length: 50 }, oneMore));';
    await Promise.all([inPage(many), inPage(many, await another())]);
    expect(await inPage('return rounds();')).toBe(100);
  });

  it('is left as it is by a change that comes to nothing, and not brought back where it is gone', async () => {
    const found = await inPage(`
      const asItIs = (row) => row;
      await oneMore();
      await rows.change('sync', () => undefined);
      const kept = await rounds();
      await rows.remove('sync');
      await rows.change('sync', asItIs);
      return [kept, await rounds() ?? 'gone'];`);
    expect(found).toEqual([1, 'gone']);
  });
});
