import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../../companion-server/testing/test-server.ts';
import type { Url } from '../../shared/model/brands.ts';
import { base64UrlOf, sha256Of, utf8 } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { splitBlob } from '../../shared/sync/blobs.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import { exchange } from '../companion-exchange.ts';
import {
  clock,
  type MemoryBrowser,
  newCode,
  openBrowser,
  random,
  startServer,
} from '../testing/memory-browser.ts';
import { createAccount } from './create-account.ts';
import { discloseBadges } from './disclose-badges.ts';
import { joinByRecoveryCode } from './join-by-recovery-code.ts';
import { type ProfileToPublish, publishProfile, readProfile } from './publish-profile.ts';
import { syncNow } from './sync-now.ts';
import { unpublishProfile } from './unpublish-profile.ts';

const at = clock();

afterAll(endTestServers);

/** A badge as the backpack keeps it; that it proves nothing does not matter here. */
async function keep(
  browser: MemoryBrowser,
  document: JsonObject,
  snapshot: readonly JsonObject[] = [],
  more: { readonly badge?: JsonObject; readonly picture?: string } = {},
): Promise<DocId> {
  const original = utf8(JSON.stringify(document));
  const hash = await sha256Of(original);
  const kept = await Promise.all(
    snapshot.map(async (one, index) => {
      const bytes = utf8(JSON.stringify(one));
      const address = `https://issuer.example/${index}`;
      const named = { address, finalAddress: address, status: 200, mediaType: 'application/json', at };
      return { bytes, named: { ...named, hash: await sha256Of(bytes) } };
    }),
  );
  const id: DocId = `badge|${hash}`;
  const picture = utf8(more.picture ?? '');
  const pictureHash = await sha256Of(picture);
  await browser.storage.write(async (tables) => {
    await tables.blobs.put(splitBlob(hash, original));
    await tables.blobs.put(splitBlob(pictureHash, picture));
    for (const { bytes, named } of kept) await tables.blobs.put(splitBlob(named.hash, bytes));
  });
  await browser.changeDoc(id, {
    made: at,
    as: 'claimed',
    original: hash,
    container: 'json',
    verdict: { outcome: 'valid', reason: 'all-passed', checks: [], documents: [], at },
    snapshot: { taken: at, documents: kept.map(({ named }) => named) },
    ...(more.badge === undefined ? {} : { badge: more.badge }),
    ...(more.picture === undefined ? {} : { picture: { hash: pictureHash, mediaType: 'image/svg+xml' } }),
  });
  return id;
}

/** Publishes with the consent to what is disclosed at this moment. */
async function publishShown(profile: ProfileToPublish, browser: MemoryBrowser) {
  return publishProfile(profile, { documents: await shownHashes(profile, browser) }, browser);
}

async function shownHashes(profile: ProfileToPublish, browser: MemoryBrowser): Promise<readonly string[]> {
  const disclosed = await discloseBadges(profile.badges, browser, profile.said);
  return disclosed.flatMap(({ documents }) => documents.map(({ hash }) => hash));
}

async function look(server: Url, path: string): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(new URL(path, server));
  return { status: response.status, text: await response.text() };
}

const draft = { name: 'Ada', about: 'Learns', handle: 'ada-lovelace' };

