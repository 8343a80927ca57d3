import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { instantOf, type Sha256 } from '../../shared/model/brands.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import type { Fetcher } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok } from '../../shared/model/result.ts';
import { type BuiltBadge, buildBadge } from '../../shared/testing/build-badge.ts';
import { fetcherOver, mergeDocuments } from '../../shared/testing/documents.ts';
import { openStorage } from '../storage/open-storage.ts';
import type { Checks, Session, Storage } from '../storage/storage.ts';
import { newDatabase, removeDatabases } from '../testing/databases.ts';
import { leaseMs } from '../use-cases/recheck-badge.ts';
import { witnessOf } from '../witness.ts';
import { startWorker } from './worker.ts';

afterEach(removeDatabases);

const minuteMs = 60_000;
const began = Date.parse('2026-03-01T12:00:00Z');
const random = (bytes: number) => new Uint8Array(randomBytes(bytes));
const witness = { origin: 'https://backpack.example', signer: await witnessOf(random(32)) };

function withChecks(storage: Storage, changed: (checks: Checks) => Checks): Storage {
  return {
    ...storage,
    write: (account, work) =>
      storage.write(account, (session) => work({ ...session, checks: changed(session.checks) })),
  };
}

describe('the worker', () => {
  it('lets go of a document that nobody shows an hour after it came, and looks for such ones every ten minutes', async () => {
    const database = await newDatabase();
    const keep = (hash: string, minutesAgo: number) =>
      database.with((tables) =>
        tables
          .insertInto('documents')
          .values({
            account: 'mia',
            hash,
            media_type: '',
            length: 0,
            bytes: new Uint8Array(),
            arrived_at: instantOf(began - minutesAgo * minuteMs),
          })
          .execute(),
      );
    const kept = () =>
      database.with(async (tables) => {
        const rows = await tables.selectFrom('documents').select('hash').orderBy('hash').execute();
        return rows.map(({ hash }) => hash);
      });
    await keep('of an hour', 61);
    await keep('of today', 59);

    let now = began;
    let roundsSwept = 0;
    const failures: string[] = [];
    const storage = await openStorage(database.place);
    const worker = startWorker({
      // Badges are looked for last in a round: whoever does has swept.
      storage: withChecks(storage, (checks) => ({
        ...checks,
        lease: (...asked) => {
          roundsSwept += 1;
          return checks.lease(...asked);
        },
      })),
      clock: () => instantOf(now),
      random,
      fetchFor: () => () => Promise.reject(new TypeError('nobody is to be asked')),
      witness,
      log: (event) => failures.push(event),
    });
    const roundAfter = async (minutes: number) => {
      now = began + minutes * minuteMs;
      const before = roundsSwept;
      worker.wake();
      await expect.poll(() => roundsSwept, { timeout: 60_000 }).toBeGreaterThan(before);
    };

    await expect.poll(kept, { timeout: 60_000 }).toEqual(['of today']);
    await roundAfter(2);
    await roundAfter(9);
    // Over an hour old by now, and not looked for.
    expect(await kept()).toEqual(['of today']);
    await roundAfter(10);
    expect(await kept()).toEqual([]);
    await worker.end();
    await storage.close();
    expect(failures).toEqual([]);
  });

  it('goes on to the badges of others after those over which it stumbles', async () => {
    const account = 'a'.repeat(43) as Sha256;
    const badge = await buildBadge({ proof: 'hosted' });
    const hash = await sha256Of(badge.bytes);
    // Many more than are checked side by side, and all of them before the good one.
    const bad = Array.from({ length: 40 }, (_, index) => `${index}`.padStart(43, '0') as Sha256);
    const storage = await openStorage((await newDatabase()).place);
    await storage.write(account, async ({ published, checks }) => {
      await published.putDocument(account, { hash, mediaType: '', bytes: badge.bytes }, instantOf(began));
      await checks.schedule(account, bad, instantOf(began - 1));
      await checks.schedule(account, [hash], instantOf(began));
      return ok(undefined);
    });
    const stumbling = (session: Session): Session => ({
      ...session,
      published: {
        ...session.published,
        document: (owner, asked) => {
          if (asked !== hash) throw new RangeError('a fault of ours');
          return session.published.document(owner, asked);
        },
      },
    });
    const failures: string[] = [];
    const worker = startWorker({
      storage: { ...storage, read: (work) => storage.read((session) => work(stumbling(session))) },
      clock: () => instantOf(began),
      random,
      fetchFor: () => fetcherOver(badge.documents),
      witness,
      log: (event) => failures.push(event),
    });
    const isChecked = async () => {
      const found = await storage.read(({ checks }) => checks.of(account, [hash]));
      return found.get(hash)?.result !== undefined;
    };
    await expect.poll(isChecked, { timeout: 60_000 }).toBe(true);
    await worker.end();
    await storage.close();
    expect(failures).toEqual(bad.map(() => 'worker-failed'));
  });

  it('checks the badge of one learner while those of another wait for issuers who do not answer', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const slow = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        buildBadge({ proof: 'hosted', slug: `${index}`, issuerOrigin: 'https://slow.example' }),
      ),
    );
    const [many, few] = ['a'.repeat(43) as Sha256, 'b'.repeat(43) as Sha256];
    const storage = await openStorage((await newDatabase()).place);
    const publish = async (account: Sha256, badges: readonly BuiltBadge[], due: number) => {
      const hashes = await Promise.all(badges.map(({ bytes }) => sha256Of(bytes)));
      await storage.write(account, async ({ published, checks }) => {
        for (const [index, { bytes }] of badges.entries()) {
          const document = { hash: hashes[index] as Sha256, mediaType: '', bytes };
          await published.putDocument(account, document, instantOf(due));
        }
        await checks.schedule(account, hashes, instantOf(due));
        return ok(undefined);
      });
      return hashes;
    };
    const checkedOf = async (account: Sha256, hashes: readonly Sha256[]) => {
      const found = await storage.read(({ checks }) => checks.of(account, hashes));
      return [...found.values()].filter(({ result }) => result !== undefined).length;
    };
    const ofMany = await publish(many, slow, began - 1000);
    const asked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    const hosts = fetcherOver(mergeDocuments(badge.documents, ...slow.map(({ documents }) => documents)));
    const worker = startWorker({
      storage,
      clock: () => instantOf(began),
      random,
      fetchFor: () => async (request) => {
        if (new URL(request.url).host === 'slow.example') {
          asked.resolve();
          await answered.promise;
        }
        return hosts(request);
      },
      witness,
      log: () => undefined,
    });
    await asked.promise;
    const ofFew = await publish(few, [badge], began);
    worker.wake();
    await expect.poll(() => checkedOf(few, ofFew), { timeout: 60_000 }).toBe(1);
    expect(await checkedOf(many, ofMany)).toBe(0);
    answered.resolve();
    await expect.poll(() => checkedOf(many, ofMany), { timeout: 60_000 }).toBe(8);
    await worker.end();
    await storage.close();
  });

  it('ends without an issuer who does not answer, and leaves his badge to the next', async () => {
    const account = 'a'.repeat(43) as Sha256;
    const badge = await buildBadge({ proof: 'hosted' });
    const hash = await sha256Of(badge.bytes);
    const storage = await openStorage((await newDatabase()).place);
    await storage.write(account, async ({ published, checks }) => {
      await published.putDocument(account, { hash, mediaType: '', bytes: badge.bytes }, instantOf(began));
      await checks.schedule(account, [hash], instantOf(began));
      return ok(undefined);
    });
    const isChecked = async () => {
      const found = await storage.read(({ checks }) => checks.of(account, [hash]));
      return found.get(hash)?.result !== undefined;
    };
    const log = () => undefined;
    const asked = Promise.withResolvers<void>();
    const silent: Fetcher = ({ signal }) =>
      new Promise((answer) => {
        const giveUp = () => answer(failed(new BackpackError('offer-timed-out')));
        if (signal?.aborted === true) giveUp();
        else signal?.addEventListener('abort', giveUp);
        asked.resolve();
      });
    const deps = { storage, random, witness, log };
    const first = startWorker({ ...deps, clock: () => instantOf(began), fetchFor: () => silent });
    await asked.promise;
    await first.end();
    // Whoever had waited would have found silence, and kept that.
    expect(await isChecked()).toBe(false);

    const fetchFor = () => fetcherOver(badge.documents);
    const second = startWorker({ ...deps, clock: () => instantOf(began + leaseMs + 1), fetchFor });
    await expect.poll(isChecked, { timeout: 60_000 }).toBe(true);
    await second.end();
    await storage.close();
  });
});
