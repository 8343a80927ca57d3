import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * A page is found by its path alone, and whoever has it already is told so by the index. From here on a page goes with
 * the handle below which it stands; those that were kept before are rendered again when they are asked for.
 */
export const pagesReadByPath: Migration = {
  name: '0016-pages-read-by-path',
  up: async (schema, _, execute) => {
    await execute(sql`delete from pages`);
    await schema
      .createIndex('pages_by_path')
      .on('pages')
      .columns(['path', 'account', 'version', 'tag'])
      .execute();
  },
};
