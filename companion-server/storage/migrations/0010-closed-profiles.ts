import type { Migration } from './migration.ts';

/** Profiles that the operator took down, or suspended. */
export const closedProfiles: Migration = {
  name: '0010-closed-profiles',
  up: async (schema, types) => {
    await schema
      .createTable('closed_profiles')
      .addColumn('account', types.text, (column) => column.primaryKey())
      .addColumn('closure', types.text, (column) => column.notNull())
      .addColumn('closed_at', types.text, (column) => column.notNull())
      .execute();
  },
};
