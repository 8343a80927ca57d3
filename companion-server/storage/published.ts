import { SqliteAdapter, sql } from 'kysely';
import type { Handle, Sha256 } from '../../shared/model/brands.ts';
import type { Bytes } from '../../shared/model/bytes.ts';
import { maxPublishedDocumentBytes } from '../../shared/model/limits.ts';
import { isOpen } from './closures.ts';
import { keptQuery } from './kept-query.ts';
import { partsOf } from './parts.ts';
import type { AccountId, KeptManifest, Published, PublishedDocument } from './storage.ts';
import type { Db, Tables } from './tables.ts';

/**
 * Asked by every visitor, and by nothing but the address: a page is kept while its account shows it there, and no longer
 * (`dropPages`, `release` of a handle). What he has already is not even read: all else stands in an index.
 */
const pageAt = keptQuery((db, path: string, known: string) =>
  db
    .selectFrom('pages')
    .select(['version', 'tag'])
    .select(({ ref }) =>
      sql<string | Bytes | null>`case when ${ref('tag')} = ${known} then null else ${asSent(db)} end`.as(
        'html',
      ),
    )
    .where('path', '=', path)
    .where(({ ref }) => isOpen(ref('pages.account'))),
);

/**
 * The text of a page in the form in which it is sent with the least work: SQLite hands on its bytes as they lie there,
 * where otherwise a string is made of them and taken apart again; PostgreSQL would write each byte as two letters.
 */
function asSent(db: Db) {
  return db.getExecutor().adapter instanceof SqliteAdapter ? sql`cast(html as blob)` : sql`html`;
}

