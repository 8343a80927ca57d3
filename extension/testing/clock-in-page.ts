/* What runs in a page of a real browser: changes of the learner's, and the clock that stamps them. */

export { disconnect } from '../actions/disconnect.ts';
export { writeChange } from '../actions/keep.ts';
export { accountRows } from '../store/account-rows.ts';
export { correctClock } from '../store/clock.ts';
export { databaseOf } from '../store/database.ts';
export { syncStorage } from '../store/sync-storage.ts';
