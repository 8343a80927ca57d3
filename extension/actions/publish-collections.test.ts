import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../../companion-server/testing/test-server.ts';
import { didOfIdentity } from '../../shared/publish/identity-did.ts';
import { parseManifest, secretNameOf, verifyManifest } from '../../shared/publish/manifest.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import {
  asked,
  done,
  linkOf,
  type MemoryBrowser,
  newCode,
  openBackpacks,
} from '../testing/memory-browser.ts';
import { collect, keep } from '../testing/own-things.ts';
import { discloseBadges } from './disclose-badges.ts';
import { plannedCollections } from './gather-profile.ts';
import { publishProfile, readProfile, readUnlisted } from './publish-profile.ts';
import { replaceRoot } from './replace-root.ts';
import { signProfileAnew } from './sign-profile-anew.ts';
import { syncNow } from './sync-now.ts';
import { unlock } from './unlock.ts';
import { unpublishProfile } from './unpublish-profile.ts';

afterAll(endTestServers);

const profile = { handle: 'mia', name: 'Mia', about: '' };
const refused = { ok: false, error: { code: 'disclosure-differs' } };

/** Publishes what would be published at this moment, with the consent to it. */
async function publishNow(browser: MemoryBrowser, single: readonly DocId[] = []) {
  const shown = await shownNow(browser, single);
  return publishProfile(shown.profile, shown.consent, browser);
}

async function shownNow(browser: MemoryBrowser, single: readonly DocId[] = []) {
  const collections = await plannedCollections(browser.storage);
  const badges = [...new Set([...collections.flatMap((one) => one.badges), ...single])];
  const disclosed = await discloseBadges(badges, browser);
  const documents = disclosed.flatMap((one) => one.documents.map(({ hash }) => hash));
  return { profile: { ...profile, badges: single, collections }, consent: { documents } };
}

async function world() {
  const { server, code, browsers } = await openBackpacks(2);
  const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
  const status = async (path: string) => (await fetch(new URL(path, server))).status;
  const text = async (path: string) => (await fetch(new URL(path, server))).text();
  const hashOf = (badge: DocId) => badge.slice('badge|'.length);
  return { first, second, code, status, text, hashOf };
}

