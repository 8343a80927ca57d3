import type { Migration } from './migration.ts';

export const publishing: Migration = {
  name: '0003-publishing',
  up: async (schema, types) => {
    await schema
      .createTable('handles')
      .addColumn('handle', 'text', (column) => column.primaryKey())
      .addColumn('owner', 'text', (column) => column.unique())
      .addColumn('former_owner', 'text', (column) => column.notNull())
      .addColumn('released_at', 'text')
      .execute();
    await schema
      .createTable('manifests')
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('slug', 'text', (column) => column.notNull())
      .addColumn('handle', 'text', (column) => column.notNull())
      .addColumn('seq', types.count, (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('token', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('manifests_pk', ['account', 'slug'])
      .execute();
    await schema.createIndex('manifests_by_handle').on('manifests').columns(['handle', 'slug']).execute();
    await schema
      .createTable('manifest_names')
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('slug', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('manifest_names_pk', ['account', 'slug', 'hash'])
      .execute();
    await schema.createIndex('manifest_names_by_hash').on('manifest_names').column('hash').execute();
    await schema
      .createTable('documents')
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('media_type', 'text', (column) => column.notNull())
      .addColumn('length', 'integer', (column) => column.notNull())
      .addColumn('bytes', types.bytes, (column) => column.notNull())
      .addColumn('arrived_at', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('documents_pk', ['account', 'hash'])
      .execute();
    await schema.createIndex('documents_by_hash').on('documents').column('hash').execute();
    await schema.createIndex('documents_by_arrival').on('documents').column('arrived_at').execute();
    await schema
      .createTable('pages')
      .addColumn('handle', 'text', (column) => column.primaryKey())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('version', 'text', (column) => column.notNull())
      .addColumn('tag', 'text', (column) => column.notNull())
      .addColumn('html', 'text', (column) => column.notNull())
      .execute();
    await schema
      .createTable('checks')
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('document', 'text', (column) => column.notNull())
      .addColumn('checked_at', 'text')
      .addColumn('result', 'text')
      .addColumn('due_at', 'text', (column) => column.notNull())
      .addColumn('leased_until', 'text')
      .addPrimaryKeyConstraint('checks_pk', ['account', 'document'])
      .execute();
    await schema.createIndex('checks_by_due').on('checks').column('due_at').execute();
  },
};
