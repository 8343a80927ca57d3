import type { Migration } from './migration.ts';

/** When each host that was asked something lately may be asked again, by whatever process. */
export const hostTurns: Migration = {
  name: '0014-host-turns',
  up: async (schema, types) => {
    await schema
      .createTable('host_turns')
      .addColumn('host', types.text, (column) => column.primaryKey())
      .addColumn('free_at', types.count, (column) => column.notNull())
      .execute();
  },
};
