import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instant, Sha256 } from '../shared/model/brands.ts';
import { utf8 } from '../shared/model/bytes.ts';
import { didOfIdentity } from '../shared/publish/identity-did.ts';
import type { ManifestItem } from '../shared/publish/manifest.ts';
import { publishedSnapshotOf } from '../shared/publish/published-snapshot.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { fetcherOver } from '../shared/testing/documents.ts';
import { verifyBadge } from '../shared/verify/verify-badge.ts';
import { ask, clock, newSigner, type Reply } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { type ServedIssuer, serveIssuer } from './testing/served-issuer.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let school: ServedIssuer;
beforeAll(async () => {
  school = await serveIssuer();
  // No name is ever asked outside this machine.
  const resolve = async () => {
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  };
  server = await startTestServer({ RATE_SCALE: '1000', FETCH_ALLOW: school.origin }, { resolve });
});
afterAll(async () => {
  await endTestServers();
  await school.end();
});

const get = (path: string, headers: Record<string, string> = {}) =>
  ask(server.address, 'GET', path, { headers });

type Shown = {
  standing: string;
  seenAt: string;
  issuerProof: { kind: string };
  verdict: { outcome: string };
  badge?: { achievement: { name: string }; recipients: readonly { identity: string }[] };
};

async function shownBadges(publisher: Publisher): Promise<readonly Shown[]> {
  const reply = await get(`/@${publisher.handle}.json`);
  expect(reply.status).toBe(200);
  const profile = JSON.parse(reply.body.toString()) as { collections: { badges: Shown[] }[] };
  return profile.collections.flatMap(({ badges }) => badges);
}

