import { BackpackError } from '../../shared/model/errors.ts';
import { readForVisitor as readingCall, readingReplyOf } from '../../shared/protocol/reading.ts';
import { checkPage, claimPage } from '../pages/check-page.tsx';
import { readForVisitor } from '../use-cases/read-for-visitor.ts';
import { refusal } from './answers.ts';
import { apiRoute } from './api-route.ts';
import { missing, page, publicRoute } from './public-route.ts';
import type { Route } from './route.ts';

const scripted = (path: string, text: typeof checkPage): Route =>
  publicRoute(path, 'check', async (_, { publicOrigin, scripts }) =>
    scripts.check === undefined ? missing() : page(text(publicOrigin, `/assets/${scripts.check}`)),
  );

export const check = scripted('/check', checkPage);
export const claim = scripted('/claim', claimPage);

export const reading = apiRoute(readingCall, async ({ query, header }, { readNow }) => {
  // Every browser says where a request comes from, and no page can say otherwise: ours alone may ask (T23).
  if (header('sec-fetch-site') !== 'same-origin') return refusal(new BackpackError('not-found'));
  const read = await readForVisitor(query['address'] ?? '', readNow);
  return {
    status: 200,
    body: readingReplyOf(read),
    headers: { 'content-type': 'application/json' },
  };
});
