import { Dexie, type Table } from 'dexie';
import type { IssuerProof, RecipientMatch } from '../../shared/model/badge.ts';
import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import type { Outcome } from '../../shared/model/verdict.ts';
import type { Doc, DocId } from '../../shared/sync/doc.ts';
import type { Stamp } from '../../shared/sync/stamp.ts';
import type { BlobPart, DirtyMark, Link, Outbox } from '../../shared/sync/storage.ts';
import type { Verification } from '../../shared/verify/verify-badge.ts';
import type { Failure, OfferStanding } from '../channel.ts';
import type { KeptPicture } from './kept-badge.ts';
import { packFormerRows } from './pack-former-rows.ts';
import type { Pack } from './packed-rows.ts';

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
};

export const bytesAheadKey: keyof LocalValues = 'bytes-ahead';

export class BackpackDatabase extends Dexie {
  declare docs: Table<Doc, DocId>;
  declare dirty: Table<DirtyMark, DocId>;
  declare blobs: Table<BlobPart, string>;
  declare outbox: Table<Outbox, 'outbox'>;
  declare link: Table<Link, 'link'>;
  declare recordPacks: Table<Pack, string>;
  declare passedPacks: Table<Pack, string>;
  declare cards: Table<CardRow, DocId>;
  declare offerPacks: Table<Pack, string>;
  declare looked: Table<LookedRow, string>;
  declare removed: Table<RemovedRow, DocId>;
  declare local: Table<LocalRow, string>;
  /** non-extractable CryptoKeys and unlockers of this device: rows of sync */
  declare keys: Table<LocalRow, string>;

  constructor(name: string = databaseName) {
    // "Saved" is said after the disk has it: every transaction waits for that.
    super(name, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      docs: 'id, t',
      dirty: 'id',
      blobs: 'id, hash',
      outbox: 'id',
      records: 'id, blob',
      link: 'id',
      cards: 'id, kept',
      offers: 'key',
      looked: 'key, at',
      removed: 'id, at',
      local: 'key',
      keys: 'key',
    });
    this.version(2).stores({ passed: 'id' });
    this.version(3)
      .stores({
        ...{ docs: 'id', blobs: 'id', cards: 'id' },
        ...{ recordPacks: 'id', passedPacks: 'id', offerPacks: 'id' },
        ...{ records: null, passed: null, offers: null },
      })
      .upgrade(packFormerRows);
  }
}

export const databaseName = 'backpack';

/** The one database of this context; opened by its first use. */
export const database = new BackpackDatabase();
