import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * Every key of a table that belongs to accounts begins with the account, so that rows can be spread by it. Which
 * account a recovery code belongs to is kept apart, as the handles are: it is asked by those who don't know yet.
 */
export const keyedByAccount: Migration = {
  name: '0005-keyed-by-account',
  up: async (schema, types, execute) => {
    await schema
      .createTable('recovery_keys')
      .addColumn('kid', types.text, (column) => column.primaryKey())
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('unlocker', types.text, (column) => column.notNull())
      .execute();
    await schema.createIndex('recovery_keys_by_account').on('recovery_keys').column('account').execute();
    await execute(sql`insert into recovery_keys (kid, account, unlocker)
      select recovery_kid, account, id from unlockers where recovery_kid is not null`);
    await schema
      .createTable('account_unlockers')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('id', types.text, (column) => column.notNull())
      .addColumn('unlocker', types.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('account_unlockers_pk', ['account', 'id'])
      .execute();
    await execute(
      sql`insert into account_unlockers (account, id, unlocker) select account, id, unlocker from unlockers`,
    );
    await schema.dropTable('unlockers').execute();
    await schema.alterTable('account_unlockers').renameTo('unlockers').execute();
    // Pages are rendered again when they are asked for.
    await schema.dropTable('pages').execute();
    await schema
      .createTable('pages')
      .addColumn('account', types.text, (column) => column.primaryKey())
      .addColumn('handle', types.text, (column) => column.notNull())
      .addColumn('version', types.text, (column) => column.notNull())
      .addColumn('tag', types.text, (column) => column.notNull())
      .addColumn('html', types.text, (column) => column.notNull())
      .execute();
  },
};