describe('publishing', () => {
  it('makes readable what was disclosed, that alone, and nothing any more once it is ended', async () => {
    const server = await startServer();
    const browser = await openBrowser(server);
    expect(await createAccount(newCode(), browser)).toMatchObject({ ok: true });
    const shown = await keep(browser, { name: 'Shown', note: 'ada@school.example' }, [{ issuer: 'School' }]);
    const kept = await keep(browser, { name: 'Kept to myself' });
    await browser.changeDoc('email|ada', { made: at, type: 'email', value: 'ada@school.example' });
    const [disclosure] = await discloseBadges([shown], browser);
    expect(disclosure?.inClear).toEqual(['ada@school.example']);
    expect(disclosure?.documents.map(({ what }) => what)).toEqual([
      'badge',
      'snapshot-document',
      'snapshot-index',
    ]);
    const published = await publishShown({ ...draft, badges: [shown] }, browser);
    expect(published).toEqual({ ok: true, value: { address: `${server}@ada-lovelace` } });
    expect(await look(server, '/@ada-lovelace')).toMatchObject({ status: 200 });
    for (const { hash } of disclosure?.documents ?? [])
      expect(await look(server, `/d/${hash}`)).toMatchObject({ status: 200 });
    expect(await look(server, `/d/${kept.slice('badge|'.length)}`)).toMatchObject({ status: 404 });
    expect(await unpublishProfile(browser)).toEqual({ ok: true, value: null });
    for (const { hash } of disclosure?.documents ?? [])
      expect(await look(server, `/d/${hash}`)).toMatchObject({ status: 404 });
    expect(await look(server, '/@ada-lovelace')).toMatchObject({ status: 404 });
    expect(await readProfile(browser)).toMatchObject({ state: 'ended', handle: 'ada-lovelace' });
    expect(await publishShown({ ...draft, badges: [shown] }, browser)).toMatchObject({ ok: true });
    expect(await look(server, '/@ada-lovelace')).toMatchObject({ status: 200 });
  });

  it('shows a badge by description and result only, where its owner wants no document out (T54)', async () => {
    const server = await startServer();
    const browser = await openBrowser(server);
    await createAccount(newCode(), browser);
    const picture = '<svg xmlns="http://www.w3.org/2000/svg"><desc>artist@school.example</desc></svg>';
    const badge = {
      generation: '3.0',
      id: 'urn:uuid:1',
      achievement: { name: 'Kind', description: 'Helps others', tags: [], alignments: [] },
      issuer: { id: 'https://school.example' },
      recipients: [{ type: 'email', identity: 'ada@school.example', hashed: false }],
      evidence: [],
      endorsements: [],
    };
    const document = { name: 'Kind', to: 'ada@school.example' };
    const shown = await keep(browser, document, [{ issuer: 'School' }], { badge, picture });
    const [whole] = await discloseBadges([shown], browser);
    expect(whole).toMatchObject({ inClear: ['ada@school.example'], alsoNamed: ['artist@school.example'] });
    const [said] = await discloseBadges([shown], browser, [shown]);
    expect(said).toMatchObject({ inClear: [], guessable: false, alsoNamed: ['artist@school.example'] });
    expect(said?.documents.map(({ what }) => what)).toEqual(['said', 'picture']);
    expect(await publishShown({ ...draft, badges: [shown], said: [shown] }, browser)).toMatchObject({
      ok: true,
    });
    expect(await readProfile(browser)).toMatchObject({ badges: [shown], said: [shown] });
    for (const { hash } of said?.documents ?? [])
      expect(await look(server, `/d/${hash}`)).toMatchObject({ status: 200 });
    expect(await look(server, `/d/${shown.slice('badge|'.length)}`)).toMatchObject({ status: 404 });
    const page = await look(server, '/@ada-lovelace.json');
    expect(page.text).toContain('Helps others');
    expect(page.text).not.toContain('ada@school.example');
    expect(page.text).not.toContain('"outcome":"valid"');
  });

  it('never lays down a proof that was made for the learner alone, whatever was chosen', async () => {
    const browser = await openBrowser(await startServer());
    const badge = {
      generation: '3.0',
      id: 'urn:uuid:1',
      achievement: { name: 'Kind', description: 'Helps others', tags: [], alignments: [] },
      issuer: { id: 'https://school.example' },
      recipients: [],
      evidence: [],
      endorsements: [],
    };
    const proof = { type: 'DataIntegrityProof', cryptosuite: 'ecdsa-sd-2023' };
    const base = await keep(browser, { name: 'Kind', proof: { ...proof, proofValue: 'u2V0AhVhA' } }, [], {
      badge,
    });
    const copy = await keep(browser, { name: 'Kind', proof: { ...proof, proofValue: 'u2V0BhVhA' } }, [], {
      badge,
    });
    const disclosed = await discloseBadges([base, copy], browser);
    expect(disclosed.map(({ documents }) => documents.map(({ what }) => what))).toEqual([
      ['said'],
      ['badge'],
    ]);
  });

  it('publishes nothing that came in after the list of it was shown', async () => {
    const server = await startServer();
    const browser = await openBrowser(server);
    await createAccount(newCode(), browser);
    const document = { name: 'Shown' };
    const badge = await keep(browser, document, [{ issuer: 'School' }]);
    const mine = { ...draft, badges: [badge] };
    const documents = await shownHashes(mine, browser);
    // What a check, or another device, writes while the list stands on the screen.
    await keep(browser, document, [{ issuer: 'School' }, { revocations: [] }]);
    expect(await publishProfile(mine, { documents }, browser)).toMatchObject({
      error: { code: 'disclosure-differs' },
    });
    expect(await look(server, '/@ada-lovelace')).toMatchObject({ status: 404 });
    for (const hash of documents) expect(await look(server, `/d/${hash}`)).toMatchObject({ status: 404 });
    expect(await readProfile(browser)).toBeUndefined();
    const anew = await shownHashes(mine, browser);
    expect(anew.length).toBe(documents.length + 1);
    // Less than was shown is not what was agreed to either.
    await keep(browser, document);
    expect(await publishProfile(mine, { documents: anew }, browser)).toMatchObject({
      error: { code: 'disclosure-differs' },
    });
    expect(await publishShown(mine, browser)).toMatchObject({ ok: true });
    expect(await look(server, '/@ada-lovelace')).toMatchObject({ status: 200 });
  });

  it('lets search engines list the page by the learner’s own yes alone, and remembers it', async () => {
    const server = await startServer();
    const browser = await openBrowser(server);
    await createAccount(newCode(), browser);
    const mine = { ...draft, badges: [await keep(browser, { name: 'A' })] };
    const isListed = async () => {
      const page = await look(server, '/@ada-lovelace');
      const sitemap = await look(server, '/sitemap.xml');
      expect(page.text.includes('noindex')).toBe(!sitemap.text.includes('/@ada-lovelace<'));
      return [!page.text.includes('noindex'), (await readProfile(browser))?.search];
    };
    expect(await publishShown(mine, browser)).toMatchObject({ ok: true });
    expect(await isListed()).toEqual([false, false]);
    expect(await publishShown({ ...mine, search: true }, browser)).toMatchObject({ ok: true });
    expect(await isListed()).toEqual([true, true]);
    expect(await publishShown({ ...mine, search: false }, browser)).toMatchObject({ ok: true });
    expect(await isListed()).toEqual([false, false]);
  });

  it('puts on the looks that the learner chose, and remembers them', async () => {
    const server = await startServer();
    const browser = await openBrowser(server);
    await createAccount(newCode(), browser);
    const mine = { ...draft, badges: [await keep(browser, { name: 'A' })] };
    const looks = async () => [
      /<html[^>]*class="theme-([a-z]+)"/.exec((await look(server, '/@ada-lovelace')).text)?.[1],
      (await readProfile(browser))?.theme,
    ];
    expect(await publishShown({ ...mine, theme: 'meadow' }, browser)).toMatchObject({ ok: true });
    expect(await looks()).toEqual(['meadow', 'meadow']);
    expect(await publishShown(mine, browser)).toMatchObject({ ok: true });
    expect(await looks()).toEqual([undefined, 'paper']);
  });

  it('goes on from another device, and replaces what that one published', async () => {
    const server = await startServer();
    const [first, second] = [await openBrowser(server), await openBrowser(server)];
    const shared = newCode();
    await createAccount(shared, first);
    const one = await keep(first, { name: 'One' });
    expect(await publishShown({ ...draft, badges: [one] }, first)).toMatchObject({ ok: true });
    await syncNow(first, { asked: true });
    expect(await joinByRecoveryCode(shared, second)).toMatchObject({ ok: true });
    expect(await readProfile(second)).toMatchObject({
      state: 'published',
      badges: [one],
      handle: draft.handle,
    });
    const two = await keep(second, { name: 'Two' });
    expect(await publishShown({ ...draft, badges: [two] }, second)).toMatchObject({ ok: true });
    expect(await look(server, `/d/${two.slice('badge|'.length)}`)).toMatchObject({ status: 200 });
    expect(await look(server, `/d/${one.slice('badge|'.length)}`)).toMatchObject({ status: 404 });
    // The first has not synced since: the server tells it which manifest stands.
    expect(await publishShown({ ...draft, badges: [one] }, first)).toMatchObject({ ok: true });
    expect(await look(server, `/d/${one.slice('badge|'.length)}`)).toMatchObject({ status: 200 });
    expect(await unpublishProfile(second)).toMatchObject({ ok: true });
    expect(await look(server, '/@ada-lovelace')).toMatchObject({ status: 404 });
  });

  it('keeps the old handle where the new one is somebody’s, and moves where it is free', async () => {
    const server = await startServer();
    const [first, second] = [await openBrowser(server), await openBrowser(server)];
    await createAccount(newCode(), first);
    await createAccount(newCode(), second);
    expect(await publishShown({ ...draft, badges: [await keep(first, { name: 'A' })] }, first)).toMatchObject(
      { ok: true },
    );
    const mine = { ...draft, handle: 'grace', badges: [await keep(second, { name: 'B' })] };
    expect(await publishShown(mine, second)).toMatchObject({ ok: true });
    expect(await publishShown({ ...mine, handle: draft.handle }, second)).toMatchObject({
      error: { code: 'handle-taken', facts: { handle: draft.handle } },
    });
    expect(await publishShown(mine, second)).toMatchObject({ ok: true });
    expect(await publishShown({ ...mine, handle: 'grace-hopper' }, second)).toMatchObject({ ok: true });
    expect(await look(server, '/@grace-hopper')).toMatchObject({ status: 200 });
    const moved = await fetch(new URL('/@grace', server), { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([308, '/@grace-hopper']);
    expect(await readProfile(second)).toMatchObject({ handle: 'grace-hopper', manifest: { seq: 3 } });
    // Back again, and the way round.
    expect(await publishShown(mine, second)).toMatchObject({ ok: true });
    expect((await fetch(new URL('/@grace-hopper', server), { redirect: 'manual' })).status).toBe(308);
    expect(await look(server, '/@grace')).toMatchObject({ status: 200 });
  });

  it.each([
    ['no answer', undefined, 'companion-unreachable'],
    ['the answer of a gateway', { status: 502, text: '<h1>Bad gateway</h1>' }, 'unavailable'],
    ['an answer that is none', { status: 200, text: 'fine' }, 'companion-misbehaved'],
    ['a server in trouble', { status: 500, text: '{"error":"unexpected"}' }, 'unexpected'],
    ['one that is busy', { status: 503, text: '{"error":"unavailable"}' }, 'unavailable'],
  ])(
    'counts as public from the moment that it may be, so that it can be ended, after %s',
    async (...[, said, why]) => {
      const server = await startServer();
      const browser = await openBrowser(server);
      await createAccount(newCode(), browser);
      const badge = await keep(browser, { name: 'One' });
      browser.exchange = async (request) => {
        const answer = await exchange(request);
        if (!request.address.includes('/manifests/')) return answer;
        if (said === undefined) return { ok: false, error: new BackpackError('companion-unreachable') };
        return { ok: true, value: { status: said.status, header: () => undefined, bytes: utf8(said.text) } };
      };
      expect(await publishShown({ ...draft, badges: [badge] }, browser)).toMatchObject({
        error: { code: why },
      });
      expect(await look(server, '/@ada-lovelace')).toMatchObject({ status: 200 });
      expect(await readProfile(browser)).toMatchObject({ state: 'sending' });
      browser.exchange = exchange;
      expect(await unpublishProfile(browser)).toMatchObject({ ok: true });
      expect(await look(server, '/@ada-lovelace')).toMatchObject({ status: 404 });
    },
  );

  it('counts as not public where the server has refused it', async () => {
    const browser = await openBrowser(await startServer());
    await createAccount(newCode(), browser);
    const badge = await keep(browser, { name: 'One' });
    browser.exchange = async (request) => {
      if (!request.address.includes('/manifests/')) return exchange(request);
      const bytes = utf8('{"error":"manifest-refused"}');
      return { ok: true, value: { status: 422, header: () => undefined, bytes } };
    };
    expect(await publishShown({ ...draft, badges: [badge] }, browser)).toMatchObject({
      error: { code: 'manifest-refused' },
    });
    expect(await readProfile(browser)).toMatchObject({ state: 'ended' });
  });

  it('asks for the code, a handle that an address can hold, and badges that are here', async () => {
    const server = await startServer();
    const browser = await openBrowser(server);
    expect(await publishShown({ ...draft, badges: [] }, browser)).toMatchObject({
      error: { code: 'no-account' },
    });
    await createAccount(newCode(), browser);
    expect(await publishShown({ ...draft, handle: 'no', badges: [] }, browser)).toMatchObject({
      error: { code: 'handle-not-allowed' },
    });
    const missing: DocId = `badge|${base64UrlOf(random(32))}`;
    expect(await publishShown({ ...draft, badges: [missing] }, browser)).toMatchObject({
      error: { code: 'document-missing' },
    });
    browser.root.forget();
    expect(await publishShown({ ...draft, badges: [] }, browser)).toMatchObject({
      error: { code: 'locked' },
    });
  });
});
