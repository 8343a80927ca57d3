import * as v from 'valibot';
import type { Badge, IssuerProof, RecipientMatch } from '../shared/model/badge.ts';
import type { ErrorCode, Facts } from '../shared/model/errors.ts';
import type { Outcome, Verdict } from '../shared/model/verdict.ts';
import { type DocId, isDocId } from '../shared/sync/doc.ts';

/**
 * What pages may ask of the background, and what it answers. Everything is JSON: a `Uint8Array` sent by
 * `runtime.sendMessage` arrives as a plain object in Chromium, so bytes travel as base64 text.
 * Pages import the types alone and speak through `ask.ts`.
 */

/** A failure as it travels between contexts. */
export type Failure = { readonly code: ErrorCode; readonly facts: Facts };

/** Answer of every request. */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Failure };

/** What the learner may do with what was looked at (product §3). */
export type Choice = 'claim' | 'keep-and-check-later' | 'keep-as-unverified' | 'nothing';
export type ClaimMode = Exclude<Choice, 'nothing'>;

/** Whether an offer was met before. `new` counts on the icon. */
export type OfferStanding = 'new' | 'claimed' | 'dismissed' | 'undone';

/** One offer of a page before anything was fetched. All texts but `host` and `frame` are the page's own claims. */
export type NoticedOffer = {
  /** its normalised address, or the hash of a `data:` offer */
  readonly key: string;
  readonly kind: 'hosted' | 'data' | 'not-supported-yet' | 'unusable';
  /** host that a look would ask; absent when nothing would be asked */
  readonly host?: string;
  readonly name?: string;
  readonly issuer?: string;
  /** a `data:` picture of the page */
  readonly image?: string;
  /** set when the offer stands in a frame: the frame's own host, '' when it has none */
  readonly frame?: string;
  readonly standing: OfferStanding;
  /** set when nothing can come of it: the sentence to say */
  readonly error?: Failure;
};

export type TabOffers = {
  /** host of the page, '' where there is none */
  readonly page: string;
  /** `withheld`: the browser lets the extension see nothing of this page */
  readonly access: 'granted' | 'withheld';
  readonly offers: readonly NoticedOffer[];
  /** more than `maxCandidates` were on the page; the rest was left out */
  readonly more: boolean;
};

/** What a look at a badge found; enough to show it and to decide. */
export type LookedCard = {
  readonly key: string;
  /** absent when nothing of it could be read; its `document` is left out (empty) */
  readonly badge?: Badge;
  readonly verdict: Verdict;
  readonly issuerProof: IssuerProof;
  readonly match: RecipientMatch;
  /** `data:` address of the sniffed picture */
  readonly picture?: string;
  /** id of the kept badge when the very same one is in the backpack */
  readonly alreadyKept?: DocId;
  readonly choice: Choice;
};

export type LookedOffer =
  | { readonly state: 'looked'; readonly card: LookedCard }
  | { readonly state: 'failed'; readonly key: string; readonly error: Failure; readonly choice: Choice };

export type Claimed = { readonly badge: DocId; readonly alreadyKept: boolean };

export type ClaimedAll = {
  readonly results: readonly { readonly key: string; readonly badge?: DocId; readonly error?: Failure }[];
};

export type Imported =
  | {
      readonly state: 'kept';
      readonly badge: DocId;
      readonly outcome: Outcome;
      readonly alreadyKept: boolean;
      /** of a record: the badges inside, for `import-part` should the learner want them as well */
      readonly parts?: readonly string[];
    }
  /** an envelope of several badges, which is none itself: each is for `import-part` */
  | { readonly state: 'several'; readonly parts: readonly string[] }
  /** invalid or revoked: kept only by a second, deliberate step (`claim-badge` with the card's key) */
  | { readonly state: 'asks'; readonly card: LookedCard; readonly parts?: readonly string[] }
  /** no badge could be read in the file; it stays listed under this id */
  | { readonly state: 'unread'; readonly badge: DocId; readonly error: Failure }
  /**
   * With `private-address` and its `host`: repeated with `privateHost` once the learner has said yes.
   * `later`: the issuer does not answer now; `claim-badge` with this key and `keep-and-check-later` keeps the address.
   */
  | { readonly state: 'failed'; readonly error: Failure; readonly later?: string };

