import { sql } from 'kysely';
import type { SigningKey } from '../../shared/sync/shapes.ts';
import { keptQuery } from './kept-query.ts';
import type { Admission } from './storage.ts';
import type { Db } from './tables.ts';

export function admission(db: Db): Admission {
  return {
    signer: async (account, kid) => {
      const [row] = (await signerOf(db, account, kid)).rows;
      if (row === undefined) return undefined;
      // Keys come from chains that were verified when they were written.
      const key = row.public_key as SigningKey;
      return { kind: row.kind === 'account' ? 'account' : 'device', key, revoked: row.revoked !== 0 };
    },

    rememberRequest: async (signer, jti, until) => {
      return (await remember(db, signer, jti, until)).numAffectedRows === 1n;
    },

    count: async (counters) => {
      if (counters.length === 0) return [];
      const { rows } = await countUp(
        db,
        counters.map(({ name, windowEnds }) => [name, windowEnds] as const),
      );
      const amounts = new Map(rows.map(({ name, amount }) => [name, Number(amount)]));
      return counters.map(({ name }) => amounts.get(name) ?? 0);
    },

    counted: async (name) => {
      const [row] = (await amountOf(db, name)).rows;
      return Number(row?.amount ?? 0);
    },

    takeBack: async (name) => {
      await db
        .updateTable('counters')
        .set({ amount: sql`counters.amount - 1` })
        .where('name', '=', name)
        .execute();
    },

    sweep: async (now) => {
      await db.deleteFrom('seen_requests').where('until', '<=', now).execute();
      await db.deleteFrom('counters').where('window_ends', '<=', now).execute();
    },
  };
}

const signerOf = keptQuery((db, account: string, kid: string) =>
  db
    .selectFrom('signers')
    .select(['kind', 'public_key', 'revoked'])
    .where('account', '=', account)
    .where('kid', '=', kid),
);

const remember = keptQuery((db, kid: string, jti: string, until: string) =>
  db
    .insertInto('seen_requests')
    .values({ kid, jti, until })
    .onConflict((conflict) => conflict.doNothing()),
);

const countUp = keptQuery((db, counters: readonly (readonly [name: string, windowEnds: string])[]) =>
  db
    .insertInto('counters')
    .values(counters.map(([name, window_ends]) => ({ name, amount: 1, window_ends })))
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ amount: sql`counters.amount + 1` }))
    .returning(['name', 'amount']),
);

const amountOf = keptQuery((db, name: string) =>
  db.selectFrom('counters').select('amount').where('name', '=', name),
);
