import type { Chain } from '../../shared/sync/chain.ts';
import { kidOf } from '../../shared/sync/compact-jws.ts';
import { keptQuery } from './kept-query.ts';
import type { Account, Accounts } from './storage.ts';
import type { Db, Tables } from './tables.ts';

/** `held`: a row as it was read when it was locked; good until this transaction itself changes it. */
export function accounts(db: Db, held?: Tables['accounts']): Accounts {
  let unchanged = held;
  return {
    find: async (id) => {
      const row = unchanged?.id === id ? unchanged : (await accountNamed(db, id)).rows[0];
      return row === undefined ? undefined : accountOf(row);
    },

    open: async (chain, at) => {
      const made = await db
        .insertInto('accounts')
        .values({
          id: chain.acct,
          chain: textOf(chain),
          head_n: chain.head.n,
          head_hash: chain.head.h,
          used_bytes: 0,
          live_records: 0,
          opened_at: at,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (made.numInsertedOrUpdatedRows !== 1n) return false;
      await writeSigners(db, chain);
      return true;
    },

    advance: async (from, { chain, usedBytes, liveRecords }) => {
      unchanged = undefined;
      const keysChanged = chain.keyHead === chain.head.h;
      const isCompacted = chain.snapshot === chain.head.n;
      const { acct, head } = chain;
      const moved = await moveHead(db, acct, from.h, head.n, head.h, usedBytes, liveRecords);
      if (moved.numAffectedRows !== 1n) return false;
      if (keysChanged || isCompacted)
        await db
          .updateTable('accounts')
          .set({ chain: textOf(chain) })
          .where('id', '=', acct)
          .execute();
      if (keysChanged) await writeSigners(db, chain);
      return true;
    },

    erase: async (id) => {
      unchanged = undefined;
      await db.deleteFrom('accounts').where('id', '=', id).execute();
      for (const table of [
        'signers',
        'unlockers',
        'mailboxes',
        'recovery_keys',
        'passkeys',
        'commits',
        'records',
        'snapshots',
        'snapshot_records',
        'manifests',
        'manifest_names',
        'documents',
        'listed_profiles',
        'closed_profiles',
        'pages',
        'checks',
        'sightings',
      ] as const)
        await db.deleteFrom(table).where('account', '=', id).execute();
    },
  };
}

const accountNamed = keptQuery((db, id: string) =>
  db.selectFrom('accounts').selectAll().where('id', '=', id),
);

const moveHead = keptQuery(
  (db, id: string, from: string, n: number, hash: string, usedBytes: number, liveRecords: number) =>
    db
      .updateTable('accounts')
      .set({ head_n: n, head_hash: hash, used_bytes: usedBytes, live_records: liveRecords })
      .where('id', '=', id)
      .where('head_hash', '=', from),
);

/** Rewrites who may sign for the account: its key, its devices, and those that were revoked. */
async function writeSigners(db: Db, chain: Chain): Promise<void> {
  const account = {
    account: chain.acct,
    kind: 'account',
    kid: await kidOf(chain.account),
    public_key: chain.account,
    revoked: 0,
  };
  const devices = chain.devices.map(({ kid, sign }) => ({
    account: chain.acct,
    kind: 'device',
    kid,
    public_key: sign,
    revoked: 0,
  }));
  const known = [account, ...devices];
  // Revoked keys keep their row, because their requests are answered with a reason.
  await db.updateTable('signers').set({ revoked: 1 }).where('account', '=', chain.acct).execute();
  await db
    .insertInto('signers')
    .values(known)
    .onConflict((conflict) => conflict.columns(['account', 'kid']).doUpdateSet({ revoked: 0 }))
    .execute();
}

function textOf({ head: _, ...chain }: Chain): string {
  return JSON.stringify(chain);
}

function accountOf(row: Tables['accounts']): Account {
  // Written by `textOf` alone.
  const chain = JSON.parse(row.chain) as Omit<Chain, 'head'>;
  return {
    chain: { ...chain, head: { n: Number(row.head_n), h: row.head_hash as Chain['head']['h'] } },
    usedBytes: Number(row.used_bytes),
    liveRecords: Number(row.live_records),
  };
}
