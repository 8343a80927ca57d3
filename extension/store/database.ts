import type { IssuerProof, RecipientMatch } from '../../shared/model/badge.ts';
import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import type { Outcome } from '../../shared/model/verdict.ts';
import type { Doc, DocId } from '../../shared/sync/doc.ts';
import type { Stamp } from '../../shared/sync/stamp.ts';
import type { BlobPart, DirtyMark, Link, Outbox } from '../../shared/sync/storage.ts';
import type { Verification } from '../../shared/verify/verify-badge.ts';
import type { Failure, OfferStanding } from '../channel.ts';
import type { Form } from './connection.ts';
import type { KeptPicture } from './kept-badge.ts';
import { packFormerRows } from './pack-former-rows.ts';
import type { Pack } from './packed-rows.ts';
import { type PackedTables, packedTables } from './packed-tables.ts';
import { type Store, storeOf } from './store.ts';
import { type Ask, type Table, tableOver } from './table.ts';

/**
 * The learner's database. `docs`, `dirty`, `blobs`, `outbox`, `link` and what is packed in `recordPacks` and `passedPacks`
 * are the tables of syncing (design §5); the others are this device's own and never travel.
 */

/** What lists and search need of a badge, written in the same transaction as its document. */
export type CardRow = {
  readonly id: DocId;
  /** `waiting`: an offer kept before its issuer answered; `unread`: an imported file without a readable badge */
  readonly kind: 'badge' | 'waiting' | 'unread';
  readonly name: string;
  /** the issuer's claimed name, '' when it has none */
  readonly issuerName: string;
  readonly issuerProof: IssuerProof;
  readonly outcome: Outcome;
  /** the issuer does not answer any more: from when the evidence is that the outcome rests on */
  readonly rememberedFrom?: Instant;
  readonly keptAs: KeptAs;
  readonly match: RecipientMatch;
  readonly picture?: KeptPicture;
  readonly awarded?: Instant;
  readonly expires?: Instant;
  /** when it was kept; the order of the list */
  readonly kept: Instant;
  readonly tags: readonly string[];
  /** lower-case text that a search looks through */
  readonly text: string;
};

export type KeptAs = 'claimed' | 'to-check' | 'unverified';

/** Whether an offer was claimed, dismissed or undone on this device or, by its badge, on another. */
export type OfferRow = {
  /** the offer's key */
  readonly id: string;
  readonly standing: Exclude<OfferStanding, 'new'>;
  readonly at: Instant;
  readonly badge?: DocId;
};

/** What a look found, kept until it is claimed or an hour old: a claim survives a stopped background. */
export type LookedRow = {
  readonly key: string;
  readonly at: Instant;
  /** the offer's address, for hosted ones and imports by address */
  readonly address?: string;
  /** claims of the page, the name of an imported file */
  readonly name?: string;
  readonly issuer?: string;
  /** host of the page that offered it */
  readonly page?: string;
  /** a host of the learner's own network that was not asked, because nobody had said yes to it */
  readonly refusedHost?: string;
  /** the claim found the badge in the backpack: undoing it removes nothing */
  readonly keptBefore?: boolean;
  readonly found:
    | {
        readonly state: 'looked';
        readonly verification: Verification;
        readonly id: DocId;
        /** hash of the original bytes */
        readonly original: Sha256;
        readonly picture?: { readonly mediaType: string; readonly bytes: Uint8Array };
      }
    | { readonly state: 'failed'; readonly error: Failure };
};

/** A badge that was removed, as it was, so that the removal can be undone for a while. */
export type RemovedRow = { readonly id: DocId; readonly doc: Doc; readonly at: Instant };

/** One row per key; what belongs to one owner is typed by its owner. */
export type LocalRow = { readonly key: string; readonly value: unknown };

/** Values of `local` that the core itself keeps. */
export type LocalValues = {
  /** 16 hex characters: names this device in stamps */
  readonly device: string;
  /** the newest stamp given or seen */
  readonly clock: Stamp;
  /** when bytes were last written ahead of the documents that name them; upkeep looks whether all have come */
  readonly 'bytes-ahead': Instant;
  /** how many cards there are */
  readonly cards: number;
};

export const bytesAheadKey: keyof LocalValues = 'bytes-ahead';

/** The tables, asked by themselves or inside a transaction of the database. */
export type Tables = {
  readonly docs: Table<Doc, DocId>;
  readonly dirty: Table<DirtyMark, DocId>;
  readonly blobs: Table<BlobPart>;
  readonly outbox: Table<Outbox>;
  readonly recordPacks: Table<Pack>;
  readonly link: Table<Link>;
  readonly passedPacks: Table<Pack>;
  readonly cardPacks: Table<Pack>;
  readonly offerPacks: Table<Pack>;
  readonly looked: Table<LookedRow>;
  readonly removed: Table<RemovedRow, DocId>;
  readonly local: Table<LocalRow>;
  /** non-extractable CryptoKeys and unlockers of this device: rows of sync */
  readonly keys: Table<LocalRow>;
};

export type TableName = keyof Tables;

/** The same inside a transaction of the database, with the rows that are kept in packs. */
export type TransactionTables = Tables & PackedTables;

export type BackpackDatabase = Store<Tables, TransactionTables>;

/** Each table's key and indexes. For a key in the row Chromium reads each row back that is written: dear for large ones. */
const tables = {
  docs: [],
  dirty: ['id'],
  blobs: [],
  outbox: ['id'],
  recordPacks: ['id'],
  link: ['id'],
  passedPacks: ['id'],
  cardPacks: ['id'],
  offerPacks: ['id'],
  looked: ['key', 'at'],
  removed: ['id', 'at'],
  local: ['key'],
  keys: ['key'],
} satisfies Record<TableName, Form['tables'][string]>;

/** Every table. */
export const tableNames = Object.keys(tables).filter((name): name is TableName => name in tables);

/** Raised whenever the form changes. The library that wrote the first ones counted in tens. */
const version = 40;

function tablesOver(ask: Ask): Tables {
  return {
    docs: tableOver('docs', ask, ({ id }) => id),
    dirty: tableOver('dirty', ask),
    blobs: tableOver('blobs', ask, ({ id }) => id),
    outbox: tableOver('outbox', ask),
    recordPacks: tableOver('recordPacks', ask),
    link: tableOver('link', ask),
    passedPacks: tableOver('passedPacks', ask),
    cardPacks: tableOver('cardPacks', ask),
    offerPacks: tableOver('offerPacks', ask),
    looked: tableOver('looked', ask),
    removed: tableOver('removed', ask),
    local: tableOver('local', ask),
    keys: tableOver('keys', ask),
  };
}

/** The database of a name; opened by its first use. */
export function databaseOf(name: string): BackpackDatabase {
  const takeOver: Form['takeOver'] = (former, ask) =>
    packFormerRows(former, ask, packedTables(tablesOver(ask)));
  const form = { version, tables, takeOver };
  return storeOf(name, form, tablesOver, (inside) => ({ ...inside, ...packedTables(inside) }));
}

/** The one database of this context. */
export const database = databaseOf('backpack');
