import { afterAll, describe, expect, it } from 'vitest';
import { endTestServers } from '../../companion-server/testing/test-server.ts';
import type { Handle } from '../../shared/model/brands.ts';
import { didOfIdentity } from '../../shared/publish/identity-did.ts';
import { parseManifest, verifyManifest } from '../../shared/publish/manifest.ts';
import { formerIdentities } from '../../shared/publish/succession.ts';
import {
  asked,
  done,
  linkOf,
  type MemoryBrowser,
  newCode,
  openBackpacks,
} from '../testing/memory-browser.ts';
import { publishProfile } from './publish-profile.ts';
import { replaceRoot } from './replace-root.ts';
import { signProfileAnew } from './sign-profile-anew.ts';
import { syncNow } from './sync-now.ts';
import { unlock } from './unlock.ts';

afterAll(endTestServers);

const profile = { handle: 'mia', name: 'Mia Lerner', about: '', badges: [] };

async function world() {
  const { server, browsers } = await openBackpacks(2);
  const [first, second] = browsers as [MemoryBrowser, MemoryBrowser];
  expect(await publishProfile(profile, { documents: [] }, first)).toMatchObject({ ok: true });
  const identity = async () => (await linkOf(first)).chain.identity;
  const shown = async () => {
    const text = await first.companion(server).readManifest(profile.handle as Handle);
    const parsed = text.ok ? await parseManifest(text.value) : text;
    if (!parsed.ok) throw parsed.error;
    return parsed.value;
  };
  const page = async () => (await fetch(new URL('/@mia', server))).text();
  return { first, second, identity, shown, page };
}

describe('a published page after the root was replaced', () => {
  it('is signed by the new identity, which the old one names, and shows what it showed', async () => {
    const { first, second, identity, shown, page } = await world();
    const old = await identity();
    const before = (await shown()).manifest;
    expect(before.formerly).toBeUndefined();
    expect(await page()).not.toContain(`${didOfIdentity(old).slice(-8)}; both keys`);
    expect(await replaceRoot(newCode(), first)).toEqual(done);
    expect(await signProfileAnew(first)).toEqual(done);
    const now = await identity();
    expect(now).not.toBe(old);
    const standing = await shown();
    expect(await verifyManifest(standing, now)).toBe(true);
    const { sub, formerly = [], seq, prev, at, mark, ...rest } = standing.manifest;
    const { sub: oldSub, seq: oldSeq, prev: _, at: __, mark: oldMark, ...oldRest } = before;
    expect([sub, oldSub]).toEqual([didOfIdentity(now), didOfIdentity(old)]);
    expect([seq, rest]).toEqual([oldSeq + 1, oldRest]);
    expect([prev !== null, at >= before.at, mark !== oldMark]).toEqual([true, true, true]);
    expect(await formerIdentities(formerly, sub)).toEqual([didOfIdentity(old)]);
    expect(await page()).toContain(`${didOfIdentity(old).slice(-8)}; both keys have signed that it is so.`);
    // Done again it is done.
    expect(await signProfileAnew(first)).toEqual(done);
    expect((await shown()).manifest.seq).toBe(seq);

    // A second change, and a publication by another device, tell of both.
    const fresh = newCode();
    expect(await replaceRoot(fresh, first)).toEqual(done);
    for (const browser of [first, second])
      expect(await syncNow(browser, asked)).toMatchObject({ kind: 'synced' });
    second.root.forget();
    expect(await unlock(fresh, second)).toEqual(done);
    expect(await publishProfile({ ...profile, about: 'Learns' }, { documents: [] }, second)).toMatchObject({
      ok: true,
    });
    const last = (await shown()).manifest;
    expect(await formerIdentities(last.formerly ?? [], last.sub)).toEqual([
      didOfIdentity(old),
      didOfIdentity(now),
    ]);
  });

  it('is left alone when the server shows another list than the one that was published', async () => {
    const { first, shown } = await world();
    const older = await shown();
    expect(await publishProfile({ ...profile, about: 'Learns' }, { documents: [] }, first)).toMatchObject({
      ok: true,
    });
    expect(await replaceRoot(newCode(), first)).toEqual(done);
    const through = first.exchange;
    first.exchange = async (request) => {
      const answer = await through(request);
      if (!answer.ok || !request.address.endsWith('/@mia.jws')) return answer;
      return { ok: true, value: { ...answer.value, bytes: new TextEncoder().encode(older.token) } };
    };
    expect(await signProfileAnew(first)).toMatchObject({ error: { code: 'manifest-refused' } });
  });

  it('is not there where nothing is published', async () => {
    const { browsers } = await openBackpacks(1);
    const [only] = browsers as [MemoryBrowser];
    expect(await replaceRoot(newCode(), only)).toEqual(done);
    expect(await signProfileAnew(only)).toEqual(done);
  });
});
