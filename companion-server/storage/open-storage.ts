import { setTimeout as pause } from 'node:timers/promises';
import { type Dialect, Kysely, type TransactionBuilder } from 'kysely';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, type Result } from '../../shared/model/result.ts';
import { accounts } from './accounts.ts';
import { admission } from './admission.ts';
import { checks } from './checks.ts';
import { closures } from './closures.ts';
import type { DatabasePlace, Engine } from './engine.ts';
import { engines } from './engines.ts';
import { type Ended, groupWrites, type Work } from './group-writes.ts';
import { handles } from './handles.ts';
import { ask, goStraight } from './kept-query.ts';
import { listed } from './listed.ts';
import { log } from './log.ts';
import { mailboxes } from './mailboxes.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/registry.ts';
import { published } from './published.ts';
import { sightings } from './sightings.ts';
import { snapshots } from './snapshots.ts';
import type { AccountId, Session, Storage } from './storage.ts';
import type { Db, Tables } from './tables.ts';
import { turns } from './turns.ts';
import { unlockers } from './unlockers.ts';

/** Transactions that meet one another are tried so often before the client is asked to come again. */
const maxAttempts = 5;
/** When a client may try again. */
const unavailableSeconds = 5;

/** Opens the storage and brings its tables up to date. Throws when it cannot. */
export async function openStorage(place: DatabasePlace): Promise<Storage> {
  const engine = engineOf(place);
  return openStorageOver(engine.dialect(place.location), engine);
}

/** The same over a dialect that was made already. */
export async function openStorageOver(dialect: Dialect, engine: Engine): Promise<Storage> {
  const database = new Kysely<Tables>({ dialect });
  try {
    await migrate(database, engine, migrations);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return storageOf(database, engine);
}

export function engineOf({ engine: name }: DatabasePlace): Engine {
  const engine = engines.find((each) => each.name === name);
  if (engine === undefined) throw new BackpackError('unexpected');
  return engine;
}

/** The storage over a database whose tables are up to date. */
export function storageOf(database: Kysely<Tables>, engine: Engine): Storage {
  const writing = database.transaction().setIsolationLevel('read committed');
  const looking = database.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  let transactions = 0;
  const transact = async <Value>(
    builder: TransactionBuilder<Tables>,
    work: (transaction: Db) => Promise<Value>,
  ): Promise<Value> => {
    transactions += 1;
    try {
      return await builder.execute(async (transaction) => {
        await goStraight(transaction);
        return work(transaction);
      });
    } finally {
      transactions -= 1;
    }
  };
  if (engine.writesInTurn) goStraight(database, () => transactions === 0).catch(() => undefined);

  const attempt = <Value>(
    account: AccountId | undefined,
    work: (session: Session) => Promise<Result<Value>>,
  ): Promise<Result<Value>> =>
    transact(writing, async (transaction) => {
      const held = account === undefined ? undefined : await engine.holdAccount(transaction, account);
      const result = await work(sessionOf(transaction, held));
      if (!result.ok) throw new RolledBack(result);
      return result;
    });

  const alone = async <Value>(
    account: AccountId | undefined,
    work: (session: Session) => Promise<Result<Value>>,
  ): Promise<Result<Value>> => {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await attempt(account, work);
      } catch (thrown) {
        if (thrown instanceof RolledBack) return failed(thrown.result.error);
        const fault = engine.faultOf(thrown);
        if (fault === undefined) throw thrown;
        if (fault !== 'again') return failed(errorOf(fault, thrown));
        if (attempts === maxAttempts) return failed(errorOf('unavailable', thrown));
        await pause(Math.random() * 10 * 2 ** attempts);
      }
    }
  };
  const inTurn = groupWrites({
    alone: (work) => alone(undefined, work),
    together: (works) =>
      transact(writing, async (transaction) => {
        const ended: Ended[] = [];
        for (const work of works) ended.push(await partOf(transaction, work, engine));
        return ended;
      }),
  });

  const reading = <Value>(answer: Promise<Value>): Promise<Value> =>
    answer.catch((thrown: unknown) => {
      throw engine.faultOf(thrown) === undefined ? thrown : errorOf('unavailable', thrown);
    });

  const outside = sessionOf(database);

  return {
    read: (work) => reading(transact(looking, (transaction) => work(sessionOf(transaction)))),

    ask: (question) => reading(question(outside)),

    write: <Value>(
      account: AccountId | undefined,
      work: (session: Session) => Promise<Result<Value>>,
    ): Promise<Result<Value>> =>
      // What comes back is what this very work gave.
      engine.writesInTurn ? (inTurn(work) as Promise<Result<Value>>) : alone(account, work),

    close: () => database.destroy(),
  };
}

/** One work within a transaction that others share: undone by itself where it fails. A fault of the database is all's. */
async function partOf(transaction: Db, work: Work, engine: Engine): Promise<Ended> {
  await ask(transaction, 'savepoint part');
  const ended = await work(sessionOf(transaction)).then(
    (result): Ended => ({ result }),
    (thrown: unknown): Ended => {
      if (engine.faultOf(thrown) !== undefined) throw thrown;
      return { thrown };
    },
  );
  if (!('result' in ended && ended.result.ok)) await ask(transaction, 'rollback to part');
  await ask(transaction, 'release part');
  return ended;
}

function errorOf(code: 'quota' | 'unavailable', cause: unknown): BackpackError {
  return new BackpackError(code, code === 'unavailable' ? { seconds: unavailableSeconds } : {}, cause);
}

/** Carries a failure out of a transaction, which is thereby undone. */
class RolledBack extends Error {
  readonly result: Result<never> & { ok: false };

  constructor(result: Result<never> & { ok: false }) {
    super('rolled back');
    this.result = result;
  }
}

/** Each part is made when it is asked for: most work asks for two or three. */
function sessionOf(db: Db, held?: Tables['accounts']): Session {
  return {
    accounts: accounts(db, held),
    get log() {
      return log(db);
    },
    get snapshots() {
      return snapshots(db);
    },
    get unlockers() {
      return unlockers(db);
    },
    get mailboxes() {
      return mailboxes(db);
    },
    get handles() {
      return handles(db);
    },
    get published() {
      return published(db);
    },
    get listed() {
      return listed(db);
    },
    get closures() {
      return closures(db);
    },
    get checks() {
      return checks(db);
    },
    get sightings() {
      return sightings(db);
    },
    get admission() {
      return admission(db);
    },
    get turns() {
      return turns(db);
    },
  };
}
