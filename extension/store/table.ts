import { answerOf } from './raw-database.ts';

/** Rows of one table. A choice without an index is by key; rows and keys come in the order of what they are chosen by. */
export type Table<Row, Key extends string = string> = {
  readonly get: (key: Key) => Promise<Row | undefined>;
  readonly bulkGet: (keys: readonly Key[]) => Promise<(Row | undefined)[]>;
  readonly put: (row: Row) => Promise<void>;
  readonly bulkPut: (rows: readonly Row[]) => Promise<void>;
  readonly delete: (key: Key) => Promise<void>;
  readonly bulkDelete: (keys: readonly Key[]) => Promise<void>;
  readonly clear: () => Promise<void>;
  readonly count: () => Promise<number>;
  /** the row of the last key that is not beyond this one */
  readonly lastUpTo: (key: string) => Promise<Row | undefined>;
  readonly rows: (choice?: Choice) => Promise<Row[]>;
  readonly keys: (choice?: Choice) => Promise<Key[]>;
  /** gives how many there were */
  readonly deleteChosen: (choice: Choice) => Promise<number>;
  /** walks through all of them, so that a large table is never in memory */
  readonly each: (visit: (row: Row) => void) => Promise<void>;
};

/** Which rows: those whose index or key is less than `below`, or begins so; at most `limit` of them. */
export type Choice = {
  readonly index?: string;
  readonly below?: string;
  readonly beginning?: string;
  readonly limit?: number;
};

/** Puts a question to a table inside some transaction that reaches it. */
export type Ask = <Value>(
  table: string,
  mode: 'readonly' | 'readwrite',
  question: (rows: IDBObjectStore) => Promise<Value>,
) => Promise<Value>;

const rowsAtOnce = 100;

/**
 * A table as its questions are put by `ask`. The rows are the product's own, written under this type alone.
 * `keyOf`: where the key lies beside the row.
 */
export function tableOver<Row, Key extends string = string>(
  name: string,
  ask: Ask,
  keyOf?: (row: Row) => Key,
): Table<Row, Key> {
  const read = <Value>(question: (rows: IDBObjectStore) => IDBRequest<Value>) =>
    ask(name, 'readonly', (rows) => answerOf(question(rows)));
  const write = <Item>(items: readonly Item[], each: (rows: IDBObjectStore, item: Item) => IDBRequest) =>
    items.length === 0
      ? Promise.resolve()
      : ask(name, 'readwrite', async (rows) => {
          // Requests are answered in their order, and one that fails ends the transaction: the last speaks for all.
          const requests = items.map((item) => each(rows, item));
          await Promise.all(requests.slice(-1).map(answerOf));
        });
  const bulkPut = (rows: readonly Row[]) =>
    write(rows, (all, row) => all.put(row, all.keyPath === null ? keyOf?.(row) : undefined));
  const bulkDelete = (keys: readonly Key[]) => write(keys, (all, key) => all.delete(key));
  return {
    get: (key) => read((rows) => rows.get(key)),
    bulkGet: (keys) =>
      keys.length === 0
        ? Promise.resolve([])
        : ask(name, 'readonly', (rows) => Promise.all(keys.map((key) => answerOf(rows.get(key))))),
    put: (row) => bulkPut([row]),
    bulkPut,
    delete: (key) => bulkDelete([key]),
    bulkDelete,
    clear: () => write([name], (rows) => rows.clear()),
    count: () => read((rows) => rows.count()),
    lastUpTo: (key) =>
      ask(name, 'readonly', async (rows) => {
        const found = await answerOf(rows.openCursor(IDBKeyRange.upperBound(key), 'prev'));
        return found?.value;
      }),
    rows: (choice = {}) => read((rows) => chosen(rows, choice).getAll(rangeOf(choice), choice.limit)),
    keys: (choice = {}) => read((rows) => keysOf<Key>(rows, choice)),
    deleteChosen: (choice) =>
      ask(name, 'readwrite', async (rows) => {
        const keys = await answerOf(keysOf<Key>(rows, choice));
        await Promise.all(keys.map((key) => answerOf(rows.delete(key))));
        return keys.length;
      }),
    each: (visit) =>
      ask(name, 'readonly', async (rows) => {
        let after: IDBKeyRange | null = null;
        for (;;) {
          const [some, keys]: [Row[], IDBValidKey[]] = await Promise.all([
            answerOf<Row[]>(rows.getAll(after, rowsAtOnce)),
            answerOf(rows.getAllKeys(after, rowsAtOnce)),
          ]);
          for (const row of some) visit(row);
          if (some.length < rowsAtOnce) return;
          after = IDBKeyRange.lowerBound(keys.at(-1), true);
        }
      }),
  };
}

function chosen(rows: IDBObjectStore, { index }: Choice): IDBObjectStore | IDBIndex {
  return index === undefined ? rows : rows.index(index);
}

/** Keys are of the type of the field that they were written under. */
function keysOf<Key extends string>(rows: IDBObjectStore, choice: Choice): IDBRequest<Key[]> {
  return chosen(rows, choice).getAllKeys(rangeOf(choice), choice.limit) as unknown as IDBRequest<Key[]>;
}

function rangeOf({ beginning, below }: Choice): IDBKeyRange | null {
  if (beginning !== undefined) return IDBKeyRange.bound(beginning, `${beginning}\uffff`);
  return below === undefined ? null : IDBKeyRange.upperBound(below, true);
}
