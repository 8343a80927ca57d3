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

    lease: async (now, leasedUntil, limit) => {
      const due = await db
        .selectFrom('checks')
        .selectAll()
        .where('due_at', '<=', now)
        .where(isFree(now))
        .where(({ ref }) => isOpen(ref('checks.account')))
        .orderBy('due_at')
        .limit(limit)
        .execute();
      const leased: KeptCheck[] = [];
      for (const row of due) {
        const { numUpdatedRows } = await db
          .updateTable('checks')
          .set({ leased_until: leasedUntil })
          .where('account', '=', row.account)
          .where('document', '=', row.document)
          .where(isFree(now))
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

function isFree(now: Instant) {
  return ({ or, eb }: ExpressionBuilder<Tables, 'checks'>) =>
    or([eb('leased_until', 'is', null), eb('leased_until', '<=', now)]);
}

function checkOf(row: Tables['checks']): KeptCheck {
  return {
    account: row.account as Sha256,
    document: row.document as Sha256,
    ...(row.checked_at === null ? {} : { checkedAt: row.checked_at as Instant }),
    ...(row.result === null ? {} : { result: row.result }),
  };
}
