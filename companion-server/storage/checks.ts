import type { ExpressionBuilder } from 'kysely';
import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import { isOpen } from './closures.ts';
import { partsOf } from './parts.ts';
import type { Checks, KeptCheck } from './storage.ts';
import type { Db, Tables } from './tables.ts';

export function checks(db: Db): Checks {
  return {
    schedule: async (account, documents, due) => {
      for (const document of new Set(documents))
        await db
          .insertInto('checks')
          .values({ account, document, checked_at: null, result: null, due_at: due, leased_until: null })
          .onConflict((conflict) => conflict.columns(['account', 'document']).doUpdateSet({ due_at: due }))
          .execute();
    },

    of: async (account, documents) => {
      const found = new Map<Sha256, KeptCheck>();
      for (const part of partsOf(documents)) {
        const rows = await db
          .selectFrom('checks')
          .selectAll()
          .where('account', '=', account)
          .where('document', 'in', part)
          .execute();
        for (const row of rows) found.set(row.document as Sha256, checkOf(row));
      }
      return found;
    },

    unread: async (account, documents) => {
      const found = new Set<Sha256>();
      for (const part of partsOf(documents)) {
        const rows = await db
          .selectFrom('checks')
          .select('document')
          .where('account', '=', account)
          .where('document', 'in', part)
          .where('result', 'is', null)
          .execute();
        for (const { document } of rows) found.add(document as Sha256);
      }
      return found;
    },

    record: async (account, document, result) => {
      await db
        .updateTable('checks')
        .set({ result })
        .where('account', '=', account)
        .where('document', '=', document)
        .where('result', 'is', null)
        .execute();
    },

    lease: async (now, { until, latest, limit, besides = [] }) => {
      const free = db
        .selectFrom('checks')
        .selectAll()
        .where(isFree(now, latest))
        .where(({ ref }) => isOpen(ref('checks.account')))
        .$if(besides.length > 0, (query) => query.where('account', 'not in', besides))
        .orderBy('due_at')
        .limit(limit);
      const due = await free.where('due_at', '<=', now).execute();
      // Each asks for a stretch of the index: together they would look through all of it.
      if (due.length === 0) due.push(...(await free.where('due_at', '>', latest).execute()));
      const leased: KeptCheck[] = [];
      for (const row of due) {
        const { numUpdatedRows } = await db
          .updateTable('checks')
          .set({ leased_until: until })
          .where('account', '=', row.account)
          .where('document', '=', row.document)
          .where(isFree(now, latest))
          .executeTakeFirst();
        // Another process may have been first since the look-up.
        if (numUpdatedRows === 1n) leased.push(checkOf(row));
      }
      return leased;
    },

    finish: async ({ account, document, checkedAt, result }, due) => {
      await db
        .updateTable('checks')
        .set({ checked_at: checkedAt, result, due_at: due, leased_until: null })
        .where('account', '=', account)
        .where('document', '=', document)
        .execute();
    },

    dropUnnamed: async (account) => {
      const named = db.selectFrom('manifest_names').select('hash').where('account', '=', account);
      await db
        .deleteFrom('checks')
        .where('account', '=', account)
        .where('document', 'not in', named)
        .execute();
    },
  };
}

function isFree(now: Instant, latest: Instant) {
  return ({ or, eb }: ExpressionBuilder<Tables, 'checks'>) =>
    or([eb('leased_until', 'is', null), eb('leased_until', '<=', now), eb('leased_until', '>', latest)]);
}

function checkOf(row: Tables['checks']): KeptCheck {
  return {
    account: row.account as Sha256,
    document: row.document as Sha256,
    ...(row.checked_at === null ? {} : { checkedAt: row.checked_at as Instant }),
    ...(row.result === null ? {} : { result: row.result }),
  };
}
