import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import type { Mailboxes } from './storage.ts';
import type { Db } from './tables.ts';

export function mailboxes(db: Db): Mailboxes {
  return {
    find: async (id) => {
      const row = await db.selectFrom('mailboxes').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined
        ? undefined
        : { account: row.account as Sha256, box: row.box, closesAt: row.closes_at as Instant };
    },

    fill: async (id, { account, box, closesAt }) => {
      const filled = await db
        .insertInto('mailboxes')
        .values({ id, account, box, closes_at: closesAt })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return filled.numInsertedOrUpdatedRows === 1n;
    },

    empty: async (id) => {
      const emptied = await db
        .updateTable('mailboxes')
        .set({ box: '' })
        .where('id', '=', id)
        .where('box', '!=', '')
        .executeTakeFirst();
      return emptied.numUpdatedRows === 1n;
    },

    sweep: async (now, forgottenBefore) => {
      await db
        .updateTable('mailboxes')
        .set({ box: '' })
        .where('closes_at', '<=', now)
        .where('box', '!=', '')
        .execute();
      await db.deleteFrom('mailboxes').where('closes_at', '<=', forgottenBefore).execute();
    },
  };
}
