import { createAccount, exportAccount, removeAccount } from './accounts.ts';
import type { Call } from './call.ts';
import { pushCommit } from './commits.ts';
import { deleteHandle, putHandle } from './handle.ts';
import { readLog } from './log.ts';
import { emptyMailbox, fillMailbox } from './mailbox.ts';
import { getMeta, headNonce } from './meta.ts';
import { passkeyOptions, unlockByPasskey } from './passkeys.ts';
import { deleteManifest, putManifest, putPublishedDocument } from './publishing.ts';
import { readForVisitor } from './reading.ts';
import { readRecord } from './records.ts';
import { readSnapshot, readSnapshotRecords } from './snapshot.ts';
import { deleteUnlocker, listUnlockers, putUnlocker, unlockByRecovery } from './unlockers.ts';

/** Every call of `/v1`: what the server mounts, and what a test walks to see that none lacks its signers and ceiling. */
export const calls: readonly Call[] = [
  getMeta,
  headNonce,
  createAccount,
  removeAccount,
  exportAccount,
  pushCommit,
  readLog,
  readRecord,
  readSnapshot,
  readSnapshotRecords,
  listUnlockers,
  putUnlocker,
  deleteUnlocker,
  unlockByRecovery,
  passkeyOptions,
  unlockByPasskey,
  fillMailbox,
  emptyMailbox,
  putHandle,
  deleteHandle,
  putPublishedDocument,
  putManifest,
  deleteManifest,
  readForVisitor,
];
