import { type Compilable, CompiledQuery, type DatabaseConnection, type QueryResult } from 'kysely';
import type { Db } from './tables.ts';

type Value = string | number | Uint8Array | null;
/** What a query is asked with: values, lists of them, and rows of values, which are all of one width. */
type Given = Value | readonly Value[] | readonly (readonly Value[])[];

/** Stands for the value of that number while a query is put together. */
class StandIn {
  readonly index: number;

  constructor(index: number) {
    this.index = index;
  }
}

/**
 * A query that is put together once for each engine, and once more for each length of its lists: that takes longer than
 * most questions to SQLite do. `build` hands on what it is given, and no more, because it is given stand-ins.
 */
export function keptQuery<Values extends readonly Given[], Row>(
  build: (db: Db, ...values: Values) => Compilable<Row>,
): (db: Db, ...values: Values) => Promise<QueryResult<Row>> {
  const kept = new WeakMap<object, Map<string, CompiledQuery<Row>>>();
  return (db, ...values) => {
    const { adapter } = db.getExecutor();
    const ofEngine = kept.get(adapter) ?? new Map<string, CompiledQuery<Row>>();
    kept.set(adapter, ofEngine);
    const lengths = values.some(Array.isArray)
      ? values.map((value) => (Array.isArray(value) ? value.length : '')).join()
      : '';
    const query = ofEngine.get(lengths) ?? build(db, ...standInsFor(values)).compile();
    ofEngine.set(lengths, query);
    const flat = values.flat(2);
    const parameters = query.parameters.map((each) => (each instanceof StandIn ? flat[each.index] : each));
    return (connections.get(db) ?? db).executeQuery<Row>({ ...query, parameters });
  };
}

/** Asks a statement that is the same each time, in a transaction. */
export async function ask(transaction: Db, statement: string): Promise<void> {
  await (connections.get(transaction) ?? transaction).executeQuery(CompiledQuery.raw(statement));
}

/** Where the kept queries of a database or transaction go. */
const connections = new WeakMap<Db, Pick<DatabaseConnection, 'executeQuery'>>();

/**
 * Lets the kept queries of a transaction go straight to its connection: Kysely's own way there is longer than the way
 * through SQLite, and sends none before the one before it is answered. `isFree`: for a database of one connection,
 * whether nobody has it at the moment.
 */
export async function goStraight(db: Db, isFree?: () => boolean): Promise<void> {
  const its = await db.getExecutor().provideConnection(async (connection) => connection);
  const now = isFree ?? (() => true);
  connections.set(db, {
    executeQuery: <Row>(query: CompiledQuery) => (now() ? its : db).executeQuery<Row>(query),
  });
}

function standInsFor<Values extends readonly Given[]>(values: Values): Values {
  let index = 0;
  const standIn = (value: Given): unknown =>
    Array.isArray(value) ? value.map(standIn) : new StandIn(index++);
  return values.map(standIn) as unknown as Values;
}
