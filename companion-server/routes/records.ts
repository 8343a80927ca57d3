import { parseSha256 } from '../../shared/model/brands.ts';
import { partsMediaType } from '../../shared/protocol/call.ts';
import { readRecord as call, recordBodyOf } from '../../shared/protocol/records.ts';
import { readRecord } from '../use-cases/pull-log.ts';
import { refusal } from './answers.ts';
import { apiRoute } from './api-route.ts';

export const records = apiRoute(call, async ({ names, signer }, { storage }) => {
  const id = parseSha256(names['id'] ?? '');
  const record = id.ok ? await readRecord(signer().account, id.value, storage) : id;
  if (!record.ok) return refusal(record.error);
  return { status: 200, body: recordBodyOf(record.value), headers: { 'content-type': partsMediaType } };
});
