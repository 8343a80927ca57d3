import type { Doc } from '../sync/doc.ts';
import type { PassedCommit } from '../sync/passed-commits.ts';
import type {
  BlobPart,
  DirtyMark,
  Link,
  Outbox,
  RecordState,
  Rows,
  SyncStorage,
  SyncTables,
} from '../sync/storage.ts';

/** A device's store in memory. What it held survives a `restart`, as a disk does. */
export type MemorySyncStorage = SyncStorage & {
  /** Throws at the k-th coming transaction, before or after it took effect: a kill at that point. */
  readonly killAt: (transaction: number, when: 'before' | 'after') => void;
  /** All rows, for a test to look at. */
  readonly tables: SyncTables;
  /** How many transactions there were. */
  readonly count: () => number;
};

/** What the double throws where a process would have died. */
export class Killed extends Error {}

/** A storage whose transactions are atomic and follow one another, as IndexedDB's do. */
export function memorySyncStorage(): MemorySyncStorage {
  const maps = {
    docs: new Map<string, Doc>(),
    dirty: new Map<string, DirtyMark>(),
    records: new Map<string, RecordState>(),
    blobs: new Map<string, BlobPart>(),
    outbox: new Map<string, Outbox>(),
    link: new Map<string, Link>(),
    passed: new Map<string, PassedCommit>(),
  };
  const tables: SyncTables = {
    docs: rowsOf(maps.docs),
    dirty: rowsOf(maps.dirty),
    records: rowsOf(maps.records),
    blobs: rowsOf(maps.blobs),
    outbox: rowsOf(maps.outbox),
    link: rowsOf(maps.link),
    passed: rowsOf(maps.passed),
  };
  let transactions = 0;
  let kill: { at: number; when: 'before' | 'after' } | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const transact = <Value>(work: (tables: SyncTables) => Promise<Value>): Promise<Value> => {
    const run = async (): Promise<Value> => {
      transactions += 1;
      const dies = kill !== undefined && transactions >= kill.at ? kill.when : undefined;
      if (dies !== undefined) kill = undefined;
      if (dies === 'before') throw new Killed();
      const before = Object.values(maps).map((map) => new Map<string, unknown>(map));
      try {
        const value = await work(tables);
        if (dies === 'after') throw new Killed();
        return value;
      } catch (thrown) {
        if (!(thrown instanceof Killed)) restore(maps, before);
        throw thrown;
      }
    };
    const result = turn.then(run);
    turn = result.catch(() => undefined);
    return result;
  };
  return {
    read: transact,
    write: transact,
    killAt: (transaction, when) => {
      kill = { at: transactions + transaction, when };
    },
    tables,
    count: () => transactions,
  };
}

function restore(maps: object, before: readonly Map<string, unknown>[]): void {
  Object.values(maps).forEach((map: Map<string, unknown>, index) => {
    map.clear();
    for (const [key, value] of before[index] ?? []) map.set(key, value);
  });
}

function rowsOf<Row extends { readonly id: string }>(map: Map<string, Row>): Rows<Row> {
  const sorted = (): readonly Row[] => [...map.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    get: async (ids) => ids.map((id) => map.get(id)),
    put: async (rows) => {
      // Written and read back as a store does it: no object is shared between the caller and the table.
      for (const row of rows) map.set(row.id, structuredClone(row));
    },
    remove: async (ids) => {
      for (const id of ids) map.delete(id);
    },
    list: async (limit) => sorted().slice(0, limit),
    each: async (visit) => sorted().forEach(visit),
    keys: async () => sorted().map(({ id }) => id),
  };
}
