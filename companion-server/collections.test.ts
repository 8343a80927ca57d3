import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instant, Sha256 } from '../shared/model/brands.ts';
import { base64UrlOf, sha256Of, utf8 } from '../shared/model/bytes.ts';
import { maxCollections } from '../shared/model/limits.ts';
import type { ManifestItem } from '../shared/publish/manifest.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { ask, type Reply, random } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  const resolve = async () => {
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  };
  server = await startTestServer({ RATE_SCALE: '1000' }, { resolve });
});
afterAll(endTestServers);

const get = (path: string) => ask(server.address, 'GET', path);
const statusesOf = async (paths: readonly string[]) => {
  const statuses = await Promise.all(paths.map(async (path) => [path, (await get(path)).status]));
  return Object.fromEntries(statuses) as Record<string, number>;
};
const all = (paths: readonly string[], status: number) =>
  Object.fromEntries(paths.map((path) => [path, status]));

const item = (doc: Sha256): ManifestItem => ({
  doc,
  with: [],
  seenValidAt: '2026-01-02T03:04:05.000Z' as Instant,
  recipient: 'hidden',
});
const newSecret = () => base64UrlOf(random(32));

async function layBadge(publisher: Publisher, name: string): Promise<Sha256> {
  const { hash, reply } = await publisher.lay((await buildBadge({ name })).bytes);
  expect(reply.status).toBe(201);
  return hash;
}

/** One badge on the profile, in a collection of its own, and one in an unlisted collection. */
async function publisherWithBoth() {
  const mia = await Publisher.create(server);
  const secret = newSecret();
  const open = await layBadge(mia, 'Open to all');
  const web = { slug: 'web', title: 'On the web', about: 'Made by hand.', listed: true as const };
  const published = await mia.publish([], { search: true, collections: [{ ...web, items: [item(open)] }] });
  expect(published.status).toBe(201);
  // What no manifest names is gone with each publication, so a document is laid right before its own.
  const hidden = await layBadge(mia, 'For one school');
  const token = await mia.unlisted(secret, [item(hidden)]);
  const put = await mia.put(token, '"0"', secret);
  expect([put.status, put.json]).toEqual([201, { seq: 1, h: await sha256Of(utf8(token)) }]);
  const at = `/@${mia.handle}`;
  const page = (hash: Sha256) => `badges/${hash.slice(0, 22)}`;
  const own = `${at}/${secret}`;
  return {
    mia,
    secret,
    open,
    hidden,
    at,
    own,
    token,
    /** what shows the profile, and what shows the unlisted collection */
    listed: [at, `${at}.json`, `${at}.jws`, `${at}/web`, `${at}/${page(open)}`, `/d/${open}`],
    unlisted: [own, `${own}.jws`, `${own}/${page(hidden)}`, `/d/${hidden}`],
    page,
  };
}

describe('a collection on the profile', () => {
  it('has a page of its own, with the way back, and is a chapter of the profile', async () => {
    const { at, open, page } = await publisherWithBoth();
    const shown = (await get(`${at}/web`)).body.toString();
    for (const text of ['On the web', 'Made by hand.', 'Open to all', `href="${at}/${page(open)}"`])
      expect(shown).toContain(text);
    expect(shown).toContain(`href="${at}"`);
    expect(shown).not.toContain('noindex');
    expect((await get(at)).body.toString()).toContain(`href="${at}/web"`);
    expect((await get(`${at}/other`)).status).toBe(404);
  });
});

