import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base64UrlOf } from '../shared/model/bytes.ts';
import { ask, jsonBody, type Reply, random } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' });
});
afterAll(endTestServers);

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> =>
  ask(server.address, 'GET', path, { headers });

/** A profile with one collection, and an unlisted one: without badges, so that no check renews a page meanwhile. */
async function publishedPages() {
  const mia = await Publisher.create(server);
  const secret = base64UrlOf(random(32));
  await mia.publish([], { collections: [{ slug: 'web', title: 'On the web', listed: true, items: [] }] });
  expect((await mia.put(await mia.unlisted(secret, []), '"0"', secret)).status).toBe(201);
  const at = `/@${mia.handle}`;
  return { mia, at, secret, pages: [at, `${at}.json`, `${at}/web`, `${at}/${secret}`] };
}

const keptOf = (at: string) =>
  server.database.with((tables) =>
    tables
      .selectFrom('pages')
      .select(['path', 'version', 'tag', 'html'])
      .where('path', 'like', `${at}%`)
      .orderBy('path')
      .execute(),
  );

const change = (path: string, to: { readonly html?: string; readonly version?: string }) =>
  server.database.with((tables) => tables.updateTable('pages').set(to).where('path', '=', path).execute());

describe('pages of profiles and collections', () => {
  it('are rendered once, and then answered as they are kept', async () => {
    const { at, pages } = await publishedPages();
    expect(await keptOf(at)).toEqual([]);
    for (const path of pages) {
      const first = await get(path);
      expect([path, first.status]).toEqual([path, 200]);
      const [kept] = (await keptOf(at)).filter((page) => page.path === path);
      expect([kept?.html, kept?.tag]).toEqual([first.body.toString(), first.headers['etag']]);
      const again = await get(path);
      expect(again.body.equals(first.body)).toBe(true);
      expect({ ...again.headers, date: '' }).toEqual({ ...first.headers, date: '' });
      const other = '"as it is kept – …"';
      await change(path, { html: other });
      expect((await get(path)).body.toString()).toBe(other);
    }
    expect((await keptOf(at)).map(({ path }) => path)).toEqual([...pages].sort());
  });

  it('are not sent to whoever has them, and to others with the same headers', async () => {
    const { pages } = await publishedPages();
    for (const path of pages) {
      const whole = await get(path);
      const { 'content-length': length, 'content-type': type, date: _, ...headers } = whole.headers;
      const form = path.endsWith('.json') ? 'application/json' : 'text/html; charset=utf-8';
      expect([Number(length), type]).toEqual([whole.body.length, form]);
      const tag = String(headers['etag']);
      for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const unchanged = await get(path, { 'if-none-match': known });
        expect([known, unchanged.status, unchanged.body.length]).toEqual([known, 304, 0]);
        expect(unchanged.headers).toMatchObject(headers);
      }
      expect((await get(path, { 'if-none-match': '"other"' })).body.equals(whole.body)).toBe(true);
      const head = await ask(server.address, 'HEAD', path);
      expect([head.status, head.body.length]).toEqual([200, 0]);
      expect(head.headers).toMatchObject({ ...headers, 'content-length': length, 'content-type': type });
    }
  });

  it('are rendered anew by other templates than those that made them', async () => {
    const { at, pages } = await publishedPages();
    for (const path of pages) {
      const page = (await get(path)).body.toString();
      await change(path, { html: 'from before', version: 'another' });
      const tag = (await keptOf(at)).find((kept) => kept.path === path)?.tag ?? '';
      expect((await get(path)).body.toString()).toBe(page);
      await change(path, { html: 'from before', version: 'another' });
      expect((await get(path, { 'if-none-match': tag })).status).toBe(304);
      expect((await keptOf(at)).find((kept) => kept.path === path)?.html).toBe(page);
    }
  });

  it('are dropped with each publication, and with its end (T53)', async () => {
    const { mia, at, secret, pages } = await publishedPages();
    const visit = async () => Promise.all(pages.map(async (path) => (await get(path)).status));
    expect(await visit()).toEqual([200, 200, 200, 200]);
    expect(await keptOf(at)).toHaveLength(4);
    const items = { collections: [{ slug: 'web', title: 'Renamed', listed: true as const, items: [] }] };
    expect((await mia.publish([], items)).status).toBe(200);
    expect(await keptOf(at)).toEqual([]);
    expect((await get(`${at}/web`)).body.toString()).toContain('Renamed');
    expect(await visit()).toEqual([200, 200, 200, 200]);
    expect((await mia.unpublish('"1"', secret)).status).toBe(204);
    expect(await keptOf(at)).toEqual([]);
    expect(await visit()).toEqual([200, 200, 200, 404]);
    expect((await mia.unpublish()).status).toBe(204);
    expect(await keptOf(at)).toEqual([]);
    expect(await visit()).toEqual([404, 404, 404, 404]);
    expect(await keptOf(at)).toEqual([]);
  });

  it('go with the handle below which they stand, before anything is published under the next (T53)', async () => {
    const { mia, at, pages } = await publishedPages();
    for (const path of pages) expect((await get(path)).status).toBe(200);
    const { status, json } = await mia.learner.call(mia.learner.account, {
      method: 'PUT',
      path: '/v1/handle',
      body: jsonBody({ handle: `${mia.handle}-2`, move: true }),
    });
    expect([status, json]).toEqual([201, { handle: `${mia.handle}-2` }]);
    for (const path of pages)
      expect(await get(path)).toMatchObject({
        status: 308,
        headers: { location: path.replace(at, `${at}-2`) },
      });
    expect(await keptOf(at)).toEqual([]);
  });

  it('change and go at once for every server on the same database (T53)', async () => {
    const other = await startTestServer({ RATE_SCALE: '1000' }, {}, server.database);
    const { mia, pages } = await publishedPages();
    const [profile = '', data = '', web = ''] = pages;
    const there = (path: string, headers = {}) => ask(other.address, 'GET', path, { headers });
    const before = await there(web);
    expect((await get(web)).body.equals(before.body)).toBe(true);
    const known = { 'if-none-match': String(before.headers['etag']) };
    expect((await there(web, known)).status).toBe(304);
    const items = { collections: [{ slug: 'web', title: 'Renamed', listed: true as const, items: [] }] };
    expect((await mia.publish([], items)).status).toBe(200);
    expect((await there(web, known)).body.toString()).toContain('Renamed');
    for (const path of [profile, data]) expect((await there(path)).status).toBe(200);
    expect((await mia.unpublish()).status).toBe(204);
    for (const path of pages) expect([path, (await there(path)).status]).toEqual([path, 404]);
  });

  it('are kept for nobody who asks for what is not there', async () => {
    const { at, pages } = await publishedPages();
    for (const path of [`${at}/nowhere`, `${at}/${base64UrlOf(random(32))}`, '/@nobody'])
      expect((await get(path)).status).toBe(404);
    expect(await keptOf(at)).toEqual([]);
    // The twin: what is there is.
    for (const path of pages) await get(path);
    expect(await keptOf(at)).toHaveLength(pages.length);
  });
});
