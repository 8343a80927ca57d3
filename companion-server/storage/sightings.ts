import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import type { Outcome } from '../../shared/model/verdict.ts';
import type { Sighting, Sightings } from './storage.ts';
import type { Db, Tables } from './tables.ts';

/** A badge whose state changes more often than this keeps its first days and its newest. */
const maxRuns = 200;

export function sightings(db: Db): Sightings {
  return {
    add: async (account, document, { outcome, at, statement }) => {
      const rows = await db
        .selectFrom('sightings')
        .select(['n', 'outcome', 'times', 'first_statement'])
        .where('account', '=', account)
        .where('document', '=', document)
        .orderBy('n', 'desc')
        .execute();
      const newest = rows[0];
      if (newest?.outcome === outcome) {
        await db
          .updateTable('sightings')
          .set({
            times: Number(newest.times) + 1,
            last_at: at,
            first_statement: newest.first_statement ?? statement ?? null,
            ...(statement === undefined ? {} : { last_statement: statement }),
          })
          .where('account', '=', account)
          .where('document', '=', document)
          .where('n', '=', newest.n)
          .execute();
        return;
      }
      const kept = statement ?? null;
      const run = { first_at: at, last_at: at, first_statement: kept, last_statement: kept };
      const n = Number(newest?.n ?? 0) + 1;
      await db
        .insertInto('sightings')
        .values({ account, document, n, outcome, times: 1, ...run })
        .execute();
      const tooMany = rows.length >= maxRuns ? rows.at(-2) : undefined;
      if (tooMany !== undefined)
        await db
          .deleteFrom('sightings')
          .where('account', '=', account)
          .where('document', '=', document)
          .where('n', '=', tooMany.n)
          .execute();
    },

    of: async (account, document) => {
      const rows = await db
        .selectFrom('sightings')
        .selectAll()
        .where('account', '=', account)
        .where('document', '=', document)
        .orderBy('n')
        .execute();
      return rows.map(sightingOf);
    },

    ofAll: async (account) => {
      const rows = await db
        .selectFrom('sightings')
        .selectAll()
        .where('account', '=', account)
        .orderBy('document')
        .orderBy('n')
        .execute();
      const all = new Map<Sha256, Sighting[]>();
      for (const row of rows) {
        const document = row.document as Sha256;
        all.set(document, [...(all.get(document) ?? []), sightingOf(row)]);
      }
      return all;
    },
  };
}

function sightingOf(row: Tables['sightings']): Sighting {
  const statements = [...new Set([row.first_statement, row.last_statement])];
  return {
    outcome: row.outcome as Outcome,
    times: Number(row.times),
    first: row.first_at as Instant,
    last: row.last_at as Instant,
    statements: statements.filter((statement) => statement !== null),
  };
}