describe('an unlisted collection', () => {
  it('is readable at its secret address, with the pages of its badges below', async () => {
    const { at, own, unlisted, hidden, page, token } = await publisherWithBoth();
    expect(await statusesOf(unlisted)).toEqual(all(unlisted, 200));
    const shown = await get(own);
    for (const text of ['For whom I ask', 'For one school', `href="${own}/${page(hidden)}"`, `href="${at}"`])
      expect(shown.body.toString()).toContain(text);
    expect((await get(`${own}.jws`)).body.toString()).toBe(token);
    const badge = (await get(`${own}/${page(hidden)}`)).body.toString();
    expect(badge).toContain(`href="${own}"`);
    expect(badge).toContain(`shown=${own.slice(1)}`);
  });

  it('is no search engine’s to list, though the profile is', async () => {
    const { at, own, hidden, page } = await publisherWithBoth();
    for (const path of [own, `${own}/${page(hidden)}`, `${own}.jws`]) {
      const { headers, body } = await get(path);
      expect([path, headers['x-robots-tag']]).toEqual([path, 'noindex']);
      if (!path.endsWith('.jws'))
        expect(body.toString()).toContain('<meta name="robots" content="noindex"/>');
    }
    // The twin: what its owner lists says nothing of the kind.
    for (const path of [at, `${at}/web`]) {
      const { headers, body } = await get(path);
      expect([path, headers['x-robots-tag']]).toEqual([path, undefined]);
      expect(body.toString()).not.toContain('noindex');
    }
  });

  it('is named by nothing that a stranger can find (design §9)', async () => {
    const { mia, secret, at, listed, hidden, open, page } = await publisherWithBoth();
    const found = await Promise.all([...listed, '/sitemap.xml'].map(get));
    const text = found.map(({ body }) => body.toString()).join('\n');
    const [, payload = ''] = (await get(`${at}.jws`)).body.toString().split('.');
    const seen = `${text}\n${Buffer.from(payload, 'base64url').toString()}`;
    for (const told of [secret, hidden, hidden.slice(0, 22), 'For whom I ask', 'For one school'])
      expect([told, seen.includes(told)]).toEqual([told, false]);
    // The twin: what is listed is told in each of these ways.
    for (const told of [open, open.slice(0, 22), 'On the web', 'Open to all', mia.handle])
      expect([told, seen.includes(told)]).toEqual([told, true]);
    const eve = await Publisher.create(server);
    const guesses = [
      // Whoever holds the badge learns nothing of its owner's page.
      `${at}/${page(hidden)}`,
      `${at}/${page(hidden)}/statements`,
      `${at}/${newSecret()}`,
      `${at}/${secret.slice(0, -1)}`,
      `/@${eve.handle}/${secret}`,
      // The names under which a server keeps things lead nowhere.
      `${at}/main`,
      `${at}/main.jws`,
      `${at}/main/${page(open)}`,
      // A badge of the profile is none of the collection.
      `${at}/${secret}/${page(open)}`,
      `${at}/${secret}.json`,
    ];
    expect(await statusesOf(guesses)).toEqual(all(guesses, 404));
  });

  it('may be kept by nobody for longer than a minute, and is gone at once when it ends (T53)', async () => {
    const both = await publisherWithBoth();
    const { mia, secret, listed, unlisted } = both;
    for (const path of unlisted)
      expect((await get(path)).headers['cache-control']).toBe('public, max-age=60, must-revalidate');
    expect((await mia.unpublish('"2"', secret)).status).toBe(412);
    expect((await mia.unpublish('"1"', secret)).status).toBe(204);
    expect(await statusesOf(unlisted)).toEqual(all(unlisted, 404));
    expect(await statusesOf(listed)).toEqual(all(listed, 200));
    // The bytes are gone, not only hidden.
    expect((await mia.lay((await buildBadge({ name: 'Anew' })).bytes)).reply.status).toBe(201);
    expect((await mia.unpublish('"1"', secret)).status).toBe(204);
  });

  it('ends with the profile', async () => {
    const { mia, listed, unlisted } = await publisherWithBoth();
    expect((await mia.unpublish()).status).toBe(204);
    const paths = [...listed, ...unlisted];
    expect(await statusesOf(paths)).toEqual(all(paths, 404));
  });

  it('keeps what another collection still shows', async () => {
    const { mia, secret, open, listed } = await publisherWithBoth();
    const shared = newSecret();
    expect((await mia.put(await mia.unlisted(shared, [item(open)]), '"0"', shared)).status).toBe(201);
    expect((await mia.unpublish('"1"', secret)).status).toBe(204);
    expect((await mia.unpublish('"1"', shared)).status).toBe(204);
    expect(await statusesOf(listed)).toEqual(all(listed, 200));
  });

  it('goes on by its own numbers, and its earlier lists are never played back', async () => {
    const { mia, secret, hidden, token } = await publisherWithBoth();
    const next = { seq: 2, prev: await sha256Of(utf8(token)) };
    const again = await mia.unlisted(secret, [item(hidden)], { ...next, name: 'Mia' });
    expect((await mia.put(again, '"1"', secret)).status).toBe(200);
    const replayed = await mia.put(token, '"1"', secret);
    expect([replayed.status, replayed.json['error']]).toEqual([412, 'manifest-stale']);
    expect((await mia.put(token, '"2"', secret)).json).toEqual({ error: 'manifest-refused', detail: 'seq' });
  });

  it('stands under its own name alone, and no profile mentions one', async () => {
    const { mia, hidden, secret } = await publisherWithBoth();
    const other = newSecret();
    const unlisted = { slug: other, title: '', listed: false as const, items: [item(hidden)] };
    const listed = { slug: 'web', title: '', listed: true as const, items: [item(hidden)] };
    const refused = async (reply: Promise<Reply>, detail: string) =>
      expect(await reply.then(({ status, json }) => [status, json])).toEqual([
        422,
        { error: 'manifest-refused', detail },
      ]);
    const next = mia.standing;
    if (next === undefined) throw new Error('nothing stands');
    const main = { seq: 2, prev: next.h };
    await refused(mia.put(await mia.manifest([], { ...main, collections: [unlisted] })), 'slug');
    await refused(
      mia.put(await mia.manifest([], { ...main, collections: [listed, unlisted] })),
      'collections',
    );
    await refused(mia.put(await mia.manifest([item(hidden)]), '"0"', other), 'slug');
    await refused(mia.put(await mia.unlisted(secret, [item(hidden)]), '"0"', other), 'slug');
    await refused(mia.put(await mia.unlisted(other, [], { search: true }), '"0"', other), 'search');
    // A name that could be guessed is none.
    const short = { ...unlisted, slug: 'secret' };
    await refused(
      mia.put(await mia.unlisted('secret', [], { collections: [short] }), '"0"', 'secret'),
      'collections.0',
    );
    const lena = await Publisher.create(server);
    await refused(lena.put(await lena.unlisted(other, []), '"0"', other), 'slug');
  });

  it(`is one of ${maxCollections} at most`, async () => {
    const mia = await Publisher.create(server);
    expect((await mia.publish([])).status).toBe(201);
    const statuses: number[] = [];
    for (let count = 0; count <= maxCollections; count += 1) {
      const secret = newSecret();
      statuses.push((await mia.put(await mia.unlisted(secret, []), '"0"', secret)).status);
    }
    expect(statuses).toEqual([...Array(maxCollections).fill(201), 507]);
  });
});
