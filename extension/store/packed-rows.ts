import type { Rows } from '../../shared/sync/storage.ts';

/**
 * Small rows, many to one record of the database: a record costs what it costs, whatever is in it, and a first sync
 * writes four small rows beside each badge. A pack holds, as JSON text, all rows from its own id up to the next pack's;
 * the first has the id ''. One that grows beyond `packLength` is divided in equal parts.
 */
export type Pack = { readonly id: string; readonly rows: string };

/** Long enough for some fifty rows, and so short that a change of one row writes little. */
export const packLength = 8_000;

/** The records themselves, as a database has them. `upTo`: the last pack whose id is not beyond this. */
export type Packs = {
  readonly ids: () => Promise<readonly string[]>;
  readonly get: (ids: readonly string[]) => Promise<readonly (Pack | undefined)[]>;
  readonly upTo: (id: string) => Promise<Pack | undefined>;
  readonly all: () => Promise<readonly Pack[]>;
  readonly each: (visit: (pack: Pack) => void) => Promise<void>;
  readonly put: (packs: readonly Pack[]) => Promise<void>;
  readonly remove: (ids: readonly string[]) => Promise<void>;
};

/**
 * Rows kept in packs. Their ids sort as texts do, in the database too. A question and a change each ask the packs several
 * times: these are of one transaction, in which one change is over before the next begins.
 * `counted`: told by how many the rows have become more, or less.
 */
export function packedRows<Row extends { readonly id: string }>(
  packs: Packs,
  counted: (more: number) => Promise<void> = async () => {},
): Rows<Row> {
  const change = async (
    ids: readonly string[],
    changeRow: (rows: Map<string, Row>, id: string) => boolean,
  ): Promise<void> => {
    const affected = Map.groupBy(ids, packOf(await packs.ids()));
    const before = await packs.get([...affected.keys()]);
    const written: Pack[] = [];
    const emptied: string[] = [];
    let more = 0;
    for (const [index, [id, some]] of [...affected].entries()) {
      const rows = new Map(rowsIn<Row>(before[index]).map((row) => [row.id, row]));
      const count = rows.size;
      if (some.filter((one) => changeRow(rows, one)).length === 0) continue;
      more += rows.size - count;
      // What lay in it is found, or not, in the one before.
      if (rows.size === 0 && id !== '') emptied.push(id);
      else written.push(...divided(id, [...rows.values()].sort(byId)));
    }
    await packs.put(written);
    if (emptied.length > 0) await packs.remove(emptied);
    if (more !== 0) await counted(more);
  };
  return {
    get: async (ids) => {
      const [only] = ids;
      if (only === undefined) return [];
      if (ids.length === 1) return [rowsIn<Row>(await packs.upTo(only)).find(({ id }) => id === only)];
      const affected = new Set(ids.map(packOf(await packs.ids())));
      const found = await packs.get([...affected]);
      const rows = new Map(found.flatMap((pack) => rowsIn<Row>(pack).map((row) => [row.id, row])));
      return ids.map((id) => rows.get(id));
    },
    put: async (rows) => {
      if (rows.length === 0) return;
      const given = new Map(rows.map((row) => [row.id, row]));
      await change([...given.keys()], (kept, id) => {
        const row = given.get(id);
        if (row !== undefined) kept.set(id, row);
        return row !== undefined;
      });
    },
    remove: async (ids) => {
      if (ids.length > 0) await change([...new Set(ids)], (kept, id) => kept.delete(id));
    },
    list: async (limit) => (await packs.all()).flatMap((pack) => rowsIn<Row>(pack)).slice(0, limit),
    each: (visit) => packs.each((pack) => rowsIn<Row>(pack).forEach(visit)),
    keys: async () => (await packs.all()).flatMap((pack) => rowsIn<Row>(pack).map(({ id }) => id)),
  };
}

/** The rows in a pack, in order; none where there is no pack. Written by `packedRows` alone. */
export function rowsIn<Row>(pack: Pack | undefined): readonly Row[] {
  return pack === undefined ? [] : (JSON.parse(pack.rows) as readonly Row[]);
}

/** Which of the packs a row with an id is in. `ids`: of all packs, in order. */
function packOf(ids: readonly string[]): (id: string) => string {
  return (id) => {
    let [from, to] = [0, ids.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((ids[middle] ?? '') <= id) from = middle + 1;
      else to = middle;
    }
    return ids[from - 1] ?? '';
  };
}

function divided<Row extends { readonly id: string }>(id: string, rows: readonly Row[]): readonly Pack[] {
  const texts = rows.map((row) => JSON.stringify(row));
  const length = texts.reduce((sum, text) => sum + text.length + 1, 0);
  const each = length / Math.ceil(length / packLength);
  const parts: { id: string; texts: string[] }[] = [{ id, texts: [] }];
  let passed = 0;
  for (const [index, text] of texts.entries()) {
    if (passed >= each * parts.length) parts.push({ id: rows[index]?.id ?? '', texts: [] });
    parts.at(-1)?.texts.push(text);
    passed += text.length + 1;
  }
  return parts.map((part) => ({ id: part.id, rows: `[${part.texts.join(',')}]` }));
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
