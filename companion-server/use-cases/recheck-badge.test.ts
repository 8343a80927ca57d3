import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Handle,
  type Instant,
  instantOf,
  millisecondsOf,
  type Sha256,
} from '../../shared/model/brands.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import type { Fetcher } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok } from '../../shared/model/result.ts';
import { readStatement, witnessKeysOf } from '../../shared/publish/witness.ts';
import { type BuiltBadge, buildBadge } from '../../shared/testing/build-badge.ts';
import { fetcherOver } from '../../shared/testing/documents.ts';
import { testNow } from '../../shared/testing/seeded.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { Storage } from '../storage/storage.ts';
import { newDatabase, removeDatabases } from '../testing/databases.ts';
import { newSigner } from '../testing/learner.ts';
import { readFindings } from './published-badge.ts';
import { leaseCheck, recheckBadge } from './recheck-badge.ts';

const account = 'a'.repeat(43) as Sha256;
const hour = 3600 * 1000;
const witness = { origin: 'https://backpack.example', signer: await newSigner() };
const silence: Fetcher = async () => failed(new BackpackError('offer-unreachable'));

let storage: Storage;
let now: number;
beforeEach(async () => {
  storage = await openStorage((await newDatabase()).place);
  now = millisecondsOf(testNow);
});
afterEach(async () => {
  await storage.close();
  await removeDatabases();
});

async function published(badge: BuiltBadge): Promise<Sha256> {
  const hash = await sha256Of(badge.bytes);
  await storage.write(account, async (session) => {
    await session.published.putDocument(account, { hash, mediaType: '', bytes: badge.bytes }, instantOf(now));
    await session.checks.schedule(account, [hash], instantOf(now));
    return ok(undefined);
  });
  return hash;
}

/** Whether one was due. */
async function recheck(fetch: Fetcher, byte = 128): Promise<boolean> {
  const clock = () => instantOf(now);
  const check = await leaseCheck([], { storage, clock });
  if (check === undefined) return false;
  await recheckBadge(check, { storage, clock, random: () => Uint8Array.of(byte), fetch, witness });
  return true;
}

async function found(hash: Sha256): Promise<{ at: Instant | undefined; outcome: string | undefined }> {
  const check = (await storage.read(({ checks }) => checks.of(account, [hash]))).get(hash);
  return { at: check?.checkedAt, outcome: readFindings(check?.result).checked?.verdict.outcome };
}

/** How long until it is due again, found by asking. */
async function hoursUntilDue(): Promise<number> {
  const start = now;
  for (let hours = 0; hours <= 30; hours += 0.25) {
    now = start + hours * hour;
    const due = await storage.write(account, async ({ checks }) => {
      const leased = await checks.lease(instantOf(now), {
        until: instantOf(now),
        latest: instantOf(now + 48 * hour),
        limit: 1,
      });
      return ok(leased.length);
    });
    if (due.ok && due.value > 0) {
      now = start;
      return hours;
    }
  }
  return Number.POSITIVE_INFINITY;
}

describe('checking a published badge again', () => {
  it('has the pages of its owner rendered anew', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    await published(badge);
    const handle = 'ada' as Handle;
    await storage.write(account, async (session) => {
      await session.handles.claim(handle, account, account);
      for (const path of ['/@ada', '/@ada/all'])
        await session.published.keepPage({ account, path, version: '', tag: '', html: '' });
      return ok(undefined);
    });
    const pages = () =>
      storage.read(async (session) => [
        await session.published.page('/@ada', '"other"'),
        await session.published.page('/@ada/all', '"other"'),
      ]);
    expect(await pages()).not.toContain(undefined);
    expect(await recheck(fetcherOver(badge.documents))).toBe(true);
    expect(await pages()).toEqual([undefined, undefined]);
  });

  it('keeps what was found while the issuer does not answer, with its own time', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const hash = await published(badge);
    const first = instantOf(now);
    expect(await recheck(fetcherOver(badge.documents))).toBe(true);
    expect(await found(hash)).toEqual({ at: first, outcome: 'valid' });
    expect(await recheck(silence)).toBe(false);
    now += 27 * hour;
    expect(await recheck(silence)).toBe(true);
    expect(await found(hash)).toEqual({ at: first, outcome: 'valid' });
    // Silence is asked again within the hour, and a revocation then counts at once.
    now += hour;
    const revoked = await buildBadge({ proof: 'hosted', issuer: badge.issuer, revoked: 'gone' });
    expect(await recheck(fetcherOver(revoked.documents))).toBe(true);
    expect(await found(hash)).toEqual({ at: instantOf(now), outcome: 'revoked' });
  });

  it('is not put off for years by a clock that was years ahead for a moment', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const hash = await published(badge);
    const right = now;
    now += 365 * 24 * hour;
    expect(await recheck(fetcherOver(badge.documents))).toBe(true);
    now = right + hour;
    expect(await recheck(fetcherOver(badge.documents))).toBe(true);
    expect((await found(hash)).at).toBe(instantOf(now));
    // From then on it waits its day, as any other.
    expect(await recheck(fetcherOver(badge.documents))).toBe(false);
    now += 27 * hour;
    expect(await recheck(fetcherOver(badge.documents))).toBe(true);
  });

  it('shows a badge as expired once it has ended, also while its issuer is silent', async () => {
    const badge = await buildBadge({ proof: 'hosted', expires: instantOf(now + 2 * hour) });
    const hash = await published(badge);
    await recheck(fetcherOver(badge.documents));
    expect((await found(hash)).outcome).toBe('valid');
    now += 3 * hour;
    expect(await recheck(silence)).toBe(true);
    expect((await found(hash)).outcome).toBe('expired');
  });

  it('finds nothing, and says nothing, of a badge whose issuer never answered', async () => {
    const hash = await published(await buildBadge({ proof: 'hosted' }));
    expect(await recheck(silence)).toBe(true);
    expect((await found(hash)).outcome).toBe(undefined);
  });

  it.each([
    [0, 21.75],
    [255, 26.5],
  ])('comes after a day, give or take a tenth (%i)', async (byte, hours) => {
    const badge = await buildBadge();
    await published(badge);
    await recheck(fetcherOver(badge.documents), byte);
    expect(await hoursUntilDue()).toBe(hours);
  });

  it('comes as soon as a badge ends', async () => {
    const badge = await buildBadge({ expires: instantOf(now + 2 * hour) });
    const hash = await published(badge);
    await recheck(fetcherOver(badge.documents));
    expect(await hoursUntilDue()).toBe(2.25);
    now += 2.25 * hour;
    await storage.write(account, async ({ checks }) =>
      ok(await checks.schedule(account, [hash], instantOf(now))),
    );
    await recheck(fetcherOver(badge.documents));
    expect((await found(hash)).outcome).toBe('expired');
  });
});

