import type { Handle, Instant, Sha256 } from '../../shared/model/brands.ts';
import type { Handles } from './storage.ts';
import type { Db } from './tables.ts';

export function handles(db: Db): Handles {
  return {
    of: async (account) => {
      const row = await db
        .selectFrom('handles')
        .select('handle')
        .where('owner', '=', account)
        .executeTakeFirst();
      return row?.handle as Handle | undefined;
    },

    find: async (handle) => {
      const row = await db.selectFrom('handles').selectAll().where('handle', '=', handle).executeTakeFirst();
      if (row === undefined) return undefined;
      return {
        handle,
        formerOwner: row.former_owner,
        ...(row.owner === null ? {} : { owner: row.owner as Sha256 }),
        ...(row.released_at === null ? {} : { releasedAt: row.released_at as Instant }),
      };
    },

    claim: async (handle, owner, blindedOwner) => {
      const claimed = await db
        .insertInto('handles')
        .values({ handle, owner, former_owner: blindedOwner, released_at: null })
        // Either index may refuse: the handle is someone's, or the account has one.
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return claimed.numInsertedOrUpdatedRows === 1n;
    },

    reclaim: async (handle, owner, blindedOwner, releasedBefore) => {
      const claimed = await db
        .updateTable('handles')
        .set({ owner, former_owner: blindedOwner, released_at: null })
        .where('handle', '=', handle)
        .where('owner', 'is', null)
        .where(({ or, eb }) =>
          or([eb('former_owner', '=', blindedOwner), eb('released_at', '<', releasedBefore)]),
        )
        .executeTakeFirst();
      return claimed.numUpdatedRows === 1n;
    },

    release: async (owner, at) => {
      await db
        .updateTable('handles')
        .set({ owner: null, released_at: at })
        .where('owner', '=', owner)
        .execute();
    },
  };
}
