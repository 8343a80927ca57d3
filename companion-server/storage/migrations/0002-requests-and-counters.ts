import type { Migration } from './migration.ts';

export const requestsAndCounters: Migration = {
  name: '0002-requests-and-counters',
  up: async (schema, types) => {
    await schema
      .createTable('seen_requests')
      .addColumn('kid', types.text, (column) => column.notNull())
      .addColumn('jti', types.text, (column) => column.notNull())
      .addColumn('until', types.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('seen_requests_pk', ['kid', 'jti'])
      .execute();
    await schema.createIndex('seen_requests_by_end').on('seen_requests').column('until').execute();
    await schema
      .createTable('counters')
      .addColumn('name', types.text, (column) => column.primaryKey())
      .addColumn('amount', types.count, (column) => column.notNull())
      .addColumn('window_ends', types.text, (column) => column.notNull())
      .execute();
    await schema.createIndex('counters_by_end').on('counters').column('window_ends').execute();
  },
};
