import type { Migration } from './migration.ts';

/** Which account a passkey opens is asked by those who don't know yet, as with the recovery codes. */
export const passkeys: Migration = {
  name: '0006-passkeys',
  up: async (schema, types) => {
    await schema
      .createTable('passkeys')
      .addColumn('credential', types.text, (column) => column.primaryKey())
      .addColumn('account', types.text, (column) => column.notNull())
      .addColumn('unlocker', types.text, (column) => column.notNull())
      .addColumn('uses', types.count, (column) => column.notNull())
      .execute();
    await schema.createIndex('passkeys_by_account').on('passkeys').column('account').execute();
  },
};