/** Waits until the server's own check of every badge is through. */
async function checked(publisher: Publisher): Promise<readonly Shown[]> {
  for (;;) {
    const badges = await shownBadges(publisher);
    if (badges.every(({ standing }) => standing === 'checked')) return badges;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function item(doc: Sha256, more: Sha256[] = []): ManifestItem {
  return { doc, with: more, seenValidAt: '2026-01-02T03:04:05.000Z' as Instant, recipient: 'hidden' };
}

async function layBadge(publisher: Publisher, wish: Parameters<typeof buildBadge>[0] = {}) {
  const badge = await buildBadge(wish);
  const { hash, reply } = await publisher.lay(badge.bytes);
  expect(reply.status).toBe(201);
  return { badge, hash };
}

describe('publishing', () => {
  it('shows exactly what the signed manifest names, checked by this server, until it is taken down', async () => {
    const mia = await Publisher.create(server);
    const { hash } = await layBadge(mia, { name: 'Good Teammate', container: 'png' });
    const unnamed = await mia.lay(utf8('{"never":"named"}'));
    expect((await get(`/@${mia.handle}`)).status).toBe(404);
    expect((await get(`/d/${hash}`)).status).toBe(404);
    const published = await mia.publish([item(hash)]);
    expect([published.status, published.json]).toEqual([201, mia.standing]);
    const [badge] = await checked(mia);
    expect(badge).toMatchObject({
      verdict: { outcome: 'valid' },
      issuerProof: { kind: 'key' },
      standing: 'checked',
    });
    const page = await get(`/@${mia.handle}`);
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('Good Teammate');
    expect((await get(`/@${mia.handle}/badges/${hash.slice(0, 22)}`)).body.toString()).toContain(
      'Good Teammate',
    );
    expect((await get(`/@${mia.handle}.jws`)).body.toString().split('.')).toHaveLength(3);
    const picture = await get(`/d/${hash}`);
    expect([picture.status, picture.headers['content-type'], picture.headers['content-disposition']]).toEqual(
      [200, 'image/png', 'inline'],
    );
    expect((await get(`/d/${unnamed.hash}`)).status).toBe(404);
    // What no manifest names is gone with the publication.
    expect((await mia.lay(utf8('{"never":"named"}'))).reply.status).toBe(201);
    expect((await mia.unpublish('"0"')).status).toBe(412);
    expect((await mia.unpublish()).status).toBe(204);
    for (const path of [
      `/@${mia.handle}`,
      `/@${mia.handle}.json`,
      `/@${mia.handle}.jws`,
      `/@${mia.handle}/badges/${hash.slice(0, 22)}`,
      `/d/${hash}`,
    ])
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    // The bytes are gone, not only hidden: laying them down again is new.
    expect((await mia.lay((await buildBadge()).bytes)).reply.status).toBe(201);
    expect((await mia.unpublish()).status).toBe(204);
  });

  it('repeats a recipient who is to stay hidden nowhere outside the document that names him (T54)', async () => {
    const mia = await Publisher.create(server);
    const address = 'mia@school.example';
    const { hash } = await layBadge(mia, { recipient: { type: 'email', value: address } });
    const own = didOfIdentity(mia.learner.identity.key);
    const named = await layBadge(mia, { recipient: { type: 'did', value: own } });
    const saying = async () => {
      const data = `/@${mia.handle}.json`;
      const pages = [hash, named.hash].map((doc) => `/@${mia.handle}/badges/${doc.slice(0, 22)}`);
      const asked = [`/@${mia.handle}`, data, `/@${mia.handle}.jws`, ...pages, `/d/${hash}`];
      const found = await Promise.all(
        asked.map(async (path) => ((await get(path)).body.includes(address) ? [path] : [])),
      );
      return found.flat();
    };
    await mia.publish([item(hash), item(named.hash)]);
    const [, other] = await checked(mia);
    expect(await saying()).toEqual([`/d/${hash}`]);
    // The key that signed the page may be named: the page says that it is the same.
    expect(other?.badge?.recipients).toMatchObject([{ identity: own }]);
    // The twin: with the learner's consent the data says it too.
    await mia.publish([{ ...item(hash), recipient: 'confirm' }, item(named.hash)]);
    expect(await saying()).toEqual([`/@${mia.handle}.json`, `/d/${hash}`]);
  });

  it('takes out of sight at once what the next manifest does not name (T53)', async () => {
    const mia = await Publisher.create(server);
    const one = await layBadge(mia, { name: 'First badge' });
    const two = await layBadge(mia, { name: 'Second badge' });
    await mia.publish([item(one.hash), item(two.hash)]);
    await checked(mia);
    expect((await get(`/@${mia.handle}`)).body.toString()).toContain('First badge');
    const older = await mia.manifest([item(one.hash), item(two.hash)]);
    expect((await mia.publish([item(two.hash)])).status).toBe(200);
    expect((await get(`/@${mia.handle}`)).body.toString()).not.toContain('First badge');
    expect((await get(`/d/${one.hash}`)).status).toBe(404);
    expect((await get(`/d/${two.hash}`)).status).toBe(200);
    // An older manifest is never played back.
    const replayed = await mia.put(older, '"1"');
    expect([replayed.status, replayed.json]).toEqual([
      412,
      { error: 'manifest-stale', manifest: mia.standing },
    ]);
    expect((await mia.put(older, '"2"')).json).toEqual({ error: 'manifest-refused', detail: 'seq' });
  });

  it('answers the same manifest again with the same body', async () => {
    const mia = await Publisher.create(server);
    const { hash } = await layBadge(mia);
    const token = await mia.manifest([item(hash)]);
    const [first, second] = [await mia.put(token), await mia.put(token)];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.json).toEqual(first.json);
  });

  it('refuses a manifest that is not the learner’s own, whole and next', async () => {
    const mia = await Publisher.create(server);
    const eve = await Publisher.create(server);
    const { hash } = await layBadge(mia);
    const refused = async (reply: Promise<Reply>, status: number, error: string) =>
      expect(await reply.then(({ status, json }) => [status, json['error']])).toEqual([status, error]);
    await refused(mia.put(await mia.manifest([item('A'.repeat(43) as Sha256)])), 422, 'document-missing');
    await refused(mia.put(await mia.manifest([item(hash)], { handle: eve.handle })), 422, 'manifest-refused');
    await refused(mia.put(await mia.manifest([item(hash)], { seq: 2 })), 422, 'manifest-refused');
    await refused(mia.put(await mia.manifest([item(hash)], { prev: hash })), 422, 'manifest-refused');
    await refused(mia.put(await eve.manifest([item(hash)])), 422, 'manifest-refused');
    await refused(eve.put(await mia.manifest([item(hash)])), 422, 'manifest-refused');
    await refused(mia.put(await mia.manifest([item(hash)]), '"1"'), 412, 'manifest-stale');
    await refused(mia.put(await mia.manifest([item(hash)]), 'x'), 400, 'malformed-request');
    await refused(mia.put(await mia.manifest([item(hash)]), '"0"', 'secret'), 422, 'manifest-refused');
    await refused(mia.put('a.b.c'), 422, 'manifest-refused');
    // Another learner's document is not there for this one.
    await refused(eve.put(await eve.manifest([item(hash)])), 422, 'document-missing');
    expect((await get(`/@${mia.handle}`)).status).toBe(404);
  });

  it('refuses bytes that are not what their address says', async () => {
    const mia = await Publisher.create(server);
    const body = utf8('{}');
    const put = (path: string) => mia.learner.call(mia.learner.device, { method: 'PUT', path, body });
    expect((await put(`/v1/published/docs/${'A'.repeat(43)}`)).json).toEqual({ error: 'document-differs' });
    expect((await put('/v1/published/docs/short')).status).toBe(400);
    expect((await mia.lay(body)).reply.status).toBe(201);
    expect((await mia.lay(body)).reply.status).toBe(200);
    const stranger = await newSigner();
    const { hash } = await mia.lay(body);
    expect(
      (await mia.learner.call(stranger, { method: 'PUT', path: `/v1/published/docs/${hash}`, body })).status,
    ).toBe(401);
  });

  it('keeps what is stored from running: sandboxed, unsniffed, saved and not shown (T55)', async () => {
    const mia = await Publisher.create(server);
    const html = utf8('<!doctype html><script>alert(1)</script>');
    const svg = utf8(
      '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><script>alert(1)</script></svg>',
    );
    const hashes = [];
    for (const bytes of [html, svg]) hashes.push((await mia.lay(bytes)).hash);
    const { hash } = await layBadge(mia);
    await mia.publish([item(hash, hashes)]);
    for (const each of [...hashes, hash]) {
      const reply = await get(`/d/${each}`);
      expect(reply.status).toBe(200);
      expect(reply.headers['content-type']).not.toContain('html');
      expect(reply.headers['content-disposition']).toMatch(
        /^attachment; filename="[A-Za-z0-9_-]{22}\.(txt|svg|json)"$/,
      );
      expect(reply.headers['content-security-policy']).toContain('sandbox');
      expect(reply.headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('shows the profile in the looks that its owner signed, and no cover that is no picture', async () => {
    const mia = await Publisher.create(server);
    const cover = (await mia.lay((await buildBadge({ container: 'png' })).bytes)).hash;
    const { hash } = await layBadge(mia);
    const pageWith = async (change: Parameters<typeof mia.publish>[1]) => {
      expect((await mia.publish([item(hash)], change)).status).toBeLessThan(300);
      return (await get(`/@${mia.handle}`)).body.toString();
    };
    const page = await pageWith({ theme: 'meadow', cover });
    expect(page).toContain('<html lang="en" class="theme-meadow">');
    expect(page).toContain(`src="/d/${cover}"`);
    expect((await get(`/d/${cover}`)).status).toBe(200);
    const text = (await mia.lay(utf8('no picture'))).hash;
    expect(await pageWith({ cover: text })).not.toContain('src="/d/');
    expect((await get(`/d/${cover}`)).status).toBe(404);
  });

  it('is asked about with tags: nothing is sent twice, and after a minute nothing is believed', async () => {
    const mia = await Publisher.create(server);
    const { hash } = await layBadge(mia);
    await mia.publish([item(hash)]);
    await checked(mia);
    for (const path of [
      `/@${mia.handle}`,
      `/@${mia.handle}.json`,
      `/@${mia.handle}.jws`,
      `/@${mia.handle}/badges/${hash.slice(0, 22)}`,
      `/d/${hash}`,
      '/',
    ]) {
      const first = await get(path);
      expect(first.headers['cache-control']).toBe('public, max-age=60, must-revalidate');
      const again = await get(path, { 'if-none-match': String(first.headers['etag']) });
      expect([path, again.status, again.body.length]).toEqual([path, 304, 0]);
      expect(again.headers['content-security-policy']).toBe(first.headers['content-security-policy']);
      expect((await get(path, { 'if-none-match': '"other"' })).status).toBe(200);
    }
  });
});

describe('what this server found out for itself', () => {
  it('names the host of a hosted badge that it fetched', async () => {
    const mia = await Publisher.create(server);
    const { badge, hash } = await layBadge(mia, {
      proof: 'hosted',
      issuerOrigin: school.origin,
      name: 'JavaScript',
    });
    school.serve(badge.documents);
    await mia.publish([item(hash)]);
    const [shown] = await checked(mia);
    expect(shown?.verdict.outcome).toBe('valid');
    expect(shown?.issuerProof).toEqual({ kind: 'host', host: new URL(school.origin).host, encrypted: false });
  });

  it('shows a revoked badge as revoked and an expired one as expired', async () => {
    const mia = await Publisher.create(server);
    const revoked = await layBadge(mia, {
      proof: 'hosted',
      issuerOrigin: school.origin,
      revoked: 'gone',
      name: 'Gone',
    });
    school.serve(revoked.badge.documents);
    const expired = await layBadge(mia, { expires: '2026-02-01T00:00:00Z' });
    await mia.publish([item(revoked.hash), item(expired.hash)]);
    expect((await checked(mia)).map(({ verdict }) => verdict.outcome)).toEqual(['revoked', 'expired']);
  });

  it('never proves a host that only the learner vouches for: a forged snapshot stays “as recorded” (T72)', async () => {
    const mia = await Publisher.create(server);
    // An issuer that does not exist: every document is made by hand, and verifies in the maker's own hands.
    const forged = await buildBadge({
      proof: 'hosted',
      issuerOrigin: 'https://harvard.example',
      name: 'Doctor of Everything',
      // Before the recorded day, so that it is good by everything that the learner hands in.
      awarded: '2025-12-01T00:00:00Z',
    });
    const fetch = fetcherOver(forged.documents);
    const mine = await verifyBadge({ kind: 'bytes', bytes: forged.bytes }, {}, { fetch, clock });
    expect(mine.verdict.outcome).toBe('valid');
    const { hash } = await mia.lay(forged.bytes);
    const parts = [publishedSnapshotOf(mine.snapshot), ...mine.snapshot.documents.map(({ bytes }) => bytes)];
    const more: Sha256[] = [];
    for (const bytes of parts) more.push((await mia.lay(bytes)).hash);
    const before = await mia.publish([item(hash, [...new Set(more)])]);
    expect(before.status).toBe(201);
    for (let round = 0; round < 2; round += 1) {
      const [shown] = await shownBadges(mia);
      expect(shown).toMatchObject({
        standing: 'recorded',
        issuerProof: { kind: 'none' },
        seenAt: '2026-01-02T03:04:05.000Z',
      });
      expect(shown?.badge?.achievement.name).toBe('Doctor of Everything');
      expect(shown?.verdict.outcome).toBe('unreachable');
      const page = (await get(`/@${mia.handle}/badges/${hash.slice(0, 22)}`)).body.toString();
      expect(page).toContain('As recorded by the learner on');
      expect(page).not.toMatch(/<strong[^>]*>[^<]*harvard\.example/);
      await settled(hash);
    }
  });
});

/** Waits until the worker has logged nothing due any more: its round over this badge is done. */
async function settled(hash: Sha256): Promise<void> {
  await server.database.with(async (tables) => {
    const look = () =>
      tables.selectFrom('checks').select('checked_at').where('document', '=', hash).executeTakeFirstOrThrow();
    while ((await look()).checked_at === null) await new Promise((resolve) => setTimeout(resolve, 20));
  });
}
