import type { Badge, IssuerProof } from './badge.ts';
import type { Handle, Instant, Sha256 } from './brands.ts';
import type { Outcome, Verdict } from './verdict.ts';

/*
 * What the public pages are drawn from: plain data that a use case of the server has loaded. The pages decide nothing
 * about a badge; `shared/views` does.
 */

/** One published badge as the server knows it. */
export type PublishedBadge = {
  /** the first 22 characters of its document's hash (product §4) */
  readonly id: string;
  readonly badge: Badge | undefined;
  readonly verdict: Verdict;
  /** what this server proved itself; always `none` where the standing is `recorded` (T72) */
  readonly issuerProof: IssuerProof;
  /** `recorded`: this server could not check it; the verdict is the learner's own */
  readonly standing: 'checked' | 'recorded';
  /** when the server checked last, or the learner's device did */
  readonly seenAt: Instant;
  /** the published document; absent where only "description and result" was published */
  readonly document?: Sha256;
  readonly picture?: Sha256;
  /** the learner's own words, shown as such */
  readonly note?: string;
  /** what this server's own checks have found over time, oldest first */
  readonly seen: readonly BadgeSeen[];
};

/** What was found for as long as it stayed the same. */
export type BadgeSeen = {
  readonly outcome: Outcome;
  readonly times: number;
  readonly first: Instant;
  readonly last: Instant;
};

/** Badges that stand together under a title of the learner's. `slug`: by which their page is found. */
export type PublishedCollection = {
  readonly slug: string;
  readonly title: string;
  readonly about?: string;
  readonly badges: readonly PublishedBadge[];
};

/** Where a page stands: on a public profile, or, with `secret`, below that address of an unlisted collection. */
export type Shelf = { readonly handle: Handle; readonly secret?: string };

/** How the pages of a learner look, by their own choice. */
export type PageLooks = {
  /** name of a theme; one of another time stands for the usual one */
  readonly theme?: string;
  /** a published picture across the head of the profile */
  readonly cover?: Sha256;
};

/** The profile at `/@{handle}`. */
export type ProfileData = Shelf &
  PageLooks & {
    readonly origin: string;
    readonly name?: string;
    readonly about?: string;
    /** did:key of the identity that signed the manifest */
    readonly identity: string;
    /** did:keys that it followed, oldest first */
    readonly formerly: readonly string[];
    readonly publishedAt: Instant;
    /** search engines may list it, because its owner said so */
    readonly listed: boolean;
    readonly collections: readonly PublishedCollection[];
  };

/** One collection at `/@{handle}/{collection}`. */
export type CollectionPageData = ProfileData & { readonly collection: PublishedCollection };

/** One badge at `/@{handle}/badges/{id}`, or below the address of an unlisted collection. */
export type BadgePageData = Shelf &
  PageLooks & {
    readonly origin: string;
    readonly name?: string;
    readonly identity: string;
    readonly formerly: readonly string[];
    readonly listed: boolean;
    readonly badge: PublishedBadge;
  };