describe('publishing collections', () => {
  it('makes readable what each says to whom it says, and nothing of a private one (T53)', async () => {
    const { first, status, text, hashOf } = await world();
    const [web, job, own, single] = [
      await keep(first, 'For the web'),
      await keep(first, 'For a job'),
      await keep(first, 'For me'),
      await keep(first, 'By itself'),
    ];
    await collect(first, 'web', web, 'listed');
    const secret = await collect(first, 'job', job, 'unlisted');
    const never = await collect(first, 'own', own, 'private');
    expect(await publishNow(first, [single, web])).toMatchObject({ ok: true });
    const paths = ['/@mia/web', '/@mia/badges', `/@mia/${secret}`, `/@mia/${never}`, '/@mia/own'];
    expect(await Promise.all(paths.map(status))).toEqual([200, 200, 200, 404, 404]);
    const documents = [web, single, job, own].map((badge) => `/d/${hashOf(badge)}`);
    expect(await Promise.all(documents.map(status))).toEqual([200, 200, 200, 404]);
    const main = await parseManifest(await text('/@mia.jws'));
    if (!main.ok) throw main.error;
    // What is in a collection on the page is not there once more by itself.
    expect(main.value.manifest.collections.map(({ slug, items }) => [slug, items.length])).toEqual([
      ['web', 1],
      ['badges', 1],
    ]);
    expect(JSON.stringify(main.value.manifest)).not.toContain(hashOf(job));

    expect(await unpublishProfile(first)).toEqual(done);
    const all = [...paths, ...documents, '/@mia', `/@mia/${secret}.jws`];
    expect(await Promise.all(all.map(status))).toEqual(all.map(() => 404));
    expect((await readUnlisted(first)).size).toBe(0);
  });

  it('ends an unlisted one that is made private, given another address or removed', async () => {
    const { first, status } = await world();
    const badge = await keep(first, 'For a job');
    const old = await collect(first, 'job', badge, 'unlisted');
    expect(await publishNow(first)).toMatchObject({ ok: true });
    expect(await status(`/@mia/${old}`)).toBe(200);
    const fresh = await collect(first, 'job', badge, 'unlisted');
    expect(await publishNow(first)).toMatchObject({ ok: true });
    expect([await status(`/@mia/${old}`), await status(`/@mia/${fresh}`)]).toEqual([404, 200]);
    await collect(first, 'job', badge, 'private', { secret: fresh });
    expect(await publishNow(first)).toMatchObject({ ok: true });
    expect([await status(`/@mia/${fresh}`), await status('/@mia')]).toEqual([404, 200]);
    expect((await readUnlisted(first)).size).toBe(0);
  });

  it.each([
    ['another title', { title: 'Another' }],
    ['other words', { about: 'Something else' }],
    ['other readers', { reach: 'listed' }],
    ['another address', { secret: 'A'.repeat(43) }],
  ])('is refused when it has %s than the learner saw', async (_, change) => {
    const { first, status } = await world();
    const badge = await keep(first, 'For a job');
    await collect(first, 'job', badge, 'unlisted');
    const shown = await shownNow(first);
    await first.changeDoc('collection|job', change);
    expect(await publishProfile(shown.profile, shown.consent, first)).toMatchObject(refused);
    expect(await status('/@mia')).toBe(404);
    // The twin: as it is now it goes out.
    expect(await publishNow(first)).toMatchObject({ ok: true });
  });

  it('counts as readable from the first moment that it may be, and is ended then', async () => {
    const { first, status } = await world();
    const secret = await collect(first, 'job', await keep(first, 'For a job'), 'unlisted');
    const { exchange } = first;
    // The server takes it, and its answer never arrives.
    first.exchange = async (request) => {
      const answer = await exchange(request);
      return request.method === 'PUT' && request.address.endsWith(secret)
        ? exchange({ ...request, address: 'http://127.0.0.1:1/' })
        : answer;
    };
    expect(await publishNow(first)).toMatchObject({ ok: false, error: { code: 'companion-unreachable' } });
    first.exchange = exchange;
    expect(await status(`/@mia/${secret}`)).toBe(200);
    expect((await readProfile(first))?.state).toBe('sending');
    expect([...(await readUnlisted(first)).keys()]).toEqual([secret]);
    await first.changeDoc('collection|job', { reach: 'private' });
    expect(await publishNow(first)).toMatchObject({ ok: true });
    expect(await status(`/@mia/${secret}`)).toBe(404);
  });

  it('goes on from what another browser has published', async () => {
    const { first, second, code, status } = await world();
    const secret = await collect(first, 'job', await keep(first, 'For a job'), 'unlisted');
    expect(await publishNow(first)).toMatchObject({ ok: true });
    for (const browser of [first, second])
      expect(await syncNow(browser, asked)).toMatchObject({ kind: 'synced' });
    expect(await unlock(code, second)).toEqual(done);
    await second.changeDoc('collection|job', { reach: 'private' });
    expect(await publishNow(second)).toMatchObject({ ok: true });
    expect(await status(`/@mia/${secret}`)).toBe(404);
  });

  it('is signed anew with the page when the root is replaced', async () => {
    const { first, text } = await world();
    const secret = await collect(first, 'job', await keep(first, 'For a job'), 'unlisted');
    expect(await publishNow(first)).toMatchObject({ ok: true });
    expect(await replaceRoot(newCode(), first)).toEqual(done);
    expect(await signProfileAnew(first)).toEqual(done);
    const { identity } = (await linkOf(first)).chain;
    const parsed = await parseManifest(await text(`/@mia/${secret}.jws`));
    if (!parsed.ok) throw parsed.error;
    expect(await verifyManifest(parsed.value, identity)).toBe(true);
    expect([parsed.value.manifest.sub, secretNameOf(parsed.value.manifest)]).toEqual([
      didOfIdentity(identity),
      secret,
    ]);
    expect(await publishNow(first)).toMatchObject({ ok: true });
  });
});
