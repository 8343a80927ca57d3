import { sql } from 'kysely';
import type { Handle, Instant } from '../../shared/model/brands.ts';
import { isOpen } from './closures.ts';
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

    firstOfEach: async (size) => {
      const numbered = db
        .selectFrom('listed_profiles')
        .where(({ ref }) => isOpen(ref('listed_profiles.account')))
        .select(['handle', sql<number>`row_number() over (order by handle)`.as('place')])
        .as('numbered');
      const rows = await db
        .selectFrom(numbered)
        .select('handle')
        .where(sql<boolean>`(place - 1) % ${sql.lit(size)} = 0`)
        .orderBy('handle')
        .execute();
      return rows.map(({ handle }) => handle as Handle);
    },

    from: async (from, limit) => {
      const rows = await db
        .selectFrom('listed_profiles')
        .select(['handle', 'changed_at'])
        .where('handle', '>=', from)
        .where(({ ref }) => isOpen(ref('listed_profiles.account')))
        .orderBy('handle')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ handle: row.handle as Handle, changedAt: row.changed_at as Instant }));
    },
  };
}
