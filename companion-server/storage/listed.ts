import type { Handle, Instant } from '../../shared/model/brands.ts';
import type { Listed } from './storage.ts';
import type { Db } from './tables.ts';

export function listed(db: Db): Listed {
  return {
    put: async (account, handle, at) => {
      const row = { handle, changed_at: at };
      await db
        .insertInto('listed_profiles')
        .values({ account, ...row })
        .onConflict((conflict) => conflict.column('account').doUpdateSet(row))
        .execute();
    },

    remove: async (account) => {
      await db.deleteFrom('listed_profiles').where('account', '=', account).execute();
    },

    nth: async (from, places) => {
      const row = await db
        .selectFrom('listed_profiles')
        .select('handle')
        .where('handle', '>=', from)
        .orderBy('handle')
        .offset(places)
        .limit(1)
        .executeTakeFirst();
      return row?.handle as Handle | undefined;
    },

    from: async (from, limit) => {
      const rows = await db
        .selectFrom('listed_profiles')
        .select(['handle', 'changed_at'])
        .where('handle', '>=', from)
        .orderBy('handle')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ handle: row.handle as Handle, changedAt: row.changed_at as Instant }));
    },
  };
}
