import type { Migration } from './migration.ts';

/** What was found of published badges over time: one row for as long as it stayed the same. */
export const sightings: Migration = {
  name: '0009-sightings',
  up: async (schema, types) => {
    await schema
      .createTable('sightings')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('document', types.text, (column) => column.notNull())
      .addColumn('n', types.count, (column) => column.notNull())
      .addColumn('outcome', types.text, (column) => column.notNull())
      .addColumn('times', types.count, (column) => column.notNull())
      .addColumn('first_at', types.text, (column) => column.notNull())
      .addColumn('last_at', types.text, (column) => column.notNull())
      .addColumn('first_statement', types.text)
      .addColumn('last_statement', types.text)
      .addPrimaryKeyConstraint('sightings_pk', ['account', 'document', 'n'])
      .execute();
  },
};
