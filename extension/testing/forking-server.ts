import { join } from 'node:path';
import { expect } from 'vitest';
import { startTestServer } from '../../companion-server/testing/test-server.ts';
import { createAccount } from '../actions/create-account.ts';
import { joinByRecoveryCode } from '../actions/join-by-recovery-code.ts';
import { syncNow } from '../actions/sync-now.ts';
import { type Exchange, exchange } from '../companion-exchange.ts';
import { addressOf, asked, done, type MemoryBrowser, newCode, openBrowser } from './memory-browser.ts';

/** One server to look at, two behind it: alike until `fork`, and from then on each browser is served by the one it is given. */
export type ForkingServer = {
  readonly code: string;
  readonly browsers: readonly MemoryBrowser[];
  /** `served`: by the second from now on; the others and every visitor by the first */
  readonly fork: (...served: readonly MemoryBrowser[]) => void;
  /** who visits a page without a name is served by the second as well */
  readonly forkVisitors: () => void;
};

/** Browsers of one backpack at such a server, all up to date. */
export async function openAtForkingServer(count: number): Promise<ForkingServer> {
  const first = await startTestServer({ RATE_SCALE: '1000' });
  const second = await startTestServer({
    RATE_SCALE: '1000',
    PUBLIC_ORIGIN: first.origin,
    SECRETS_FILE: join(first.database.environment.DATA_DIR, 'secrets.json'),
  });
  let isForked = false;
  let visitors = false;
  const atSecond = new Set<MemoryBrowser>();
  const toSecond: Exchange = (request) =>
    exchange({ ...request, address: request.address.replace(first.origin, second.address) });
  const exchangeOf =
    (browser: MemoryBrowser): Exchange =>
    async (request) => {
      const isVisit = !new URL(request.address).pathname.startsWith('/v1/');
      if (isForked)
        return (isVisit ? visitors : atSecond.has(browser)) ? toSecond(request) : exchange(request);
      const answer = await exchange(request);
      if (request.method === 'GET' || request.method === 'HEAD') return answer;
      const twin = await toSecond(request);
      expect(twin.ok && twin.value.status).toBe(answer.ok && answer.value.status);
      return answer;
    };
  const code = newCode();
  const browsers: MemoryBrowser[] = [];
  for (let index = 0; index < count; index += 1) {
    const browser = await openBrowser(addressOf(first));
    browser.exchange = exchangeOf(browser);
    expect(await (index === 0 ? createAccount(code, browser) : joinByRecoveryCode(code, browser))).toEqual(
      done,
    );
    browsers.push(browser);
  }
  for (const browser of browsers) expect(await syncNow(browser, asked)).toMatchObject({ kind: 'synced' });
  return {
    code,
    browsers,
    fork: (...served) => {
      isForked = true;
      for (const browser of served) atSecond.add(browser);
    },
    forkVisitors: () => {
      visitors = true;
    },
  };
}
