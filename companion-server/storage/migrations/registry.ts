import { accountsAndLog } from './0001-accounts-and-log.ts';
import { requestsAndCounters } from './0002-requests-and-counters.ts';
import { publishing } from './0003-publishing.ts';
import { mailboxes } from './0004-mailboxes.ts';
import { keyedByAccount } from './0005-keyed-by-account.ts';
import { passkeys } from './0006-passkeys.ts';
import { snapshots } from './0007-snapshots.ts';
import { listedProfiles } from './0008-listed-profiles.ts';
import { sightings } from './0009-sightings.ts';
import { closedProfiles } from './0010-closed-profiles.ts';
import { movedHandles } from './0011-moved-handles.ts';
import { unnamedSightings } from './0012-unnamed-sightings.ts';
import { pagesByPath } from './0013-pages-by-path.ts';
import { hostTurns } from './0014-host-turns.ts';
import { sealedBytesAsTheyAre } from './0015-sealed-bytes-as-they-are.ts';
import { pagesReadByPath } from './0016-pages-read-by-path.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  accountsAndLog,
  requestsAndCounters,
  publishing,
  mailboxes,
  keyedByAccount,
  passkeys,
  snapshots,
  listedProfiles,
  sightings,
  closedProfiles,
  movedHandles,
  unnamedSightings,
  pagesByPath,
  hostTurns,
  sealedBytesAsTheyAre,
  pagesReadByPath,
];
