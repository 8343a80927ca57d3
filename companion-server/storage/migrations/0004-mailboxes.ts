import type { Migration } from './migration.ts';

export const mailboxes: Migration = {
  name: '0004-mailboxes',
  up: async (schema, types) => {
    await schema
      .createTable('mailboxes')
      .addColumn('id', types.text, (column) => column.primaryKey())
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('box', types.text, (column) => column.notNull())
      .addColumn('closes_at', types.text, (column) => column.notNull())
      .execute();
    await schema.createIndex('mailboxes_by_close').on('mailboxes').column('closes_at').execute();
    await schema.createIndex('mailboxes_by_account').on('mailboxes').column('account').execute();
  },
};