describe('what a server has seen', () => {
  const seen = (hash: Sha256) => storage.read(({ sightings }) => sightings.of(account, hash));

  it('is kept as long as it stays the same, with its signed word for the first and the last time', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const hash = await published(badge);
    const first = instantOf(now);
    for (let times = 0; times < 3; times += 1) {
      await recheck(fetcherOver(badge.documents));
      now += 27 * hour;
    }
    const last = instantOf(now - 27 * hour);
    await recheck(silence);
    const silent = instantOf(now);
    now += 400 * 24 * hour;
    await recheck(silence);
    const [good, gone, ...more] = await seen(hash);
    expect(more).toEqual([]);
    expect(good).toMatchObject({ outcome: 'valid', times: 3, first, last });
    expect(gone).toEqual({
      outcome: 'unreachable',
      times: 2,
      first: silent,
      last: instantOf(now),
      statements: [],
    });
    const keys = await witnessKeysOf(witness.signer);
    const read = await Promise.all((good?.statements ?? []).map((token) => readStatement(token, keys)));
    expect(read.map((one) => one.ok && one.value.statement)).toEqual([
      expect.objectContaining({ iss: witness.origin, doc: hash, outcome: 'valid', at: first }),
      expect.objectContaining({ iss: witness.origin, doc: hash, outcome: 'valid', at: last }),
    ]);
    const [statement] = read;
    if (statement?.ok !== true) throw new Error('nothing was signed');
    // Where it is hosted, its class and its issuer.
    const asked = statement.value.statement.seen.map(({ address }) => address);
    expect(asked).toHaveLength(3);
    for (const address of asked) expect(badge.documents.has(address)).toBe(true);
  });

  it('begins anew when something else is found, and ends a while after its badge is named no more', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const hash = await published(badge);
    await recheck(fetcherOver(badge.documents));
    now += 27 * hour;
    const revoked = await buildBadge({ proof: 'hosted', issuer: badge.issuer, revoked: 'gone' });
    await recheck(fetcherOver(revoked.documents));
    expect((await seen(hash)).map(({ outcome, times }) => [outcome, times])).toEqual([
      ['valid', 1],
      ['revoked', 1],
    ]);
    await storage.write(account, async ({ sightings }) => {
      await sightings.noteNamed(account, instantOf(now));
      // Noted once more later: since when it is named no more stays as it was.
      await sightings.noteNamed(account, instantOf(now + hour));
      await sightings.sweepUnnamed(instantOf(now));
      return ok(undefined);
    });
    expect(await seen(hash)).toHaveLength(2);
    await storage.write(account, async ({ sightings }) =>
      ok(await sightings.sweepUnnamed(instantOf(now + 1))),
    );
    expect(await seen(hash)).toEqual([]);
  });

  it('asks who is silent ever more seldom, a day apart at most', async () => {
    await published(await buildBadge({ proof: 'hosted' }));
    const waits: number[] = [];
    for (let times = 0; times < 7; times += 1) {
      await recheck(silence);
      waits.push(await hoursUntilDue());
      now += (waits.at(-1) ?? 0) * hour;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24]);
  });
});
