import type { Instant, Kid, Sha256, Url } from '../../shared/model/brands.ts';
import type { Result } from '../../shared/model/result.ts';
import type { Theme } from '../../shared/model/themes.ts';
import type { Admitted } from '../actions/admit-by-link.ts';
import type { Cover } from '../actions/gather-profile.ts';
import type { Failure } from '../channel.ts';
import type { CardRow, Tables } from '../store/database.ts';
import type { ShownCollection } from '../store/shown-collections.ts';

type BadgeId = CardRow['id'];

/** What the pages show of the account, of syncing and of what is published; read inside a live query. */
export type AccountState = {
  readonly server: Url | undefined;
  readonly account?: {
    readonly since?: Instant;
    readonly devices: readonly DeviceState[];
    readonly unlockers: readonly UnlockerState[];
  };
  /** this browser opens the root without the code, because the learner wants it so */
  readonly keptUnlocked: boolean;
  /** this browser can use passkeys for the server that was chosen */
  readonly passkeys: boolean;
  readonly sync: SyncState;
  readonly published?: PublishedState;
};

/** One way to open the backpack that works on any browser. */
export type UnlockerState = {
  readonly id: string;
  readonly kind: 'recovery' | 'passkey';
  readonly made?: Instant;
  /** in which browser a passkey was made */
  readonly name?: string;
};

/** One of the learner's browsers; what is not known of it is left out. */
export type DeviceState = {
  readonly kid: Kid;
  readonly here: boolean;
  readonly name?: string;
  /** about when it last synced */
  readonly seen?: Instant;
  /** when the backpack was wiped from it */
  readonly left?: Instant;
};

export type SyncState = {
  readonly unsent: number;
  readonly running: boolean;
  /** how far this browser has come with getting what the server has */
  readonly reading?: { readonly read: number; readonly of: number };
  readonly last?: Instant;
  readonly failure?: Failure;
  /**
   * syncing stopped: the server shows another history than this browser knows, by `lost` changes shorter, or everybody
   * another `page` than the learner's own
   */
  readonly distrust?: { readonly lost?: number; readonly page?: PageFault };
  /** a browser of the learner's sent the server again what it had lost */
  readonly rejoinedBy?: 'here' | 'another';
  /** the number of the log that is the same in each browser that has synced as far */
  readonly logNumber?: string;
};

/** It is of another history; it is older than it was; it is not signed by the learner. */
export type PageFault = 'differs' | 'went-back' | 'not-signed';

export type PublishedState = {
  readonly address: Url;
  readonly handle: string;
  /** since when it has not been found where it should be, once that is more than a passing fault */
  readonly missing?: Instant;
  /** since when it is known that the person who runs the server took it down */
  readonly takenDown?: Instant;
  readonly name?: string;
  readonly about?: string;
  /** shown by themselves */
  readonly badges: readonly BadgeId[];
  /** as they were published, each with where it is read */
  readonly collections: readonly (ShownCollection & { readonly address: Url })[];
  /** those badges that are shown by description and result only */
  readonly said: readonly BadgeId[];
  /** search engines may list it */
  readonly search: boolean;
  readonly theme: Theme;
  /** the picture across its head */
  readonly cover?: Sha256;
};

/** What becomes readable of one badge once it is published. */
export type Disclosure = {
  readonly badge: BadgeId;
  readonly documents: readonly {
    readonly hash: string;
    readonly bytes: number;
    readonly what: 'badge' | 'picture' | 'snapshot-document' | 'snapshot-index' | 'said';
    readonly address?: string;
  }[];
  /** addresses of the learner that can be read in it */
  readonly inClear: readonly string[];
  /** whoever guesses the address can confirm it */
  readonly guessable: boolean;
  /** other people's addresses that can be read in it */
  readonly alsoNamed: readonly string[];
};

export type ProfileDraft = {
  readonly handle: string;
  readonly name: string;
  readonly about: string;
  readonly badges: readonly BadgeId[];
  readonly collections: readonly ShownCollection[];
  readonly said: readonly BadgeId[];
  readonly search: boolean;
  readonly theme: Theme;
  readonly cover: Cover | undefined;
};

