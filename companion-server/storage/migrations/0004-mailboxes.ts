import type { Migration } from './migration.ts';

export const mailboxes: Migration = {
  name: '0004-mailboxes',
  up: async (schema) => {
    await schema
      .createTable('mailboxes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('account', 'text', (column) => column.notNull())
      .addColumn('box', 'text', (column) => column.notNull())
      .addColumn('closes_at', 'text', (column) => column.notNull())
      .execute();
    await schema.createIndex('mailboxes_by_close').on('mailboxes').column('closes_at').execute();
    await schema.createIndex('mailboxes_by_account').on('mailboxes').column('account').execute();
  },
};
