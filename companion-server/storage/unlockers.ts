import type { Sha256 } from '../../shared/model/brands.ts';
import type { KeptUnlocker } from '../../shared/sync/unlocker.ts';
import type { Unlockers } from './storage.ts';
import type { Db } from './tables.ts';

export function unlockers(db: Db): Unlockers {
  return {
    of: async (account) => {
      const rows = await db
        .selectFrom('unlockers')
        .select('unlocker')
        .where('account', '=', account)
        .orderBy('id')
        .execute();
      return rows.map(({ unlocker }) => readUnlocker(unlocker));
    },

    add: async (account, unlocker, kid) => {
      const { id } = unlocker;
      const added = await db
        .insertInto('unlockers')
        .values({ account, id, unlocker: JSON.stringify(unlocker) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (added.numInsertedOrUpdatedRows !== 1n) return false;
      if (kid === undefined) return true;
      const named = await db
        .insertInto('recovery_keys')
        .values({ kid, account, unlocker: id })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return named.numInsertedOrUpdatedRows === 1n;
    },

    remove: async (account, id) => {
      await db
        .deleteFrom('recovery_keys')
        .where('account', '=', account)
        .where('unlocker', '=', id)
        .execute();
      const removed = await db
        .deleteFrom('unlockers')
        .where('account', '=', account)
        .where('id', '=', id)
        .executeTakeFirst();
      return removed.numDeletedRows === 1n;
    },

    byRecoveryKid: async (kid) => {
      const row = await db
        .selectFrom('recovery_keys')
        .innerJoin('unlockers', (join) =>
          join
            .onRef('unlockers.account', '=', 'recovery_keys.account')
            .onRef('unlockers.id', '=', 'recovery_keys.unlocker'),
        )
        .select(['unlockers.account', 'unlockers.unlocker'])
        .where('recovery_keys.kid', '=', kid)
        .executeTakeFirst();
      return row === undefined
        ? undefined
        : { account: row.account as Sha256, unlocker: readUnlocker(row.unlocker) };
    },
  };
}

/** Written by `add` alone. */
function readUnlocker(text: string): KeptUnlocker {
  return JSON.parse(text) as KeptUnlocker;
}
