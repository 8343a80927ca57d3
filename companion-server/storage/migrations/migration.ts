import { type RawBuilder, type SchemaModule, sql } from 'kysely';

/** Column types whose name differs between engines. */
export type ColumnTypes = {
  readonly bytes: 'blob' | 'bytea';
  readonly count: 'integer' | 'bigint';
  readonly text: 'text' | RawBuilder<unknown>;
};

export const columnTypes: Readonly<Record<'sqlite' | 'postgresql', ColumnTypes>> = {
  sqlite: { bytes: 'blob', count: 'integer', text: 'text' },
  // Compared as bytes, as SQLite does, whatever language the database was made for.
  postgresql: { bytes: 'bytea', count: 'bigint', text: sql`text collate "C"` },
};

/**
 * One numbered change of the tables, never edited once it is merged. It names columns itself: `tables.ts` moves on.
 * `execute`: a statement that moves rows.
 */
export type Migration = {
  readonly name: string;
  readonly up: (
    schema: SchemaModule,
    types: ColumnTypes,
    execute: (statement: RawBuilder<unknown>) => Promise<unknown>,
  ) => Promise<void>;
};
