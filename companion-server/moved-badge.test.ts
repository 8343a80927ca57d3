import { afterAll, expect, it } from 'vitest';
import { until } from '../e2e/browsers/browser.ts';
import { type Instant, instantOf, type Sha256 } from '../shared/model/brands.ts';
import { base64UrlOf, sha256Of } from '../shared/model/bytes.ts';
import { ok } from '../shared/model/result.ts';
import type { ManifestItem } from '../shared/publish/manifest.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { openStorage } from './storage/open-storage.ts';
import { ask, random } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer } from './testing/test-server.ts';

afterAll(endTestServers);

const hourMs = 3600 * 1000;
const item = (doc: Sha256): ManifestItem => ({
  doc,
  with: [],
  seenValidAt: '2026-01-02T03:04:05.000Z' as Instant,
  recipient: 'hidden',
});

/** A badge on a profile, which this server has seen good 14 times in the year before. */
async function seenForAYear() {
  const server = await startTestServer({ RATE_SCALE: '1000' });
  const storage = await openStorage(server.database.place);
  const mia = await Publisher.create(server);
  const { bytes } = await buildBadge({ name: 'Knots' });
  const doc = await sha256Of(bytes);
  const account = mia.learner.id;
  const lay = () => mia.lay(bytes);
  const onProfile = async (items: readonly ManifestItem[]) => {
    const reply = await mia.publish(items);
    expect(reply.status).toBeLessThan(300);
  };
  const unlist = async (secret: string) => {
    await lay();
    expect((await mia.put(await mia.unlisted(secret, [item(doc)]), '"0"', secret)).status).toBe(201);
  };
  await lay();
  await onProfile([item(doc)]);
  const seen = () => storage.read(({ sightings }) => sightings.of(account, doc));
  await until('this server has checked it', async () => (await seen()).length > 0);
  const yearAgo = Date.now() - 365 * 24 * hourMs;
  await storage.write(account, async ({ sightings }) => {
    await sightings.dropAll(account);
    for (let times = 0; times < 14; times += 1)
      await sightings.add(account, doc, { outcome: 'valid', at: instantOf(yearAgo + times * 24 * hourMs) });
    return ok(undefined);
  });
  const times = async () => (await seen()).reduce((sum, run) => sum + run.times, 0);
  const sweep = (at: number) =>
    storage.write(undefined, async ({ sightings }) => ok(await sightings.sweepUnnamed(instantOf(at))));
  const page = (path: string) => ask(server.address, 'GET', path);
  const end = () => storage.close();
  return { mia, doc, lay, onProfile, unlist, times, sweep, page, end };
}

const newSecret = () => base64UrlOf(random(32));
const id = (doc: Sha256) => doc.slice(0, 22);

it('a badge keeps what was seen of it when it moves between profile and unlisted collections', async () => {
  const { mia, doc, lay, onProfile, unlist, times, page, end } = await seenForAYear();
  const [job, school] = [newSecret(), newSecret()];
  const foundOn = async (path: string) =>
    Number(/found (\d+) times/.exec((await page(`${path}/badges/${id(doc)}`)).body.toString())?.[1]);
  // Off the profile it is on no page, then behind a secret address, then behind another, then for everybody again.
  await onProfile([]);
  expect((await page(`/@${mia.handle}/badges/${id(doc)}`)).status).toBe(404);
  await unlist(job);
  expect(await foundOn(`/@${mia.handle}/${job}`)).toBeGreaterThanOrEqual(14);
  expect((await mia.unpublish('"1"', job)).status).toBe(204);
  await unlist(school);
  expect(await foundOn(`/@${mia.handle}/${school}`)).toBeGreaterThanOrEqual(14);
  expect((await mia.unpublish('"1"', school)).status).toBe(204);
  await lay();
  await onProfile([item(doc)]);
  expect(await foundOn(`/@${mia.handle}`)).toBeGreaterThanOrEqual(14);
  // What says so leads to no secret address.
  for (const path of ['', '.json', '.jws', `/badges/${id(doc)}`, `/badges/${id(doc)}/statements`]) {
    const text = (await page(`/@${mia.handle}${path}`)).body.toString();
    for (const secret of [job, school]) expect(text).not.toContain(secret);
  }
  expect(await times()).toBeGreaterThanOrEqual(14);
  await end();
});

it('of a badge that comes back nowhere within the hour nothing is kept, and nothing at all of what is ended', async () => {
  const { mia, doc, lay, onProfile, times, sweep, end } = await seenForAYear();
  await onProfile([]);
  const now = Date.now();
  await sweep(now - hourMs);
  expect(await times()).toBeGreaterThanOrEqual(14);
  await sweep(now + hourMs);
  expect(await times()).toBe(0);
  await lay();
  await onProfile([item(doc)]);
  await until('it is seen anew', async () => (await times()) > 0);
  expect(await times()).toBeLessThan(14);
  expect((await mia.unpublish()).status).toBe(204);
  expect(await times()).toBe(0);
  await end();
});
