import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Sealed bytes cannot be compressed: PostgreSQL need not try at each write. What is there already stays as it is. */
export const sealedBytesAsTheyAre: Migration = {
  name: '0015-sealed-bytes-as-they-are',
  up: async (_, types, execute) => {
    if (types.bytes === 'bytea')
      await execute(sql`alter table records alter column bytes set storage external`);
  },
};
