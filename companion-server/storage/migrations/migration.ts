import type { SchemaModule } from 'kysely';

/** Column types whose name differs between engines. */
export type ColumnTypes = { readonly bytes: 'blob' | 'bytea'; readonly count: 'integer' | 'bigint' };

export const columnTypes: Readonly<Record<'sqlite' | 'postgresql', ColumnTypes>> = {
  sqlite: { bytes: 'blob', count: 'integer' },
  postgresql: { bytes: 'bytea', count: 'bigint' },
};

/** One numbered change of the tables, never edited once it is merged. It names columns itself: `tables.ts` moves on. */
export type Migration = {
  readonly name: string;
  readonly up: (schema: SchemaModule, types: ColumnTypes) => Promise<void>;
};
