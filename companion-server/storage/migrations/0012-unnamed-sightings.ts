import type { Migration } from './migration.ts';

/** Since when no manifest names a badge of which something was found: for a while it may be on its way to another. */
export const unnamedSightings: Migration = {
  name: '0012-unnamed-sightings',
  up: async (schema, types) => {
    await schema.alterTable('sightings').addColumn('unnamed_since', types.text).execute();
    await schema.createIndex('sightings_by_unnamed').on('sightings').column('unnamed_since').execute();
  },
};
