import type { Migration } from './migration.ts';

export const snapshots: Migration = {
  name: '0007-snapshots',
  up: async (schema, types) => {
    await schema
      .createTable('snapshots')
      .addColumn('account', types.text, (column) => column.primaryKey())
      .addColumn('n', types.count, (column) => column.notNull())
      .addColumn('kept_from', types.count, (column) => column.notNull())
      .execute();
    await schema
      .createTable('snapshot_records')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('id', types.text, (column) => column.notNull())
      .addColumn('rev', types.count, (column) => column.notNull())
      .addColumn('hash', types.text, (column) => column.notNull())
      .addColumn('length', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('snapshot_records_pk', ['account', 'id'])
      .execute();
  },
};
