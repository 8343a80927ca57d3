import { accountExport, accountRemoval, accounts } from './accounts.ts';
import { check, claim, reading } from './check.ts';
import { commits } from './commits.ts';
import { document } from './document.ts';
import { handleClaim, handleRelease } from './handle.ts';
import { alive, ready } from './health.ts';
import { assets, home } from './home.ts';
import { log } from './log.ts';
import { mailbox, mailboxFilling } from './mailbox.ts';
import { meta, nonce } from './meta.ts';
import { passkeyChallenge, passkeyUnlock } from './passkeys.ts';
import {
  badge,
  collection,
  collectionBadge,
  collectionManifest,
  collectionStatements,
  profile,
  profileData,
  profileManifest,
  statements,
  witnessKeys,
} from './profile.ts';
import { manifestRemoval, manifests, publishedDocuments } from './publishing.ts';
import { records } from './records.ts';
import { report } from './report.ts';
import type { Route } from './route.ts';
import { robots, sitemap } from './search-engines.ts';
import { snapshotCommits, snapshotRecords } from './snapshot.ts';
import { newUnlocker, recoveryUnlock, unlockerRemoval, unlockers } from './unlockers.ts';

export const routes: readonly Route[] = [
  alive,
  ready,
  meta,
  nonce,
  accounts,
  accountRemoval,
  accountExport,
  commits,
  log,
  records,
  snapshotCommits,
  snapshotRecords,
  unlockers,
  newUnlocker,
  unlockerRemoval,
  recoveryUnlock,
  passkeyChallenge,
  passkeyUnlock,
  mailboxFilling,
  mailbox,
  handleClaim,
  handleRelease,
  publishedDocuments,
  manifests,
  manifestRemoval,
  reading,
  home,
  check,
  claim,
  report,
  robots,
  sitemap,
  assets,
  profile,
  profileData,
  profileManifest,
  collectionManifest,
  collection,
  badge,
  collectionBadge,
  statements,
  collectionStatements,
  witnessKeys,
  document,
];
