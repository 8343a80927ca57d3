import { type Expression, type SqlBool, sql } from 'kysely';
import type { Handle, Instant } from '../../shared/model/brands.ts';
import type { Closure, Closures } from './storage.ts';
import type { Db, Tables } from './tables.ts';

export function closures(db: Db): Closures {
  return {
    of: async (account) => {
      const row = await db
        .selectFrom('closed_profiles')
        .selectAll()
        .where('account', '=', account)
        .executeTakeFirst();
      return row === undefined ? undefined : closureOf(row);
    },

    put: async (account, { closure, at }) => {
      const row = { closure, closed_at: at };
      await db
        .insertInto('closed_profiles')
        .values({ account, ...row })
        .onConflict((conflict) => conflict.column('account').doUpdateSet(row))
        .execute();
    },

    remove: async (account) => {
      const removed = await db
        .deleteFrom('closed_profiles')
        .where('account', '=', account)
        .executeTakeFirst();
      return removed.numDeletedRows === 1n;
    },

    all: async () => {
      const rows = await db
        .selectFrom('closed_profiles')
        .innerJoin('handles', 'handles.owner', 'closed_profiles.account')
        .select(['handles.handle', 'closed_profiles.closure', 'closed_profiles.closed_at'])
        .orderBy('handles.handle')
        .execute();
      return rows.map((row) => ({ handle: row.handle as Handle, ...closureOf(row) }));
    },
  };
}

/** What every read for visitors asks: that the operator has not closed the profile of that account. */
export function isOpen(account: Expression<string | null>): Expression<SqlBool> {
  return sql`not exists (select 1 from closed_profiles where closed_profiles.account = ${account})`;
}

function closureOf(row: Pick<Tables['closed_profiles'], 'closure' | 'closed_at'>): Closure {
  return {
    closure: row.closure === 'taken-down' ? 'taken-down' : 'suspended',
    at: row.closed_at as Instant,
  };
}
