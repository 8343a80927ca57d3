/* What runs in a page of a real browser: the learner's database, saved and taken back in. */

export { sha256Of, utf8 } from '../../shared/model/bytes.ts';
export { splitBlob } from '../../shared/sync/blobs.ts';
export { emptyDoc, withFields } from '../../shared/sync/doc.ts';
export { exportArchive } from '../actions/export-archive.ts';
export { openArchive, restoreArchive } from '../actions/import-archive.ts';
export { removeBadge } from '../actions/remove-badge.ts';
export { restoreBadge } from '../actions/restore-badge.ts';
export { accountRows } from '../store/account-rows.ts';
export { databaseOf } from '../store/database.ts';
