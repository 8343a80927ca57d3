import type { Handle, Instant, Sha256 } from '../../shared/model/brands.ts';
import { isOpen } from './closures.ts';
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
        .values({ handle, owner, former_owner: blindedOwner, released_at: null, moved_at: null })
        // Either index may refuse: the handle is someone's, or the account has one.
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return claimed.numInsertedOrUpdatedRows === 1n;
    },

    reclaim: async (handle, owner, blindedOwner, releasedBefore) => {
      const claimed = await db
        .updateTable('handles')
        .set({ owner, former_owner: blindedOwner, released_at: null, moved_at: null })
        .where('handle', '=', handle)
        .where('owner', 'is', null)
        .where(({ or, eb }) =>
          or([eb('former_owner', '=', blindedOwner), eb('released_at', '<', releasedBefore)]),
        )
        .executeTakeFirst();
      return claimed.numUpdatedRows === 1n;
    },

    release: async (owner, at, leadsOn) => {
      await db
        .updateTable('handles')
        .set({ owner: null, released_at: at, moved_at: leadsOn ? at : null })
        .where('owner', '=', owner)
        .execute();
      // They stand below that handle, and whoever asks for one asks nothing else.
      await db.deleteFrom('pages').where('account', '=', owner).execute();
    },

    successor: async (handle, movedAfter) => {
      const row = await db
        .selectFrom('handles as former')
        .innerJoin('handles as current', 'current.former_owner', 'former.former_owner')
        .select('current.handle')
        .where('former.handle', '=', handle)
        .where('former.moved_at', '>', movedAfter)
        .where('current.owner', 'is not', null)
        .where(({ ref }) => isOpen(ref('current.owner')))
        .executeTakeFirst();
      return row?.handle as Handle | undefined;
    },

    endRedirects: async (owner) => {
      await db
        .updateTable('handles')
        .set({ moved_at: null })
        .where('moved_at', 'is not', null)
        .where('former_owner', 'in', (part) =>
          part
            .selectFrom('handles as current')
            .select('current.former_owner')
            .where('current.owner', '=', owner),
        )
        .execute();
    },
  };
}
