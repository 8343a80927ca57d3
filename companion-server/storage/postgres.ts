import { type Dialect, PostgresDialect, type PostgresPool, type PostgresPoolClient, sql } from 'kysely';
import pg from 'pg';
import { bindUncopied } from './bind-uncopied.ts';
import type { Engine, StorageFault } from './engine.ts';
import { keptQuery } from './kept-query.ts';
import { columnTypes } from './migrations/migration.ts';

/** Connections of one process; the others of its transactions wait. */
const maxConnections = 10;
/** How long a transaction waits for a connection, for a lock, for one statement. */
const connectionTimeoutMs = 10_000;
const lockTimeoutMs = 10_000;
const statementTimeoutMs = 30_000;
/** A process that was stopped in the midst of a transaction holds up the others no longer than this. */
const idleTimeoutMs = 60_000;
/** Any number, so that it is always the same. */
const migrationLock = 7_215_001_733;

/**
 * PostgreSQL, for several processes. Writes of one account come one after another, because each begins by locking the
 * account's row; a read sees the one moment at which it began.
 */
export const postgresql: Engine = {
  name: 'postgresql',
  types: columnTypes.postgresql,
  dialect: (location) => dialectOver(location),
  holdTables: async (transaction) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(transaction);
  },
  holdAccount: async (transaction, account) => {
    const [row] = (await lockedAccount(transaction, account)).rows;
    return row;
  },
  writesInTurn: false,
  faultOf,
};

const lockedAccount = keptQuery((db, id: string) =>
  db.selectFrom('accounts').selectAll().where('id', '=', id).forUpdate(),
);

function dialectOver(location: string): Dialect {
  const pool = new pg.Pool({
    connectionString: location,
    max: maxConnections,
    connectionTimeoutMillis: connectionTimeoutMs,
    lock_timeout: lockTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: idleTimeoutMs,
    keepAlive: true,
    // What does not wait for the answer before it is sent at once.
    pipeline: true,
    types: { getTypeParser },
  });
  // A connection that is lost while nobody asks anything is simply gone; the next question opens another.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    bindUncopied(client);
  });
  return new PostgresDialect({ pool: namingLostConnections(pool) });
}

/** Counts and sums are numbers, as SQLite answers them: none of ours comes near 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  wholeNumbers.has(oid) ? Number : pg.types.getTypeParser(oid, format as 'text');
const wholeNumbers: ReadonlySet<number> = new Set([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);

/** The server did not answer at all, or not to the end. */
class ConnectionLost extends Error {
  readonly code: string;

  constructor(cause: unknown) {
    super('the connection to the database was lost', { cause });
    this.code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer';
  }
}

/**
 * Tells a lost connection, which the client reports by errors of many kinds, from a fault of ours. A connection that
 * was lost while nobody asked anything is found out when a transaction begins, or at a question alone: nothing is done
 * then, and the next one is taken. What begins a transaction goes out with its first statement.
 */
function namingLostConnections(pool: pg.Pool): PostgresPool {
  const take = () =>
    pool.connect().catch((error: unknown) => {
      throw new ConnectionLost(error);
    });
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async (): Promise<PostgresPoolClient> => {
      let client = await take();
      let beginning: string | undefined;
      let first: Promise<unknown> | undefined;
      const ask = async (text: string, values: readonly unknown[], others = 0): Promise<unknown> => {
        try {
          sendTogether(client);
          const begun = beginning === undefined ? undefined : client.query(beginning);
          const [answer] = await Promise.all([client.query(prepared(text, values)), begun]);
          return answer;
        } catch (error) {
          if (others === 0 || !isLoss(error))
            throw error instanceof pg.DatabaseError ? error : new ConnectionLost(error);
          client.release(true);
          client = await take();
          return ask(text, values, others - 1);
        }
      };
      const query = async (text: string, values: readonly unknown[]) => {
        if (first === undefined && begins.test(text)) {
          beginning = text;
          return { command: 'BEGIN', rowCount: null, rows: [] };
        }
        if (first === undefined) {
          const mayMove = beginning !== undefined || isQuestion.test(text);
          first = ask(text, values, mayMove ? maxConnections : 0).finally(() => {
            beginning = undefined;
          });
          return first;
        }
        // Until then nobody knows which connection it is.
        await first.catch(() => undefined);
        return ask(text, values);
      };
      return {
        query: query as unknown as PostgresPoolClient['query'],
        release: (destroy) => client.release(destroy),
      };
    },
  };
}

/** What is asked in one turn of the event loop goes out in one piece, because each piece wakes the other side. */
function sendTogether({ connection: { stream } }: pg.PoolClient): void {
  stream.cork();
  process.nextTick(() => stream.uncork());
}

/** How Kysely begins a transaction, and a question outside any. */
const begins = /^(?:begin|start transaction)\b/;
const isQuestion = /^select\b/;

/** Names of statements that each connection keeps as it has read and planned them. */
const names = new Map<string, string>();

/** Statements with long lists of values come in many lengths; past this number they are not worth keeping. */
const maxNames = 500;

function prepared(text: string, values: readonly unknown[]): pg.QueryConfig {
  const query = { text, values: [...values] };
  if (values.length === 0) return query;
  const name = names.get(text) ?? (names.size < maxNames ? `q${names.size}` : undefined);
  if (name === undefined) return query;
  names.set(text, name);
  return { ...query, name };
}

/** The server ended the connection, or it broke. */
function isLoss(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || /^57P0[12]$/.test(error.code ?? '');
}

function faultOf(error: unknown): StorageFault | undefined {
  if (error instanceof ConnectionLost) return 'unavailable';
  if (!(error instanceof pg.DatabaseError)) return undefined;
  const { code = '' } = error;
  if (code === '53100') return 'quota';
  if (code === '40001' || code === '40P01') return 'again';
  // Lost connections, no resources, shut down, no files; a lock not had in time; a database that only reads.
  return /^(?:08|53|57|58|55P03$|25006$)/.test(code) ? 'unavailable' : undefined;
}
