import type { Migration } from './migration.ts';

/** An account has several pages. Those that were kept are rendered again when they are asked for. */
export const pagesByPath: Migration = {
  name: '0013-pages-by-path',
  up: async (schema, types) => {
    await schema.dropTable('pages').execute();
    await schema
      .createTable('pages')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('path', types.text, (column) => column.notNull())
      .addColumn('version', types.text, (column) => column.notNull())
      .addColumn('tag', types.text, (column) => column.notNull())
      .addColumn('html', types.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('pages_pk', ['account', 'path'])
      .execute();
  },
};
