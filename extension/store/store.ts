import { type Changes, changesOf } from './changes.ts';
import { connectionTo, type Form } from './connection.ts';
import type { Ask } from './table.ts';

/**
 * A database and what can be done with all of it. Each question to a table by itself is a transaction of its own; what
 * only a transaction may be asked is in `Inside` alone.
 */
export type Store<Tables, Inside extends Tables> = Tables & {
  /**
   * One transaction: `inside` asks within it, of the named tables; whoever asks the store itself meanwhile is outside.
   * `work` awaits nothing but its tables, for a transaction ends at any other wait.
   */
  readonly read: Transaction<Tables, Inside>;
  /** all of it, and durable once it has resolved, or nothing of it */
  readonly write: Transaction<Tables, Inside>;
  /** the tables, `note` being told the name of each that is asked */
  readonly noting: (note: (table: string) => void) => Tables;
  readonly onChange: Changes['onChange'];
};

type Transaction<Tables, Inside> = <Value>(
  tables: readonly (keyof Tables & string)[],
  work: (inside: Inside) => Promise<Value>,
) => Promise<Value>;

/**
 * The database of that name. `tablesOver`: its tables, as they put their questions by `ask`; `insideOf`: what there is of
 * them inside a transaction.
 */
export function storeOf<Tables extends object, Inside extends Tables>(
  name: string,
  form: Form,
  tablesOver: (ask: Ask) => Tables,
  insideOf: (tables: Tables) => Inside,
): Store<Tables, Inside> {
  const connection = connectionTo(name, form);
  const { tell, onChange } = changesOf(name);
  const within: Within = async (mode, tables, work) => {
    const written = new Set<string>();
    const transaction = (await connection()).transaction(tables, mode, { durability: 'strict' });
    const value = await ended(transaction, () =>
      work((table, asked, question) => {
        if (asked === 'readwrite') written.add(table);
        return question(transaction.objectStore(table));
      }),
    );
    if (written.size > 0) tell([...written]);
    return value;
  };
  const alone: Ask = (table, mode, question) => within(mode, [table], (ask) => ask(table, mode, question));
  return {
    ...tablesOver(alone),
    read: (tables, work) => within('readonly', tables, (ask) => work(insideOf(tablesOver(ask)))),
    write: (tables, work) => within('readwrite', tables, (ask) => work(insideOf(tablesOver(ask)))),
    noting: (note) =>
      tablesOver((table, mode, question) => {
        note(table);
        return alone(table, mode, question);
      }),
    onChange,
  };
}

type Within = <Value>(
  mode: 'readonly' | 'readwrite',
  tables: readonly string[],
  work: (ask: Ask) => Promise<Value>,
) => Promise<Value>;

/** What `work` gives, once the transaction has come to its end where it writes; it is undone where `work` fails. */
async function ended<Value>(transaction: IDBTransaction, work: () => Promise<Value>): Promise<Value> {
  const end = endOf(transaction);
  let value: Value;
  try {
    value = await work();
  } catch (thrown) {
    undo(transaction);
    await end.catch(() => undefined);
    // Why the browser gave up says more than that a question was dropped for it.
    throw transaction.error ?? thrown;
  }
  if (transaction.mode !== 'readonly') await end;
  return value;
}

function endOf(transaction: IDBTransaction): Promise<void> {
  const end = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
  // Whoever only reads does not wait for it.
  end.catch(() => undefined);
  return end;
}

function undo(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