export type VerifiedAgain = {
  /** another id than asked for when an offer that waited has become a badge */
  readonly badge: DocId;
  readonly verdict: Verdict;
  /** `snapshot`: the issuer did not answer, the verdict rests on what was kept */
  readonly from: 'network' | 'snapshot';
};

/** Longest base64 text of an imported file: 5 MiB of bytes, with room for padding. */
export const maxImportLength = 7 * 1024 * 1024;
/** Most offers of one `claim-all`; as many as a page may offer. */
export const maxClaimedAtOnce = 200;
const maxKeyLength = 4096;

const key = v.pipe(v.string(), v.minLength(1), v.maxLength(maxKeyLength));
const badge = v.custom<DocId>((input) => isDocId(input) && /^(?:badge|offer)\|/.test(input), 'badge');
const tab = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const privateHost = v.optional(v.pipe(v.string(), v.maxLength(300)));
const address = v.pipe(v.string(), v.minLength(1), v.maxLength(maxKeyLength));

const requestShape = v.variant('kind', [
  /** Looks once into the tab's frames too. */
  v.strictObject({ kind: v.literal('offers-of-tab'), tab }),
  /** `privateHost`: the learner said yes to asking this host of his own network. */
  v.strictObject({ kind: v.literal('look-at-offer'), tab, key, privateHost }),
  v.strictObject({
    kind: v.literal('claim-badge'),
    key,
    mode: v.picklist(['claim', 'keep-and-check-later', 'keep-as-unverified']),
  }),
  /** Claims those of the offers that were looked at and are `claim` at choice. */
  v.strictObject({ kind: v.literal('claim-all'), keys: v.pipe(v.array(key), v.maxLength(maxClaimedAtOnce)) }),
  /** `key`: the offer, which counts as undone from then on. */
  v.strictObject({ kind: v.literal('undo-claim'), badge, key: v.optional(key) }),
  v.strictObject({ kind: v.literal('dismiss-offer'), key }),
  v.strictObject({ kind: v.literal('undo-dismiss'), key }),
  v.strictObject({
    kind: v.literal('import-file'),
    name: v.pipe(v.string(), v.maxLength(1000)),
    bytes: v.pipe(v.string(), v.maxLength(maxImportLength)),
    privateHost,
  }),
  /** What was pasted: an address, a `data:` address, JSON, SVG or a token. */
  v.strictObject({
    kind: v.literal('import-text'),
    text: v.pipe(v.string(), v.maxLength(maxImportLength)),
    privateHost,
  }),
  /** One badge out of several that came together. It is never taken for an address: nobody typed it. */
  v.strictObject({
    kind: v.literal('import-part'),
    text: v.pipe(v.string(), v.maxLength(maxImportLength)),
    privateHost,
  }),
  v.strictObject({ kind: v.literal('import-address'), address, privateHost }),
  v.strictObject({ kind: v.literal('remove-badge'), badge }),
  v.strictObject({ kind: v.literal('restore-badge'), badge }),
  v.strictObject({ kind: v.literal('verify-again'), badge }),
  /** All of the learner's addresses; those left out are forgotten. */
  v.strictObject({
    kind: v.literal('set-identities'),
    identities: v.pipe(
      v.array(
        v.strictObject({
          type: v.picklist(['email', 'url', 'telephone', 'did']),
          value: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2048)),
        }),
      ),
      v.maxLength(100),
    ),
  }),
  /** Starts a sync round soon, if there is an account. */
  v.strictObject({ kind: v.literal('sync-now') }),
]);

export type Request = v.InferOutput<typeof requestShape>;
export type RequestKind = Request['kind'];

/** What each request is answered with, inside a `Reply`. */
export type ReplyValues = {
  'offers-of-tab': TabOffers;
  'look-at-offer': LookedOffer;
  'claim-badge': Claimed;
  'claim-all': ClaimedAll;
  'undo-claim': null;
  'dismiss-offer': null;
  'undo-dismiss': null;
  'import-file': Imported;
  'import-text': Imported;
  'import-part': Imported;
  'import-address': Imported;
  'remove-badge': null;
  'restore-badge': null;
  'verify-again': VerifiedAgain;
  'set-identities': null;
  'sync-now': null;
};

/** Reads a message of a page; `undefined` for anything that is none of the requests. */
export function parseRequest(message: unknown): Request | undefined {
  const parsed = v.safeParse(requestShape, message, { abortEarly: true });
  return parsed.success ? parsed.output : undefined;
}
