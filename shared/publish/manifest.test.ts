import { describe, expect, it } from 'vitest';
import { parseHandle, type Sha256 } from '../model/brands.ts';
import { sha256Of, utf8 } from '../model/bytes.ts';
import { maxManifestBytes } from '../model/limits.ts';
import { rootKeysOf } from '../sync/key-schedule.ts';
import { seeded, testNow } from '../testing/seeded.ts';
import { didOfIdentity } from './identity-did.ts';
import {
  documentsNamedBy,
  followsManifest,
  type Manifest,
  parseManifest,
  signManifest,
  verifyManifest,
} from './manifest.ts';

const learner = await rootKeysOf(new Uint8Array(seeded(1)(32)));
const stranger = await rootKeysOf(new Uint8Array(seeded(2)(32)));
const badge = await sha256Of(utf8('badge'));
const picture = await sha256Of(utf8('picture'));
const said = await sha256Of(utf8('said'));

function manifest(changes: Partial<Manifest> = {}): Manifest {
  const handle = parseHandle('ada-lovelace');
  if (!handle.ok) throw handle.error;
  return {
    v: 1,
    sub: didOfIdentity(learner.identity.key),
    handle: handle.value,
    seq: 1,
    prev: null,
    at: testNow,
    consent: 'publish-1',
    mark: badge,
    name: 'Ada',
    collections: [
      {
        slug: 'badges',
        title: 'Badges',
        listed: true,
        items: [
          { doc: badge, with: [picture], seenValidAt: testNow, recipient: 'hidden' },
          { said, seenValidAt: testNow, recipient: 'hidden' },
        ],
      },
    ],
    ...changes,
  };
}

async function parsed(token: string) {
  const result = await parseManifest(token);
  if (!result.ok) throw result.error;
  return result.value;
}

describe('a manifest', () => {
  it('names exactly the documents that become readable', async () => {
    const read = await parsed(await signManifest(manifest(), learner.identity));
    expect(read.manifest).toEqual(manifest());
    expect([...documentsNamedBy(read.manifest)].sort()).toEqual([badge, picture, said].sort());
  });

  it('counts only with the signature of the identity it speaks for', async () => {
    const read = await parsed(await signManifest(manifest(), learner.identity));
    expect(await verifyManifest(read, learner.identity.key)).toBe(true);
    expect(await verifyManifest(read, stranger.identity.key)).toBe(false);
    const forged = await parsed(await signManifest(manifest(), stranger.identity));
    expect(await verifyManifest(forged, learner.identity.key)).toBe(false);
    const spoken = await parsed(
      await signManifest(manifest({ sub: didOfIdentity(stranger.identity.key) }), learner.identity),
    );
    expect(await verifyManifest(spoken, learner.identity.key)).toBe(false);
  });

  it('follows the one before it, so that an older one is never played back (T53)', async () => {
    const first = await parsed(await signManifest(manifest(), learner.identity));
    const next = await parsed(await signManifest(manifest({ seq: 2, prev: first.hash }), learner.identity));
    const standing = { seq: 1, h: first.hash };
    expect(followsManifest(first, undefined)).toBe(true);
    expect(followsManifest(next, standing)).toBe(true);
    expect(followsManifest(first, standing)).toBe(false);
    expect(followsManifest(next, { seq: 1, h: badge })).toBe(false);
    expect(followsManifest(next, { seq: 2, h: next.hash })).toBe(false);
  });

  it.each<[string, unknown]>([
    ['another version', { v: 2 }],
    ['another consent', { consent: 'publish-2' }],
    ['a handle that no address holds', { handle: '../etc' }],
    ['a name of 81 characters', { name: 'a'.repeat(81) }],
    ['an unknown member', { script: 'x' }],
    ['sequence 0', { seq: 0 }],
    ['a document that is no hash', { cover: 'x' as Sha256 }],
    [
      'two collections of one address',
      { collections: [manifest().collections[0], manifest().collections[0]] },
    ],
  ])('is refused with %s', async (_, change) => {
    const token = await signManifest({ ...manifest(), ...(change as Partial<Manifest>) }, learner.identity);
    const result = await parseManifest(token);
    expect(result.ok ? 'accepted' : result.error.code).toBe('manifest-refused');
  });

  it('is refused unread above its ceiling', async () => {
    const result = await parseManifest('a'.repeat(maxManifestBytes + 1));
    expect(result.ok ? 'accepted' : result.error.code).toBe('manifest-refused');
  });
});
