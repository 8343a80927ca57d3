import { randomBytes } from 'node:crypto';
import { Kysely } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import { instantOf, type Sha256 } from '../../shared/model/brands.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import { ok } from '../../shared/model/result.ts';
import { buildBadge } from '../../shared/testing/build-badge.ts';
import { fetcherOver } from '../../shared/testing/documents.ts';
import type { Log } from '../log.ts';
import { storageOf } from '../storage/open-storage.ts';
import type { Tables } from '../storage/tables.ts';
import { newDatabase, removeDatabases } from '../testing/databases.ts';
import { setReadOnly } from '../testing/trouble.ts';
import { witnessOf } from '../witness.ts';
import { startWorker } from './worker.ts';

afterEach(removeDatabases);

const began = Date.parse('2026-03-01T12:00:00Z');
const account = 'a'.repeat(43) as Sha256;
const random = (bytes: number) => new Uint8Array(randomBytes(bytes));
const witness = { origin: 'https://backpack.example', signer: await witnessOf(random(32)) };
/** A round forgets what is over, and then looks for so many badges, which are checked side by side. */
const writesInRound = 1 + 4;
const roundMs = 30_000;

it('asks a database that fails once a round for each badge it could check, and goes on when it is well again (T29)', async () => {
  const badge = await buildBadge({ proof: 'hosted' });
  const hash = await sha256Of(badge.bytes);
  const database = await newDatabase();
  const { place, engine } = database;
  const tables = new Kysely<Tables>({ dialect: engine.dialect(place.location) });
  const storage = storageOf(tables, engine);
  await storage.write(account, async ({ published, checks }) => {
    await published.putDocument(account, { hash, mediaType: '', bytes: badge.bytes }, instantOf(began));
    await checks.schedule(account, [hash], instantOf(began));
    return ok(undefined);
  });
  // A connection of PostgreSQL's is ended by another.
  const readOnly = (isReadOnly: boolean) =>
    engine.name === 'sqlite'
      ? setReadOnly(tables, engine, isReadOnly)
      : database.with((others) => setReadOnly(others, engine, isReadOnly));
  await readOnly(true);

  let writes = 0;
  const logged: Parameters<Log>[] = [];
  const startedAt = performance.now();
  const worker = startWorker({
    storage: {
      ...storage,
      write: (held, work) => {
        writes += 1;
        return storage.write(held, work);
      },
    },
    clock: () => instantOf(began),
    random,
    fetchFor: () => fetcherOver(badge.documents),
    witness,
    log: (event, facts) => void logged.push([event, facts]),
  });
  await expect.poll(() => writes, { timeout: 60_000 }).toBeGreaterThanOrEqual(writesInRound);
  // As long as it takes to fail so often, one that asks again and again does so, too.
  for (let time = 0; time < 100; time += 1) {
    const counted = await storage.write(account, async ({ admission }) =>
      ok(await admission.count([{ name: 'c', windowEnds: instantOf(began) }])),
    );
    expect(counted.ok ? 'counted' : counted.error.code).toBe('unavailable');
  }
  // On a slow machine another round may have begun by itself.
  const rounds = 1 + Math.floor((performance.now() - startedAt) / roundMs);
  expect(writes).toBeLessThanOrEqual(rounds * writesInRound);

  // The operator is told each time.
  await expect.poll(() => logged.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(writesInRound);
  for (const entry of logged)
    expect(entry).toEqual(['worker-failed', expect.objectContaining({ code: 'unavailable' })]);

  await readOnly(false);
  worker.wake();
  const isChecked = async () => {
    const found = await storage.read(({ checks }) => checks.of(account, [hash]));
    return found.get(hash)?.result !== undefined;
  };
  await expect.poll(isChecked, { timeout: 60_000 }).toBe(true);
  await worker.end();
  await storage.close();
});
