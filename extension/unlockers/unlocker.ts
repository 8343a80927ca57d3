import type { Bytes } from '../../shared/model/bytes.ts';
import type { Result } from '../../shared/model/result.ts';
import type { AccountRow, AccountRows } from '../store/account-rows.ts';

/** One way to open the root in this browser, with no server involved (design §2). */
export type Unlocker = {
  readonly kind: 'recovery' | 'device';
  /** true when this browser can be opened this way now */
  readonly isReady: (rows: AccountRows) => Promise<boolean>;
  /** The root, for the memory of this page alone. `code`: what the learner typed, for those that ask. */
  readonly open: (row: AccountRow, rows: AccountRows, code: string | undefined) => Promise<Result<Bytes>>;
};
