import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../../companion-server/testing/test-server.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import { parseManifest } from '../../shared/publish/manifest.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import { drawPng } from '../../shared/testing/badge-art.ts';
import { asked, type MemoryBrowser, openBackpacks } from '../testing/memory-browser.ts';
import { collect, keep } from '../testing/own-things.ts';
import { discloseBadges } from './disclose-badges.ts';
import { type Cover, plannedCollections } from './gather-profile.ts';
import { publishProfile, readProfile } from './publish-profile.ts';
import { syncNow } from './sync-now.ts';
import { unlock } from './unlock.ts';

afterAll(endTestServers);

/** Any picture: the server asks only what bytes are. */
async function pictureOf(hue: number): Promise<Required<Cover>> {
  const bytes = await drawPng({ shape: 'star', glyph: 'check', hue });
  return { hash: await sha256Of(bytes), bytes };
}

/** Publishes with the consent to all that is shown, the cover among it unless it was not seen. */
async function publish(
  browser: MemoryBrowser,
  badge: DocId,
  cover: Cover | undefined,
  seen: Cover | null = cover ?? null,
) {
  const collections = await plannedCollections(browser.storage);
  const disclosed = await discloseBadges([badge], browser);
  const listed = disclosed.flatMap((one) => one.documents.map(({ hash }) => hash));
  const documents = seen === null ? listed : [...listed, seen.hash];
  const profile = { handle: 'mia', name: 'Mia', about: '', badges: [badge], collections, cover };
  return publishProfile(profile, { documents }, browser);
}

async function world() {
  const { server, code, browsers } = await openBackpacks(2);
  const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
  const get = (path: string) => fetch(new URL(path, server));
  return { first, second, code, get, badge: await keep(first, 'Knots') };
}

describe('publishing a cover', () => {
  it('shows it to everybody, keeps it for every browser, and takes it away again', async () => {
    const { first, second, code, get, badge } = await world();
    const cover = await pictureOf(90);
    expect(await publish(first, badge, cover)).toMatchObject({ ok: true });
    expect(await (await get('/@mia')).text()).toContain(`src="/d/${cover.hash}"`);
    const picture = await get(`/d/${cover.hash}`);
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(new Uint8Array(cover.bytes));

    // The other browser publishes with what it was sent.
    await syncNow(first, asked);
    expect(await syncNow(second, asked)).toMatchObject({ kind: 'synced' });
    expect((await readProfile(second))?.cover).toBe(cover.hash);
    expect(await unlock(code, second)).toMatchObject({ ok: true });
    expect(await publish(second, badge, { hash: cover.hash })).toMatchObject({ ok: true });
    expect((await get(`/d/${cover.hash}`)).status).toBe(200);

    const other = await pictureOf(200);
    expect(await publish(second, badge, other)).toMatchObject({ ok: true });
    expect([(await get(`/d/${cover.hash}`)).status, (await get(`/d/${other.hash}`)).status]).toEqual([
      404, 200,
    ]);
    expect(await publish(second, badge, undefined)).toMatchObject({ ok: true });
    expect((await get(`/d/${other.hash}`)).status).toBe(404);
    expect(await (await get('/@mia')).text()).not.toContain('profile-cover');
    expect((await readProfile(second))?.cover).toBeUndefined();
  });

  it('sends none that the learner was not shown, and none that is not here (T54)', async () => {
    const { first, badge } = await world();
    const cover = await pictureOf(90);
    const differs = { ok: false, error: { code: 'disclosure-differs' } };
    expect(await publish(first, badge, cover, null)).toMatchObject(differs);
    expect(await publish(first, badge, undefined, cover)).toMatchObject(differs);
    expect(await publish(first, badge, cover, await pictureOf(10))).toMatchObject(differs);
    const missing = { hash: (await pictureOf(30)).hash };
    expect(await publish(first, badge, missing)).toMatchObject({
      ok: false,
      error: { code: 'document-missing' },
    });
  });

  it('names it in the profile alone, so that it ties no unlisted collection to anything', async () => {
    const { first, get, badge } = await world();
    const secret = await collect(first, 'job', badge, 'unlisted');
    const cover = await pictureOf(90);
    expect(await publish(first, badge, cover)).toMatchObject({ ok: true });
    const coverAt = async (path: string) => {
      const parsed = await parseManifest(await (await get(path)).text());
      return parsed.ok ? parsed.value.manifest.cover : parsed.error;
    };
    expect(await coverAt('/@mia.jws')).toBe(cover.hash);
    expect(await coverAt(`/@mia/${secret}.jws`)).toBeUndefined();
  });
});
