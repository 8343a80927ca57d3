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
      const added = await db
        .insertInto('unlockers')
        .values({ account, id: unlocker.id, recovery_kid: kid ?? null, unlocker: JSON.stringify(unlocker) })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return added.numInsertedOrUpdatedRows === 1n;
    },

    remove: async (account, id) => {
      const removed = await db
        .deleteFrom('unlockers')
        .where('account', '=', account)
        .where('id', '=', id)
        .executeTakeFirst();
      return removed.numDeletedRows === 1n;
    },

    byRecoveryKid: async (kid) => {
      const row = await db
        .selectFrom('unlockers')
        .select(['account', 'unlocker'])
        .where('recovery_kid', '=', kid)
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
