import { partsMediaType } from '../../shared/protocol/call.ts';
import { logBodyOf, parseLogQuery, readLog } from '../../shared/protocol/log.ts';
import { pullLog } from '../use-cases/pull-log.ts';
import { refusal } from './answers.ts';
import { apiRoute } from './api-route.ts';

export const log = apiRoute(readLog, async ({ query, signer }, { storage }) => {
  const asked = parseLogQuery(query);
  const page = asked.ok ? await pullLog(signer().account, asked.value, storage) : asked;
  if (!page.ok) return refusal(page.error);
  return { status: 200, body: logBodyOf(page.value), headers: { 'content-type': partsMediaType } };
});
