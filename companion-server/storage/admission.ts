import { sql } from 'kysely';
import type { SigningKey } from '../../shared/sync/shapes.ts';
import type { Admission } from './storage.ts';
import type { Db } from './tables.ts';

export function admission(db: Db): Admission {
  return {
    signer: async (account, kid) => {
      const row = await db
        .selectFrom('signers')
        .select(['kind', 'public_key', 'revoked'])
        .where('account', '=', account)
        .where('kid', '=', kid)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      // Keys come from chains that were verified when they were written.
      const key = row.public_key as SigningKey;
      return { kind: row.kind === 'account' ? 'account' : 'device', key, revoked: row.revoked !== 0 };
    },

    rememberRequest: async (signer, jti, until) => {
      const remembered = await db
        .insertInto('seen_requests')
        .values({ kid: signer, jti, until })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return remembered.numInsertedOrUpdatedRows === 1n;
    },

    count: async (counters) => {
      if (counters.length === 0) return [];
      const rows = await db
        .insertInto('counters')
        .values(counters.map(({ name, windowEnds }) => ({ name, amount: 1, window_ends: windowEnds })))
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ amount: sql`counters.amount + 1` }))
        .returning(['name', 'amount'])
        .execute();
      const amounts = new Map(rows.map(({ name, amount }) => [name, Number(amount)]));
      return counters.map(({ name }) => amounts.get(name) ?? 0);
    },

    counted: async (name) => {
      const row = await db
        .selectFrom('counters')
        .select('amount')
        .where('name', '=', name)
        .executeTakeFirst();
      return Number(row?.amount ?? 0);
    },

    sweep: async (now) => {
      await db.deleteFrom('seen_requests').where('until', '<=', now).execute();
      await db.deleteFrom('counters').where('window_ends', '<=', now).execute();
    },
  };
}
