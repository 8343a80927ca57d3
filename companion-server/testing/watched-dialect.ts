import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';

/** `underway`: it was sent, and nobody knows yet what became of it. */
export type Moment = { readonly statement: string; readonly when: 'before' | 'underway' | 'after' };

/** Told of every statement, those that begin and end a transaction too, and who has the connection meanwhile. */
export type Watch = (moment: Moment, holder: object) => void;

/** A dialect that reports each statement. */
export function watchedDialect(dialect: Dialect, watch: Watch): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createIntrospector: (database) => dialect.createIntrospector(database),
    createDriver: () => watchedDriver(dialect.createDriver(), watch),
  };
}

function watchedDriver(driver: Driver, watch: Watch): Driver {
  const watched = new WeakMap<DatabaseConnection, DatabaseConnection>();
  return {
    init: (options) => driver.init(options),
    acquireConnection: async (options) => {
      const connection = await driver.acquireConnection(options);
      const holder = watchedConnection(connection, watch);
      watched.set(holder, connection);
      return holder;
    },
    // These three ask their statements of the connection that they are given.
    beginTransaction: (holder, settings) => driver.beginTransaction(holder, settings),
    commitTransaction: (holder) => driver.commitTransaction(holder),
    rollbackTransaction: (holder) => driver.rollbackTransaction(holder),
    releaseConnection: (holder, options) => driver.releaseConnection(watched.get(holder) ?? holder, options),
    destroy: (options) => driver.destroy(options),
  };
}

function watchedConnection(connection: DatabaseConnection, watch: Watch): DatabaseConnection {
  const holder: DatabaseConnection = {
    executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
      const statement = query.sql;
      watch({ statement, when: 'before' }, holder);
      const answer = connection.executeQuery<Row>(query);
      watch({ statement, when: 'underway' }, holder);
      const result = await answer;
      watch({ statement, when: 'after' }, holder);
      return result;
    },
    streamQuery: (query, chunkSize, options) => connection.streamQuery(query, chunkSize, options),
  };
  return holder;
}
