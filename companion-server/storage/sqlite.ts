import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  type SqliteDatabase as KyselyDatabase,
  SqliteDialect,
  SqliteDriver,
  type TransactionSettings,
} from 'kysely';
import type { Tables } from './tables.ts';

const lockTimeoutMs = 10_000;

/**
 * Opens the embedded database. `synchronous=FULL`: what a transaction acknowledged outlives a power cut.
 * Throws when the file cannot be opened or is none of ours.
 */
export function openSqlite(dataDirectory: string): Kysely<Tables> {
  const file = new SqliteDatabase(join(dataDirectory, 'backpack.sqlite'), { timeout: lockTimeoutMs });
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  // Deleted text is overwritten, so that what was unpublished or erased is not left in free pages.
  file.pragma('secure_delete = ON');
  return new Kysely<Tables>({ dialect: new ImmediateDialect(withStatementsKept(file)) });
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
  readonly #database: KyselyDatabase;

  constructor(database: KyselyDatabase) {
    super({ database });
    this.#database = database;
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database });
  }
}

class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    const begin = settings?.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
  }
}