export function published(db: Db): Published {
  const namedBy = (account: AccountId) =>
    db
      .selectFrom('manifest_names')
      .select('manifest_names.hash')
      .where('manifest_names.account', '=', account);
  /** `null` where the operator has closed the profile: it has no owner for visitors. */
  const ownerOf = (handle: Handle) =>
    db
      .selectFrom('handles')
      .select(({ ref }) => ref('handles.owner').$notNull().as('owner'))
      .where('handles.handle', '=', handle)
      .where(({ ref }) => isOpen(ref('handles.owner')));
  return {
    manifest: async (account, slug) => {
      const row = await db
        .selectFrom('manifests')
        .selectAll()
        .where('account', '=', account)
        .where('slug', '=', slug)
        .executeTakeFirst();
      return row === undefined ? undefined : manifestOf(row);
    },

    shownAt: async (handle, slug) => {
      const row = await db
        .selectFrom('manifests')
        .selectAll()
        .where('account', '=', ownerOf(handle))
        .where('handle', '=', handle)
        .where('slug', '=', slug)
        .executeTakeFirst();
      return row === undefined ? undefined : manifestOf(row);
    },

    replaceManifest: async ({ account, slug, handle, seq, hash, token }, fromSeq, names) => {
      const next = { handle, seq, hash, token };
      if (fromSeq === 0) {
        const made = await db
          .insertInto('manifests')
          .values({ account, slug, ...next })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (made.numInsertedOrUpdatedRows !== 1n) return false;
      } else {
        const replaced = await db
          .updateTable('manifests')
          .set(next)
          .where('account', '=', account)
          .where('slug', '=', slug)
          .where('seq', '=', fromSeq)
          .executeTakeFirst();
        if (replaced.numUpdatedRows !== 1n) return false;
      }
      await db.deleteFrom('manifest_names').where('account', '=', account).where('slug', '=', slug).execute();
      for (const part of partsOf([...new Set(names)]))
        await db
          .insertInto('manifest_names')
          .values(part.map((each) => ({ account, slug, hash: each })))
          .execute();
      return true;
    },

    slugs: async (account) => {
      const rows = await db.selectFrom('manifests').select('slug').where('account', '=', account).execute();
      return rows.map(({ slug }) => slug);
    },

    removeManifest: async (account, slug) => {
      await db.deleteFrom('manifests').where('account', '=', account).where('slug', '=', slug).execute();
      await db.deleteFrom('manifest_names').where('account', '=', account).where('slug', '=', slug).execute();
    },

    usage: async (account) => {
      const row = await db
        .selectFrom('documents')
        .select(({ fn }) => [
          fn.count<number>('hash').as('documents'),
          fn.sum<number | null>('length').as('bytes'),
        ])
        .where('account', '=', account)
        .executeTakeFirst();
      return { documents: Number(row?.documents ?? 0), bytes: Number(row?.bytes ?? 0) };
    },

    present: async (account, hashes) => {
      const found = new Set<Sha256>();
      for (const part of partsOf(hashes)) {
        const rows = await db
          .selectFrom('documents')
          .select('hash')
          .where('account', '=', account)
          .where('hash', 'in', part)
          .execute();
        for (const { hash } of rows) found.add(hash as Sha256);
      }
      return found;
    },

    putDocument: async (account, { hash, mediaType, bytes }, at) => {
      const renewed = await db
        .updateTable('documents')
        .set({ arrived_at: at })
        .where('account', '=', account)
        .where('hash', '=', hash)
        .executeTakeFirst();
      if (renewed.numUpdatedRows === 1n) return false;
      await db
        .insertInto('documents')
        .values({ account, hash, media_type: mediaType, length: bytes.length, bytes, arrived_at: at })
        .execute();
      return true;
    },

    hashesAfter: async (account, after, limit) => {
      const rows = await db
        .selectFrom('documents')
        .select('hash')
        .where('account', '=', account)
        .where('hash', '>', after)
        .orderBy('hash')
        .limit(limit)
        .execute();
      return rows.map(({ hash }) => hash as Sha256);
    },

    document: async (account, hash, maxBytes = maxPublishedDocumentBytes) => {
      const row = await db
        .selectFrom('documents')
        .select(['hash', 'media_type', 'bytes'])
        .where('account', '=', account)
        .where('hash', '=', hash)
        .where('length', '<=', maxBytes)
        .executeTakeFirst();
      return row === undefined ? undefined : documentOf(row);
    },

    publicDocument: async (hash) => {
      const row = await db
        .selectFrom('documents')
        .innerJoin('manifest_names', (join) =>
          join
            .onRef('manifest_names.account', '=', 'documents.account')
            .onRef('manifest_names.hash', '=', 'documents.hash'),
        )
        .select(['documents.hash', 'documents.media_type', 'documents.bytes'])
        .where('documents.hash', '=', hash)
        .where(({ ref }) => isOpen(ref('documents.account')))
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : documentOf(row);
    },

    mediaTypes: async (account, hashes) => {
      const found = new Map<Sha256, string>();
      for (const part of partsOf(hashes)) {
        const rows = await db
          .selectFrom('documents')
          .select(['hash', 'media_type'])
          .where('account', '=', account)
          .where('hash', 'in', part)
          .execute();
        for (const row of rows) found.set(row.hash as Sha256, row.media_type);
      }
      return found;
    },

    dropUnnamed: async (account) => {
      await db
        .deleteFrom('documents')
        .where('account', '=', account)
        .where('hash', 'not in', namedBy(account))
        .execute();
    },

    withUnnamed: async (before) => {
      const rows = await db
        .selectFrom('documents')
        .select('account')
        .distinct()
        .where('arrived_at', '<', before)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('manifest_names')
                .select('manifest_names.hash')
                .whereRef('manifest_names.account', '=', 'documents.account')
                .whereRef('manifest_names.hash', '=', 'documents.hash'),
            ),
          ),
        )
        .execute();
      return rows.map(({ account }) => account as Sha256);
    },

    sweepUnnamed: async (account, before) => {
      await db
        .deleteFrom('documents')
        .where('account', '=', account)
        .where('arrived_at', '<', before)
        .where('hash', 'not in', namedBy(account))
        .execute();
    },

    page: async (path, known) => (await pageAt(db, path, known)).rows[0],

    keepPage: async (page) => {
      await db
        .insertInto('pages')
        .values(page)
        .onConflict((conflict) => conflict.columns(['account', 'path']).doUpdateSet(page))
        .execute();
    },

    dropPages: async (account) => {
      await db.deleteFrom('pages').where('account', '=', account).execute();
    },
  };
}

function manifestOf(row: Tables['manifests']): KeptManifest {
  return {
    account: row.account as Sha256,
    handle: row.handle as Handle,
    slug: row.slug,
    seq: Number(row.seq),
    hash: row.hash as Sha256,
    token: row.token,
  };
}

function documentOf(row: { hash: string; media_type: string; bytes: Uint8Array }): PublishedDocument {
  return { hash: row.hash as Sha256, mediaType: row.media_type, bytes: row.bytes };
}
