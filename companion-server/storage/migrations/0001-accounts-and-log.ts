import type { Migration } from './migration.ts';

export const accountsAndLog: Migration = {
  name: '0001-accounts-and-log',
  up: async (schema, types) => {
    await schema
      .createTable('accounts')
      .addColumn('id', types.text, (column) => column.primaryKey())
      .addColumn('chain', types.text, (column) => column.notNull())
      .addColumn('head_n', types.count, (column) => column.notNull())
      .addColumn('head_hash', types.text, (column) => column.notNull())
      .addColumn('used_bytes', types.count, (column) => column.notNull())
      .addColumn('live_records', types.count, (column) => column.notNull())
      .addColumn('opened_at', types.text, (column) => column.notNull())
      .execute();
    await schema
      .createTable('signers')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('kid', types.text, (column) => column.notNull())
      .addColumn('kind', types.text, (column) => column.notNull())
      .addColumn('public_key', types.text, (column) => column.notNull())
      .addColumn('revoked', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('signers_pk', ['account', 'kid'])
      .execute();
    await schema
      .createTable('unlockers')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('id', types.text, (column) => column.notNull())
      .addColumn('recovery_kid', types.text, (column) => column.unique())
      .addColumn('unlocker', types.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('unlockers_pk', ['account', 'id'])
      .execute();
    await schema
      .createTable('commits')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('n', types.count, (column) => column.notNull())
      .addColumn('hash', types.text, (column) => column.notNull())
      .addColumn('token', types.text, (column) => column.notNull())
      .addColumn('length', 'integer', (column) => column.notNull())
      .addColumn('appended_at', types.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('commits_pk', ['account', 'n'])
      .addUniqueConstraint('commits_hash', ['account', 'hash'])
      .execute();
    await schema
      .createTable('records')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('id', types.text, (column) => column.notNull())
      .addColumn('rev', types.count, (column) => column.notNull())
      .addColumn('hash', types.text, (column) => column.notNull())
      .addColumn('n', types.count, (column) => column.notNull())
      .addColumn('length', 'integer', (column) => column.notNull())
      .addColumn('bytes', types.bytes, (column) => column.notNull())
      .addPrimaryKeyConstraint('records_pk', ['account', 'id'])
      .execute();
    await schema.createIndex('records_by_commit').on('records').columns(['account', 'n']).execute();
  },
};
