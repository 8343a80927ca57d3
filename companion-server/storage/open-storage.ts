import type { Kysely } from 'kysely';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, type Result } from '../../shared/model/result.ts';
import { accounts } from './accounts.ts';
import { admission } from './admission.ts';
import { checks } from './checks.ts';
import { handles } from './handles.ts';
import { log } from './log.ts';
import { mailboxes } from './mailboxes.ts';
import { migrate } from './migrate.ts';
import { columnTypes } from './migrations/migration.ts';
import { migrations } from './migrations/registry.ts';
import { published } from './published.ts';
import { openSqlite, storageErrorOf } from './sqlite.ts';
import type { Session, Storage } from './storage.ts';
import type { Db, Tables } from './tables.ts';
import { unlockers } from './unlockers.ts';

/** Opens the storage in a folder and brings its tables up to date. Throws when it cannot. */
export async function openStorage(dataDirectory: string): Promise<Storage> {
  const database = openSqlite(dataDirectory);
  try {
    await migrate(database, columnTypes.sqlite, migrations);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return storageOf(database);
}

/** The storage over a database whose tables are up to date. */
export function storageOf(database: Kysely<Tables>): Storage {
  return {
    read: (work) =>
      database
        .transaction()
        .setAccessMode('read only')
        .execute((transaction) => work(sessionOf(transaction))),

    write: async <Value>(work: (session: Session) => Promise<Result<Value>>): Promise<Result<Value>> => {
      try {
        return await database.transaction().execute(async (transaction) => {
          const result = await work(sessionOf(transaction));
          if (!result.ok) throw new RolledBack(result);
          return result;
        });
      } catch (thrown) {
        if (thrown instanceof RolledBack) return failed(thrown.result.error);
        const code = storageErrorOf(thrown);
        if (code === undefined) throw thrown;
        return failed(new BackpackError(code, {}, thrown));
      }
    },

    close: () => database.destroy(),
  };
}

/** Carries a failure out of a transaction, which is thereby undone. */
class RolledBack extends Error {
  readonly result: Result<never> & { ok: false };

  constructor(result: Result<never> & { ok: false }) {
    super('rolled back');
    this.result = result;
  }
}

function sessionOf(db: Db): Session {
  return {
    accounts: accounts(db),
    log: log(db),
    unlockers: unlockers(db),
    mailboxes: mailboxes(db),
    handles: handles(db),
    published: published(db),
    checks: checks(db),
    admission: admission(db),
  };
}
