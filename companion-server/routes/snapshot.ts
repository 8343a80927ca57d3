import { partsMediaType } from '../../shared/protocol/call.ts';
import {
  parseSnapshotAfter,
  parseSnapshotQuery,
  readSnapshot,
  readSnapshotRecords as readSnapshotRecordsCall,
  snapshotBodyOf,
} from '../../shared/protocol/snapshot.ts';
import { readSnapshotCommits, readSnapshotRecords } from '../use-cases/read-snapshot.ts';
import { json, refusal } from './answers.ts';
import { apiRoute } from './api-route.ts';

export const snapshotCommits = apiRoute(readSnapshot, async ({ query, signer }, { storage }) => {
  const after = parseSnapshotAfter(query);
  const page = after.ok ? await readSnapshotCommits(signer().account, after.value, storage) : after;
  return page.ok ? json(200, page.value) : refusal(page.error);
});

export const snapshotRecords = apiRoute(readSnapshotRecordsCall, async (asked, { storage }) => {
  const query = parseSnapshotQuery(asked.names, asked.query);
  const page = query.ok ? await readSnapshotRecords(asked.signer().account, query.value, storage) : query;
  if (!page.ok) return refusal(page.error);
  return { status: 200, body: snapshotBodyOf(page.value), headers: { 'content-type': partsMediaType } };
});
