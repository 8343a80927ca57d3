import type { Migration } from './migration.ts';

export const publishing: Migration = {
  name: '0003-publishing',
  up: async (schema, types) => {
    await schema
      .createTable('handles')
      .addColumn('handle', types.text, (column) => column.primaryKey())
      .addColumn('owner', types.text, (column) => column.unique())
      .addColumn('former_owner', types.text, (column) => column.notNull())
      .addColumn('released_at', types.text)
      .execute();
    await schema
      .createTable('manifests')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('slug', types.text, (column) => column.notNull())
      .addColumn('handle', types.text, (column) => column.notNull())
      .addColumn('seq', types.count, (column) => column.notNull())
      .addColumn('hash', types.text, (column) => column.notNull())
      .addColumn('token', types.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('manifests_pk', ['account', 'slug'])
      .execute();
    await schema.createIndex('manifests_by_handle').on('manifests').columns(['handle', 'slug']).execute();
    await schema
      .createTable('manifest_names')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('slug', types.text, (column) => column.notNull())
      .addColumn('hash', types.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('manifest_names_pk', ['account', 'slug', 'hash'])
      .execute();
    await schema.createIndex('manifest_names_by_hash').on('manifest_names').column('hash').execute();
    await schema
      .createTable('documents')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('hash', types.text, (column) => column.notNull())
      .addColumn('media_type', types.text, (column) => column.notNull())
      .addColumn('length', 'integer', (column) => column.notNull())
      .addColumn('bytes', types.bytes, (column) => column.notNull())
      .addColumn('arrived_at', types.text, (column) => column.notNull())
      .addPrimaryKeyConstraint('documents_pk', ['account', 'hash'])
      .execute();
    await schema.createIndex('documents_by_hash').on('documents').column('hash').execute();
    await schema.createIndex('documents_by_arrival').on('documents').column('arrived_at').execute();
    await schema
      .createTable('pages')
      .addColumn('handle', types.text, (column) => column.primaryKey())
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('version', types.text, (column) => column.notNull())
      .addColumn('tag', types.text, (column) => column.notNull())
      .addColumn('html', types.text, (column) => column.notNull())
      .execute();
    await schema
      .createTable('checks')
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('document', types.text, (column) => column.notNull())
      .addColumn('checked_at', types.text)
      .addColumn('result', types.text)
      .addColumn('due_at', types.text, (column) => column.notNull())
      .addColumn('leased_until', types.text)
      .addPrimaryKeyConstraint('checks_pk', ['account', 'document'])
      .execute();
    await schema.createIndex('checks_by_due').on('checks').column('due_at').execute();
  },
};