/** A fresh recovery code, and which two of its groups (from 1) are typed back. */
export type NewCode = { readonly code: string; readonly groups: readonly [number, number] };

/** What the learner can do with his account; each runs in this page, which alone may hold the opened root. */
export type AccountActions = {
  readonly readState: (store?: Tables) => Promise<AccountState>;
  readonly setServer: (server: Url | undefined) => Promise<Result<null>>;
  /** a fresh code, shown and typed back before anything is kept or sent */
  readonly newRecoveryCode: () => NewCode;
  readonly isTypedBack: (made: NewCode, typed: readonly string[]) => boolean;
  readonly createAccount: (code: string) => Promise<Result<null>>;
  readonly join: (code: string) => Promise<Result<null>>;
  /** the same with a passkey, whichever the learner chooses */
  readonly joinByPasskey: () => Promise<Result<null>>;
  /** makes the text that asks another browser to let this one in */
  readonly offerToJoin: () => Promise<Result<string>>;
  /** the text that is being shown, if its time is not over */
  readonly shownOffer: () => Promise<string | undefined>;
  /** the number to compare, once the other browser has answered */
  readonly answerToOffer: () => Promise<Result<string | undefined>>;
  /** both browsers show the same number */
  readonly acceptAnswer: () => Promise<Result<null>>;
  readonly declineAnswer: () => Promise<Result<null>>;
  /** lets another browser in by the text that it shows; `locked` when the recovery code is needed first */
  readonly admit: (text: string) => Promise<Result<Admitted>>;
  /** the number to compare, once the browser that was let in has answered */
  readonly numberOfAdmitted: (admitted: Admitted) => Promise<Result<string | undefined>>;
  /** opens the root with what this browser keeps; false: the recovery code is needed */
  readonly open: () => Promise<boolean>;
  readonly keepUnlocked: () => Promise<Result<null>>;
  readonly lockAgain: () => Promise<void>;
  readonly unlock: (code: string) => Promise<Result<null>>;
  readonly unlockByPasskey: () => Promise<Result<null>>;
  /** has a passkey made that opens the backpack from then on */
  readonly addPasskey: () => Promise<Result<null>>;
  /** makes one more recovery code good */
  readonly addRecoveryCode: (code: string) => Promise<Result<null>>;
  readonly removeUnlocker: (id: string) => Promise<Result<null>>;
  /** only this code opens the backpack from then on */
  readonly replaceRoot: (code: string) => Promise<Result<null>>;
  readonly nameDevice: (kid: Kid, name: string) => Promise<Result<null>>;
  /** takes a device out of the backpack; `locked` when the recovery code is needed first */
  readonly removeDevice: (kid: Kid) => Promise<Result<null>>;
  /** syncs once more; gives how many changes are in this browser alone all the same */
  readonly sendBeforeForgetting: () => Promise<Result<number>>;
  /** wipes badges and keys from this browser; what is elsewhere stays */
  readonly forgetBrowser: () => Promise<Result<null>>;
  /** all that the server keeps for the account, as one file */
  readonly exportFromServer: () => Promise<Result<Blob>>;
  /** deletes all that the server keeps; `locked` when the recovery code is needed first */
  readonly deleteAccount: () => Promise<Result<null>>;
  /** ends this browser's tie to an account that it was removed from; what it holds stays */
  readonly disconnect: () => Promise<Result<null>>;
  readonly disclose: (badges: readonly BadgeId[], said: readonly BadgeId[]) => Promise<readonly Disclosure[]>;
  /** believes that the server was restored, and sends it again what it lost */
  readonly rejoin: () => Promise<Result<null>>;
  /** goes on after an alarm about the published page */
  readonly trustAgain: () => Promise<Result<null>>;
  /** `shown`: what the learner was shown; refused with `disclosure-differs` when it is not that any more */
  readonly publish: (
    draft: ProfileDraft,
    shown: readonly Disclosure[],
  ) => Promise<Result<{ readonly address: Url }>>;
  readonly unpublish: () => Promise<Result<null>>;
};
