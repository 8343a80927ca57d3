import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handle, Instant } from '../shared/model/brands.ts';
import type { Manifest } from '../shared/publish/manifest.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { runCommand } from './command.ts';
import { openStorage } from './storage/open-storage.ts';
import { ask, clock } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';
import { maxSitemapEntries } from './use-cases/list-profiles.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' });
});
afterAll(endTestServers);

const get = (path: string, from = server) => ask(from.address, 'GET', path);
const noindex = '<meta name="robots" content="noindex"';

async function addressesIn(path: string, from = server): Promise<readonly string[]> {
  const reply = await get(path, from);
  expect([reply.status, reply.headers['content-type']]).toEqual([200, 'application/xml; charset=utf-8']);
  const text = reply.body.toString();
  expect(text).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<(urlset|sitemapindex) [\s\S]*<\/\1>\n$/);
  return [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address ?? '');
}

async function publisherOf(handle: string) {
  const publisher = await Publisher.create(server, handle);
  const { hash } = await publisher.lay((await buildBadge()).bytes);
  const seenValidAt = '2026-01-02T03:04:05.000Z' as Instant;
  const publish = async (change: Partial<Manifest> = {}) => {
    const reply = await publisher.publish(
      [{ doc: hash, with: [], seenValidAt, recipient: 'hidden' }],
      change,
    );
    expect(reply.status).toBeLessThan(300);
  };
  const pages = [`/@${handle}`, `/@${handle}/badges/${hash.slice(0, 22)}`];
  /** which of its pages ask to be left out */
  const unlisted = async () => {
    const texts = await Promise.all(pages.map(async (path) => (await get(path)).body.toString()));
    expect(texts.every((text) => text.includes('Mia Lerner'))).toBe(true);
    return pages.filter((_, index) => texts[index]?.includes(noindex));
  };
  return { publisher, hash, publish, pages, unlisted };
}

describe('search engines', () => {
  it('may list a profile for as long as its owner says so, and no other', async () => {
    const address = (handle: string) => `${server.origin}/@${handle}`;
    const [mia, eve, ann] = await Promise.all([
      publisherOf('mia-found'),
      publisherOf('eve-quiet'),
      publisherOf('ann-found'),
    ]);
    // A collection that the profile shows is no such yes.
    await eve.publish();
    await mia.publish({ search: true });
    await ann.publish({ search: true });
    expect([await mia.unlisted(), await eve.unlisted()]).toEqual([[], eve.pages]);
    expect(await addressesIn('/sitemap.xml')).toEqual([address('ann-found'), address('mia-found')]);
    await ann.publish();
    expect(await ann.unlisted()).toEqual(ann.pages);
    expect(await addressesIn('/sitemap.xml')).toEqual([address('mia-found')]);
    await ann.publish({ search: true });
    expect(await addressesIn('/sitemap.xml')).toHaveLength(2);
    expect((await ann.publisher.unpublish()).status).toBe(204);
    expect(await addressesIn('/sitemap.xml')).toEqual([address('mia-found')]);
    const { learner } = mia.publisher;
    expect((await learner.call(learner.account, { method: 'DELETE', path: '/v1/handle' })).status).toBe(204);
    expect(await addressesIn('/sitemap.xml')).toEqual([]);
  });

  it('are told of no address where nothing stands, while a profile moves to another name', async () => {
    const eve = await publisherOf('eve-before');
    await eve.publish({ search: true });
    const listed = async () =>
      (await addressesIn('/sitemap.xml')).filter((address) => address.includes('/@eve-'));
    expect(await listed()).toEqual([`${server.origin}/@eve-before`]);
    const handle = 'eve-after' as Handle;
    expect((await eve.publisher.claim(handle, true)).status).toBe(201);
    expect(await listed()).toEqual([]);
    const storage = await openStorage(server.database.place);
    for (const word of ['suspend', 'restore'])
      expect((await runCommand([word, handle], { storage, clock })).isDone).toBe(true);
    await storage.close();
    expect([(await get(`/@${handle}`)).status, await listed()]).toEqual([404, []]);
    await eve.publish({ search: true, handle });
    expect([(await get(`/@${handle}`)).status, await listed()]).toEqual([
      200,
      [`${server.origin}/@${handle}`],
    ]);
  });

  it('are kept from documents and data, whose owner may be listed', async () => {
    const mia = await publisherOf('mia-data');
    await mia.publish({ search: true });
    for (const path of ['/@mia-data.json', '/@mia-data.jws', `/d/${mia.hash}`]) {
      const { status, headers } = await get(path);
      expect([path, status, headers['x-robots-tag']]).toEqual([path, 200, 'noindex']);
    }
    for (const path of ['/', ...mia.pages])
      expect([path, (await get(path)).headers['x-robots-tag']]).toEqual([path, undefined]);
  });

  it('are told where the list is, and kept from no page, so that they read what it says of itself', async () => {
    const reply = await get('/robots.txt');
    expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(reply.body.toString()).toBe(
      `User-agent: *\nDisallow: /v1/\n\nSitemap: ${server.origin}/sitemap.xml\n`,
    );
  });

  it('get 50,000 profiles in one list, and more in several that hold each once', async () => {
    const many = await startTestServer();
    const handle = (index: number) => `h${String(index).padStart(6, '0')}`;
    const add = (from: number, to: number) =>
      many.database.with(async (tables) => {
        for (let first = from; first < to; first += 500) {
          const part = Array.from({ length: Math.min(500, to - first) }, (_, index) => first + index);
          await tables
            .insertInto('listed_profiles')
            .values(
              part.map((each) => ({
                account: `a${each}`,
                handle: handle(each),
                changed_at: '2026-01-01T00:00:00.000Z',
              })),
            )
            .execute();
        }
      });
    await add(0, maxSitemapEntries);
    const one = await addressesIn('/sitemap.xml', many);
    expect([one.length, new Set(one).size]).toEqual([maxSitemapEntries, maxSitemapEntries]);
    await add(maxSitemapEntries, maxSitemapEntries + 1);
    const parts = await addressesIn('/sitemap.xml', many);
    const first = `${many.origin}/sitemap.xml?from=`;
    expect(parts).toEqual([first + handle(0), first + handle(maxSitemapEntries)]);
    const all = [];
    for (const part of parts) all.push(await addressesIn(part.slice(many.origin.length), many));
    expect(all.map(({ length }) => length)).toEqual([maxSitemapEntries, 1]);
    expect(new Set(all.flat()).size).toBe(maxSitemapEntries + 1);
    expect((await get('/sitemap.xml?from=%3Cb%3E', many)).status).toBe(404);
  });
});
