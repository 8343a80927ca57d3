import type { Migration } from './migration.ts';

/** Profiles that search engines may list. Nobody had been asked before, so that none is in it yet. */
export const listedProfiles: Migration = {
  name: '0008-listed-profiles',
  up: async (schema, types) => {
    await schema
      .createTable('listed_profiles')
      .addColumn('account', types.text, (column) => column.primaryKey())
      .addColumn('handle', types.text, (column) => column.notNull())
      .addColumn('changed_at', types.text, (column) => column.notNull())
      .execute();
    await schema.createIndex('listed_profiles_by_handle').on('listed_profiles').column('handle').execute();
  },
};
