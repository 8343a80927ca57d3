export { liveQuery } from '../store/live-query.ts';

import type { Form } from '../store/connection.ts';
import { storeOf } from '../store/store.ts';
import { type Ask, tableOver } from '../store/table.ts';

/* What runs in a page of a real browser: a small store, built as the learner's is. */

export type Row = { readonly id: string; readonly at: string; readonly text: string };

const tablesOver = (ask: Ask) => ({
  notes: tableOver<Row>('notes', ask),
  others: tableOver<Row>('others', ask),
  beside: tableOver<Row>('beside', ask, ({ id }) => id),
  former: tableOver<Row>('former', ask),
});

const first: Form = {
  version: 1,
  tables: { notes: ['id', 'text'], former: ['id'], beside: ['id'] },
  takeOver: async () => {},
};

const second: Form = {
  version: 2,
  tables: { notes: ['id', 'at'], others: ['id'], beside: [] },
  takeOver: async (former, ask) => {
    if (former.includes('former')) await takeFormer(ask);
  },
};

async function takeFormer(ask: Ask): Promise<void> {
  const rows = await tableOver<Row>('former', ask).rows();
  if (rows.some(({ text }) => text === 'unreadable')) throw new Error('unreadable');
  await tableOver<Row>('others', ask).bulkPut(rows);
}

export const opened = (version: 1 | 2) =>
  storeOf('tried', version === 1 ? first : second, tablesOver, (tables) => tables);

export const rowOf = (number: number): Row => ({
  id: String(number).padStart(4, '0'),
  at: `day ${9 - (number % 10)}`,
  text: `row ${number}`,
});

export const rowsUpTo = (count: number): Row[] => Array.from({ length: count }, (_, number) => rowOf(number));
