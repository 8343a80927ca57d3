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
        .values({ account, document, n, outcome, times: 1, ...run, unnamed_since: null })
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

    noteNamed: async (account, at) => {
      const named = db.selectFrom('manifest_names').select('hash').where('account', '=', account);
      await db
        .updateTable('sightings')
        .set({ unnamed_since: null })
        .where('account', '=', account)
        .where('unnamed_since', 'is not', null)
        .where('document', 'in', named)
        .execute();
      await db
        .updateTable('sightings')
        .set({ unnamed_since: at })
        .where('account', '=', account)
        .where('unnamed_since', 'is', null)
        .where('document', 'not in', named)
        .execute();
    },

    dropAll: async (account) => {
      await db.deleteFrom('sightings').where('account', '=', account).execute();
    },

    sweepUnnamed: async (before) => {
      await db.deleteFrom('sightings').where('unnamed_since', '<', before).execute();
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
