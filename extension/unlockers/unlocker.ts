import type { Bytes } from '../../shared/model/bytes.ts';
import type { Result } from '../../shared/model/result.ts';
import type { AccountRow, AccountRows } from '../store/account-rows.ts';
import type { UsedPasskey } from './passkey.ts';

/** One way to open the root in this browser, with no server involved (design §2). */
export type Unlocker = {
  readonly kind: 'recovery' | 'passkey' | 'device';
  /** true when this browser can be opened this way now */
  readonly isReady: (rows: AccountRows) => Promise<boolean>;
  /** The root, for the memory of this page alone. Errors: `locked` where what was given is nothing for this one. */
  readonly open: (row: AccountRow, rows: AccountRows, given: Given) => Promise<Result<Bytes>>;
};

/** The code that the learner typed, the passkey that he used, or nothing. */
export type Given = string | UsedPasskey | undefined;
