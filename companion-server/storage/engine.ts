import type { Dialect } from 'kysely';
import type { ColumnTypes } from './migrations/migration.ts';
import type { AccountId } from './storage.ts';
import type { Db, Tables } from './tables.ts';

/** A database that can keep the tables: all in which one differs from another. */
export type Engine = {
  readonly name: EngineName;
  readonly types: ColumnTypes;
  /** `location`: the folder or the address of the database. Throws when there is a file that is none of ours. */
  readonly dialect: (location: string) => Dialect;
  /** Waits until no other process changes the tables, and keeps others waiting until the transaction ends. */
  readonly holdTables: (transaction: Db) => Promise<void>;
  /**
   * Waits until no other transaction writes for the account, and keeps others waiting until this one ends. Answers the
   * account's row where it was read to that end.
   */
  readonly holdAccount: (transaction: Db, account: AccountId) => Promise<Tables['accounts'] | undefined>;
  /** whether it writes one transaction after another, so that those that wait may as well share one */
  readonly writesInTurn: boolean;
  readonly faultOf: (error: unknown) => StorageFault | undefined;
};

export type EngineName = 'sqlite' | 'postgresql';

/**
 * What stands in the way of the database itself: no room, not there at the moment, or a transaction that met another
 * and may be tried again. Whatever it is, the transaction was undone.
 */
export type StorageFault = 'quota' | 'unavailable' | 'again';

/** Where the tables are kept. */
export type DatabasePlace = { readonly engine: EngineName; readonly location: string };
