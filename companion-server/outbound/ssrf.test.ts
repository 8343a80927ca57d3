import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instantOf, parseUrl } from '../../shared/model/brands.ts';
import { type LoopbackServer, serveOnLoopback } from '../testing/loopback.ts';
import { privateAddresses, specialAddresses } from '../testing/private-addresses.ts';
import type { ResolveName } from './checked-lookup.ts';
import { guardedFetcher } from './guarded-fetcher.ts';

/*
 * Every way to a private address: written itself in any notation, as where a redirect leads, and as what a name answers,
 * alone and among public ones. Counted is whom a connection was tried to, wherever the attempt came from.
 */

const publicAddress = '93.184.216.34';
/** What names answer: their first label says which of these. */
const answers: readonly (readonly string[])[] = specialAddresses
  .filter((address) => !address.includes('%'))
  .flatMap((address) => [[address], [publicAddress, address], [address, publicAddress]]);
const names = answers.map((_, index) => `n${index}.badges.example`);

let tried: string[] = [];
const watch = (message: unknown) => {
  const { socket } = message as { socket: Socket };
  socket.on('connectionAttempt', (address, port) => tried.push(`${address}:${port}`));
};
beforeEach(() => {
  tried = [];
  subscribe('net.client.socket', watch);
});
afterEach(() => void unsubscribe('net.client.socket', watch));

/** Leads wherever its path says; without one it answers. */
const lead: RequestListener = (request, response) => {
  const location = decodeURIComponent((request.url ?? '/').slice(1));
  if (location === '') response.end('{}');
  // No letters beyond ASCII in a header: a host may be written with percent signs, too.
  else response.writeHead(302, { location: location.replace(/[^ -~]/gu, encodeURIComponent) }).end();
};
let school: LoopbackServer;
beforeAll(async () => {
  school = await serveOnLoopback(lead);
});
afterAll(() => school.end());

const resolve: ResolveName = async (name) => {
  const [, index] = /^n(\d+)\./.exec(name) ?? [];
  const addresses = index === undefined ? ['127.0.0.1'] : (answers[Number(index)] ?? []);
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};

/** Asks for all of them, and answers those that ended in another way than by a refusal of the address. */
async function notRefused(addresses: readonly string[], allow: readonly string[] = []) {
  const guard = guardedFetcher(
    { allow, http: true, publicOrigin: 'https://backpack.example', userAgent: 'Backpack/test' },
    { clock: () => instantOf(0), turns: async () => true, resolve },
  );
  const ended: string[] = [];
  for (const address of addresses) {
    const url = parseUrl(address);
    if (!url.ok) throw new Error(`no address: ${address}`);
    const answer = await guard.fetch({ url: url.value, maxBytes: 1000 });
    if (answer.ok || answer.error.code !== 'private-address')
      ended.push(`${address} ${answer.ok ? answer.value.status : answer.error.code}`);
  }
  await guard.close();
  return ended;
}

const through = (target: string) => `${school.origin}/${encodeURIComponent(target)}`;

describe('a forged destination (T35, T36, T37)', () => {
  it('is one of more than a hundred and sixty, each but once', () => {
    const all = [...privateAddresses, ...answers.map((each) => each.join(' '))];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(160);
  });

  it('is refused before a connection is tried, however it is written', async () => {
    expect(await notRefused(privateAddresses)).toEqual([]);
    expect(tried).toEqual([]);
  });

  it('is refused before a connection is tried, whatever a name answers', async () => {
    const addresses = names.flatMap((name) => [`http://${name}/`, `https://${name}/`]);
    expect(await notRefused(addresses)).toEqual([]);
    expect(tried).toEqual([]);
  });

  it('is refused where a redirect leads to it, by address or by name', async () => {
    const targets = [...privateAddresses, ...names.map((name) => `https://${name}/`)];
    expect(await notRefused(targets.map(through), [school.origin])).toEqual([]);
    // Nobody but the school itself was asked.
    expect(new Set(tried)).toEqual(new Set([`127.0.0.1:${school.port}`]));
  });

  it('is reached where the operator allowed it: by address, by name, and by redirect', async () => {
    const named = `http://school.example:${school.port}`;
    const allow = [school.origin, named];
    for (const address of [`${school.origin}/`, `${named}/`, through(`${named}/`)]) {
      tried = [];
      expect(await notRefused([address], allow)).toEqual([`${address} 200`]);
      expect(new Set(tried)).toEqual(new Set([`127.0.0.1:${school.port}`]));
      tried = [];
      expect(await notRefused([address])).not.toEqual([`${address} 200`]);
      expect(tried).toEqual([]);
    }
  });
});
