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
      if (unlocker.kind === 'passkey') return addPasskey(db, account, unlocker);
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
      await db.deleteFrom('passkeys').where('account', '=', account).where('unlocker', '=', id).execute();
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

    byCredential: async (credential) => {
      const row = await db
        .selectFrom('passkeys')
        .innerJoin('unlockers', (join) =>
          join
            .onRef('unlockers.account', '=', 'passkeys.account')
            .onRef('unlockers.id', '=', 'passkeys.unlocker'),
        )
        .select(['unlockers.account', 'unlockers.unlocker', 'passkeys.uses'])
        .where('passkeys.credential', '=', credential)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const { account, unlocker, uses } = row;
      return { account: account as Sha256, unlocker: readUnlocker(unlocker), uses: Number(uses) };
    },

    countUses: async (credential, from, to) => {
      const counted = await db
        .updateTable('passkeys')
        .set({ uses: to })
        .where('credential', '=', credential)
        .where('uses', '=', from)
        .executeTakeFirst();
      return counted.numUpdatedRows === 1n;
    },
  };
}

/** `false` when a passkey of that name is somebody's already. */
async function addPasskey(
  db: Db,
  account: string,
  { id, credential }: Extract<KeptUnlocker, { kind: 'passkey' }>,
): Promise<boolean> {
  const named = await db
    .insertInto('passkeys')
    .values({ credential, account, unlocker: id, uses: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return named.numInsertedOrUpdatedRows === 1n;
}

/** Written by `add` alone. */
function readUnlocker(text: string): KeptUnlocker {
  return JSON.parse(text) as KeptUnlocker;
}
