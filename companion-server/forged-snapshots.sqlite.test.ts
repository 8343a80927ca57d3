import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PlainBrowser, plainChromium } from '../e2e/world/plain-browser.ts';
import type { Instant, Sha256 } from '../shared/model/brands.ts';
import type { JsonObject } from '../shared/model/json.ts';
import { publishedSnapshotOf } from '../shared/publish/published-snapshot.ts';
import { type BadgeWish, type BuiltBadge, buildBadge } from '../shared/testing/build-badge.ts';
import { buildIssuer } from '../shared/testing/build-issuer.ts';
import { fetcherOver } from '../shared/testing/documents.ts';
import { verifyBadge } from '../shared/verify/verify-badge.ts';
import { builtScripts } from './testing/built-scripts.ts';
import { ask, clock } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { type ServedIssuer, serveIssuer } from './testing/served-issuer.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

/*
 * T72: whoever publishes may lay any documents beside a badge, as if an issuer had once answered with them. What is
 * made by hand convinces neither the server nor the visitor's own browser.
 */
let server: TestServer;
/** One for each kind: what a host has answered once is remembered for a while. */
let schools: readonly ServedIssuer[];
let browser: PlainBrowser;
let page: Page;
beforeAll(async () => {
  schools = await Promise.all(kinds.map(() => serveIssuer('open')));
  // No name is ever asked outside this machine.
  const resolve = async () => {
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  };
  const environment = { RATE_SCALE: '1000', FETCH_ALLOW: schools.map(({ origin }) => origin).join() };
  server = await startTestServer(environment, { resolve, scripts: await builtScripts() });
  browser = await plainChromium();
  page = browser.pageOf(await browser.open('about:blank'));
});
afterAll(async () => {
  await browser.close();
  await endTestServers();
  await Promise.all(schools.map((school) => school.end()));
});

const title = 'Doctor of Everything';
const seenValidAt = '2026-01-02T03:04:05.000Z' as Instant;

type Kind = {
  readonly name: string;
  readonly wish: (origin: string) => Promise<BadgeWish>;
  /** what an honest issuer of the same kind is proven by */
  readonly proof: 'host' | 'key';
};
const kinds: readonly Kind[] = [
  { name: 'hosted documents', wish: async () => ({ proof: 'hosted' }), proof: 'host' },
  { name: 'a key file', wish: async () => ({ proof: 'jws' }), proof: 'host' },
  {
    name: 'a controller document',
    wish: async (origin) => ({
      proof: 'eddsa-jcs-2022',
      issuer: await buildIssuer({ origin, keyPlace: 'controller' }),
    }),
    proof: 'host',
  },
  {
    name: 'a did.json',
    wish: async (origin) => ({ issuer: await buildIssuer({ origin, keyPlace: 'did:web' }) }),
    proof: 'host',
  },
  { name: 'a status list', wish: async () => ({ status: { purpose: 'revocation' } }), proof: 'key' },
];

/** A badge of that kind that is good by the documents that its maker hands in. */
async function badgeBy({ wish, proof }: Kind, issuerOrigin: string): Promise<BuiltBadge> {
  const badge = await buildBadge({
    issuerOrigin,
    name: title,
    awarded: '2025-12-01T00:00:00Z',
    ...(await wish(issuerOrigin)),
  });
  const { verdict, issuerProof } = await verified(badge);
  expect([verdict.outcome, issuerProof.kind]).toEqual(['valid', proof]);
  return badge;
}

function verified(badge: BuiltBadge) {
  const effects = { fetch: fetcherOver(badge.documents), clock };
  return verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
}

/** Publishes a badge with a snapshot of all that its maker says an issuer has answered. */
async function publish({ bytes }: BuiltBadge, snapshot?: Awaited<ReturnType<typeof verified>>['snapshot']) {
  const mia = await Publisher.create(server);
  const { hash } = await mia.lay(bytes);
  const parts =
    snapshot === undefined
      ? []
      : [publishedSnapshotOf(snapshot), ...snapshot.documents.map((document) => document.bytes)];
  const beside: Sha256[] = [];
  for (const part of parts) beside.push((await mia.lay(part)).hash);
  const item = { doc: hash, with: [...new Set(beside)], seenValidAt, recipient: 'hidden' as const };
  expect((await mia.publish([item])).status).toBe(201);
  return { path: `/@${mia.handle}`, hash, id: hash.slice(0, 22) };
}

/** What the server says of the one badge of a profile, once it has looked itself. */
async function shownAt(path: string, hash: Sha256): Promise<JsonObject> {
  await server.database.with(async (tables) => {
    const look = () =>
      tables.selectFrom('checks').select('checked_at').where('document', '=', hash).executeTakeFirstOrThrow();
    while ((await look()).checked_at === null) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  const profile = JSON.parse((await ask(server.address, 'GET', `${path}.json`)).body.toString());
  return profile.collections[0].badges[0];
}

/** What `/check` says of a published document in a visitor's own browser: the last word, and who it is by. */
async function checkedInBrowser(hash: Sha256): Promise<{ said: string; by: string }> {
  await page.goto('about:blank');
  await page.goto(`${server.origin}/check#document=${hash}`);
  await page.locator('.check-outcome').waitFor({ timeout: 60_000 });
  const said = await page.locator('.check-status').innerText();
  return { said, by: await page.locator('.issuer-line').first().innerText() };
}

describe.each(kinds)('$name made by hand and published beside a badge (T72)', (kind) => {
  it('is “as recorded” on the page and nothing in a visitor’s browser; no host is proven by it', async () => {
    const forged = await badgeBy(kind, 'https://harvard.example');
    const { path, hash, id } = await publish(forged, (await verified(forged)).snapshot);
    expect(await shownAt(path, hash)).toMatchObject({
      standing: 'recorded',
      issuerProof: { kind: 'none' },
      verdict: { outcome: 'unreachable' },
      seenAt: seenValidAt,
      badge: { achievement: { name: title } },
    });
    const html = (await ask(server.address, 'GET', `${path}/badges/${id}`)).body.toString();
    expect(html).toContain('As recorded by the learner on');
    expect(html).not.toMatch(/issuer-line-lead[^>]*>[^<]*harvard\.example|mark-checked/);
    const { said, by } = await checkedInBrowser(hash);
    expect(said).toBe('The published document: Could not be checked.');
    expect(by).not.toMatch(/^harvard\.example/);
  });
});

describe.each(kinds.filter(({ name }) => name !== 'a did.json'))(
  '$name that an issuer really serves',
  (kind) => {
    it('proves the issuer, on the page and in a visitor’s browser', async () => {
      const school = schools[kinds.indexOf(kind)];
      if (school === undefined) throw new Error('no school');
      const honest = await badgeBy(kind, school.origin);
      school.serve(honest.documents);
      const { path, hash } = await publish(honest);
      expect(await shownAt(path, hash)).toMatchObject({
        standing: 'checked',
        issuerProof: { kind: kind.proof },
        verdict: { outcome: 'valid' },
      });
      const { said, by } = await checkedInBrowser(hash);
      expect(said).toBe('The published document: Checked.');
      expect(by.startsWith(new URL(school.origin).host)).toBe(kind.proof === 'host');
    });
  },
);
