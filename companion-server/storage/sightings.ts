import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import type { BadgeSeen } from '../../shared/model/page-data.ts';
import type { Outcome } from '../../shared/model/verdict.ts';
import { partsOf } from './parts.ts';
import type { Sighting, Sightings } from './storage.ts';
import type { Db, Tables } from './tables.ts';

/** A badge whose state changes more often than this keeps what was found first, and what was found last. */
export const maxRuns = 200;

export function sightings(db: Db): Sightings {
  const of = (account: string, document: Sha256) =>
    db.selectFrom('sightings').where('account', '=', account).where('document', '=', document);
  return {
    add: async (account, document, { outcome, at, statement }) => {
      const newest = await of(account, document)
        .select(['n', 'outcome', 'times', 'first_statement'])
        .orderBy('n', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (newest?.outcome === outcome) {
        const times = Number(newest.times) + 1;
        await db
          .updateTable('sightings')
          .set({
            times,
            last_at: at,
            first_statement: newest.first_statement ?? statement ?? null,
            ...(statement === undefined ? {} : { last_statement: statement }),
          })
          .where('account', '=', account)
          .where('document', '=', document)
          .where('n', '=', newest.n)
          .execute();
        return times;
      }
      const kept = statement ?? null;
      const run = { first_at: at, last_at: at, first_statement: kept, last_statement: kept };
      const n = Number(newest?.n ?? 0) + 1;
      await db
        .insertInto('sightings')
        .values({ account, document, n, outcome, times: 1, ...run, unnamed_since: null })
        .execute();
      // Numbers have no gaps but this one: the first stays, and after it those that make it `maxRuns` together.
      await db
        .deleteFrom('sightings')
        .where('account', '=', account)
        .where('document', '=', document)
        .where('n', '>', 1)
        .where('n', '<=', n - maxRuns + 1)
        .execute();
      return 1;
    },

    of: async (account, document) => {
      const rows = await of(account, document).selectAll().orderBy('n').execute();
      return rows.map(sightingOf);
    },

    runs: async (account, documents) => {
      const all = new Map<Sha256, BadgeSeen[]>(documents.map((document) => [document, []]));
      for (const part of partsOf(documents)) {
        const rows = await db
          .selectFrom('sightings')
          .select(['document', 'outcome', 'times', 'first_at', 'last_at'])
          .where('account', '=', account)
          .where('document', 'in', part)
          .orderBy('document')
          .orderBy('n')
          .execute();
        for (const row of rows) all.get(row.document as Sha256)?.push(runOf(row));
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

function runOf(row: Pick<Tables['sightings'], 'outcome' | 'times' | 'first_at' | 'last_at'>): BadgeSeen {
  return {
    outcome: row.outcome as Outcome,
    times: Number(row.times),
    first: row.first_at as Instant,
    last: row.last_at as Instant,
  };
}

function sightingOf(row: Tables['sightings']): Sighting {
  const statements = [...new Set([row.first_statement, row.last_statement])];
  return { ...runOf(row), statements: statements.filter((statement) => statement !== null) };
}
