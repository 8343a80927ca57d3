import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type SqliteDatabase as KyselyDatabase,
  SqliteDialect,
  SqliteDriver,
  type TransactionSettings,
} from 'kysely';
import { type Checkpoints, checkpointsOf } from './checkpoints.ts';
import type { Engine, StorageFault } from './engine.ts';
import { columnTypes } from './migrations/migration.ts';

/** How long a transaction waits for those of other processes. */
const lockTimeoutMs = 10_000;

/** The embedded database, in a folder. Who writes has all of it, so that nothing else needs to be held. */
export const sqlite: Engine = {
  name: 'sqlite',
  types: columnTypes.sqlite,
  dialect: (location) => openFile(location),
  holdTables: async () => undefined,
  holdAccount: async () => undefined,
  writesInTurn: true,
  faultOf,
};

/** `synchronous=FULL`: what a transaction acknowledged outlives a power cut. */
function openFile(dataDirectory: string): Dialect {
  const file = new SqliteDatabase(join(dataDirectory, 'backpack.sqlite'), { timeout: lockTimeoutMs });
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  // Deleted text is overwritten, so that what was unpublished or erased is not left in free pages.
  file.pragma('secure_delete = ON');
  file.pragma('busy_timeout = 20');
  // What undoes one statement, or one of several writes that share a transaction, needs no file of its own.
  file.pragma('temp_store = MEMORY');
  // In pages, 64 MiB: where `checkpoints.ts` does not keep up, whoever writes past it moves the rest.
  file.pragma('wal_autocheckpoint = 16000');
  return new ImmediateDialect(file);
}

/** Kysely prepares anew at every call; the database keeps what it has prepared. */
function withStatementsKept(file: SqliteDatabase.Database): KyselyDatabase {
  const statements = new Map<string, ReturnType<KyselyDatabase['prepare']>>();
  return {
    prepare: (text) => {
      const known = statements.get(text);
      if (known !== undefined) return known;
      const statement = file.prepare(text) as ReturnType<KyselyDatabase['prepare']>;
      // Statements with long lists of values come in many lengths; past this number they are not worth keeping.
      if (statements.size < 500) statements.set(text, statement);
      return statement;
    },
    close: () => {
      file.close();
    },
  };
}

/**
 * Transactions that write take the write lock at their first statement. Begun as readers they would fail, at once and
 * despite any time-out, when another process writes between their first read and their first write.
 */
class ImmediateDialect extends SqliteDialect {
  readonly #file: SqliteDatabase.Database;

  constructor(file: SqliteDatabase.Database) {
    super({ database: withStatementsKept(file) });
    this.#file = file;
  }

  override createDriver(): Driver {
    return new ImmediateDriver(this.#file);
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #file: SqliteDatabase.Database;
  readonly #checkpoints: Checkpoints;

  constructor(file: SqliteDatabase.Database) {
    super({ database: withStatementsKept(file) });
    this.#file = file;
    this.#checkpoints = checkpointsOf(file.name);
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    this.#checkpoints.written();
  }

  override async destroy(): Promise<void> {
    await this.#checkpoints.end();
    await super.destroy();
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk has undone the transaction already; asked again SQLite would answer with another error.
    if (this.#file.inTransaction) await super.rollbackTransaction(connection);
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    const begin = CompiledQuery.raw(settings?.accessMode === 'read only' ? 'begin' : 'begin immediate');
    const deadline = performance.now() + lockTimeoutMs;
    for (;;) {
      try {
        await connection.executeQuery(begin);
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > deadline) throw error;
        // Waiting here, and not in SQLite, whose wait would stop this whole process with all its requests.
        await pause(1 + Math.random() * 9);
      }
    }
  }
}

function faultOf(error: unknown): StorageFault | undefined {
  if (!(error instanceof SqliteDatabase.SqliteError)) return undefined;
  if (error.code === 'SQLITE_FULL') return 'quota';
  const isPassing = /^SQLITE_(?:BUSY|LOCKED|IOERR|READONLY|CANTOPEN|NOMEM)/.test(error.code);
  return isPassing ? 'unavailable' : undefined;
}

function isBusy(error: unknown): boolean {
  return error instanceof SqliteDatabase.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
