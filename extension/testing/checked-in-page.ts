/* What runs in a page of a real browser: badges that are checked again while something else happens to them. */

export { sha256Of, utf8 } from '../../shared/model/bytes.ts';
export { BackpackError } from '../../shared/model/errors.ts';
export { failed, ok } from '../../shared/model/result.ts';
export { splitBlob } from '../../shared/sync/blobs.ts';
export { emptyDoc, withFields } from '../../shared/sync/doc.ts';
export { removeBadge } from '../actions/remove-badge.ts';
export { restoreBadge } from '../actions/restore-badge.ts';
export { verifyAgain } from '../actions/verify-again.ts';
export { readCards } from '../store/badges.ts';
export { databaseOf, tableNames } from '../store/database.ts';
export { docTables, putDocs } from '../store/write-docs.ts';
