import type { Migration } from './migration.ts';

/** When the owner of a handle took another in its place. Who that is, is asked by his blinded name. */
export const movedHandles: Migration = {
  name: '0011-moved-handles',
  up: async (schema, types) => {
    await schema.alterTable('handles').addColumn('moved_at', types.text).execute();
    await schema.createIndex('handles_by_former_owner').on('handles').column('former_owner').execute();
  },
};
