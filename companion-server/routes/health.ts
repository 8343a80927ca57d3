import { isReady } from '../use-cases/is-ready.ts';
import type { Route } from './route.ts';

const health = { method: 'GET', signers: [], surface: 'health', maxBodyBytes: 0, rates: [] } as const;
const plainText = { 'content-type': 'text/plain; charset=utf-8' };

/** The process answers. */
export const alive: Route = {
  ...health,
  path: '/healthz',
  answer: async () => ({ status: 200, body: 'ok\n', headers: plainText }),
};

/** The process answers, and its database does. */
export const ready: Route = {
  ...health,
  path: '/readyz',
  answer: async (_, { storage }) => {
    const isStored = await isReady(storage);
    return isStored.ok
      ? { status: 200, body: 'ready\n', headers: plainText }
      : { status: 503, body: 'not ready\n', headers: plainText, cause: isStored.error.cause };
  },
};
