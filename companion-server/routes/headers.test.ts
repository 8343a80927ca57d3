import { afterAll, describe, expect, it } from 'vitest';
import { ask } from '../testing/learner.ts';
import { endTestServers, startTestServer } from '../testing/test-server.ts';
import { headersOf } from './headers.ts';
import type { Surface } from './route.ts';

afterAll(endTestServers);

/** How long anybody may go on showing an answer without asking again, in seconds; caches of all kinds taken together. */
function longestUnasked(control: string): number {
  const words = new Map(
    control.split(',').map((part): [string, string] => {
      const [name = '', value = ''] = part.trim().split('=');
      return [name, value];
    }),
  );
  if (words.has('no-store')) return 0;
  const seconds = (name: string) => Number(words.get(name) ?? 0);
  const fresh = Math.max(seconds('max-age'), seconds('s-maxage'));
  // Without it a cache may show what is stale, as when it does not reach the server.
  const afterwards = words.has('must-revalidate') ? 0 : Number.POSITIVE_INFINITY;
  return fresh + seconds('stale-while-revalidate') + seconds('stale-if-error') + afterwards;
}

describe('who may keep hold of a window', () => {
  it('is nobody where a page runs script, and whoever opened it where none runs', async () => {
    const { address } = await startTestServer();
    const severed = await Promise.all(
      ['/check', '/claim', '/', '/report'].map(async (path) => {
        const { headers } = await ask(address, 'GET', path);
        const runsScript = headers['content-security-policy']?.includes('script-src') ?? false;
        return [path, runsScript, headers['cross-origin-opener-policy']];
      }),
    );
    expect(severed).toEqual([
      ['/check', true, 'same-origin'],
      ['/claim', true, 'same-origin'],
      ['/', false, undefined],
      ['/report', false, undefined],
    ]);
  });
});

describe('what caches are told', () => {
  it('lets nothing that can be taken down be shown for longer than a minute, by any cache on the way (T53)', () => {
    const surfaces = Object.entries(headersOf) as [Surface, (typeof headersOf)[Surface]][];
    const times = surfaces.map(([surface, headers]) => [
      surface,
      longestUnasked(headers['cache-control'] ?? ''),
    ]);
    expect(Object.fromEntries(times)).toEqual({
      api: 0,
      health: 0,
      page: 60,
      check: 60,
      document: 60,
      // Under addresses made of their content, which is this server's own.
      asset: Number.POSITIVE_INFINITY,
    });
    expect(longestUnasked('public, max-age=60')).toBe(Number.POSITIVE_INFINITY);
    expect(longestUnasked('max-age=10, s-maxage=50, stale-while-revalidate=30, must-revalidate')).toBe(80);
  });

  it('lets what is not there yet be seen as soon', async () => {
    const { address } = await startTestServer();
    for (const path of [
      '/@nobody',
      '/@nobody.json',
      '/@nobody.jws',
      `/d/${'A'.repeat(43)}`,
      '/nowhere',
      '/sitemap.xml',
    ]) {
      const { headers } = await ask(address, 'GET', path);
      expect([path, headers['cache-control']]).toEqual([path, 'public, max-age=60, must-revalidate']);
      // One answer for everybody: a cache needs to know nothing of who asks.
      expect([path, headers['vary'], headers['set-cookie']]).toEqual([path, undefined, undefined]);
    }
  });
});
