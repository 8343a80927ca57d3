import { createSecretKey } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../shared/model/brands.ts';
import { ok } from '../shared/model/result.ts';
import { burstPerHost, hostIntervalMs, hostTurns, maxTurnWaitMs } from './outbound/host-turns.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
import { maxHosts } from './storage/turns.ts';
import { newDatabase, removeDatabases, type TestDatabase } from './testing/databases.ts';
import { ask } from './testing/learner.ts';
import { serveOnLoopback } from './testing/loopback.ts';
import { buildServerProgram, type ServerProcess, type ServerProgram } from './testing/server-process.ts';
import { takeTurn } from './use-cases/take-turn.ts';

const rules = { burst: burstPerHost, intervalMs: hostIntervalMs, maxWaitMs: maxTurnWaitMs };
const start = Date.UTC(2026, 0, 1);

const opened: Storage[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.close()));
  await removeDatabases();
});

/** A process's way to its turns. `time.now`: what its clock shows. */
async function processOn(database: TestDatabase, time = { now: start }) {
  const storage = await openStorage(database.place);
  opened.push(storage);
  const pepper = createSecretKey(Buffer.alloc(32, 1));
  const deps = { storage, clock: () => instantOf(time.now), pepper };
  return { storage, time, wait: (host: string) => takeTurn(host, rules, deps) };
}
type Process = Awaited<ReturnType<typeof processOn>>;

async function waitsOf(times: number, ...processes: readonly Process[]) {
  const waits: (number | undefined)[] = [];
  for (let index = 0; index < times; index += 1)
    waits.push(await processes[index % processes.length]?.wait('a.example'));
  return waits;
}

describe('turns at one host', () => {
  it('are six at once and then one a second for two processes together, each host for itself (T39)', async () => {
    const database = await newDatabase();
    const [one, two] = [await processOn(database), await processOn(database)];
    expect(await waitsOf(9, one, two)).toEqual([0, 0, 0, 0, 0, 0, 1000, 2000, 3000]);
    expect(await two.wait('b.example')).toBe(0);
    // On databases of their own each would have six.
    const [three, four] = [await processOn(await newDatabase()), await processOn(await newDatabase())];
    expect(await waitsOf(9, three, four)).toEqual(Array.from({ length: 9 }, () => 0));
  });

  it('are never taken twice by processes that ask at once', async () => {
    const database = await newDatabase();
    const [one, two] = [await processOn(database), await processOn(database)];
    const waits = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? one : two).wait('a.example')),
    );
    const expected = Array.from({ length: 40 }, (_, index) => Math.max(0, index - 5) * 1000);
    expect(waits.toSorted((a, b) => Number(a) - Number(b))).toEqual(expected);
  });

  it('are given up rather than waited for longer than a minute, and come again as time goes by', async () => {
    const database = await newDatabase();
    const [one, two] = [await processOn(database), await processOn(database)];
    const taken = (await waitsOf(100, one, two)).filter((wait) => wait !== undefined);
    expect(taken).toHaveLength(66);
    expect(Math.max(...taken)).toBe(maxTurnWaitMs);
    one.time.now += 66_000;
    two.time.now += 66_000;
    expect(await waitsOf(7, one, two)).toEqual([0, 0, 0, 0, 0, 0, 1000]);
  });

  it('are held up by no clock that was wrong', async () => {
    const database = await newDatabase();
    const [wrong, right] = [await processOn(database, { now: start + 3_600_000 }), await processOn(database)];
    expect(await waitsOf(8, wrong)).toContain(2000);
    expect(await waitsOf(7, right)).toEqual([0, 0, 0, 0, 0, 0, 1000]);
  });

  it('of hosts without end take no more room than there is, which quiet ones make again', async () => {
    const database = await newDatabase();
    const { storage, time, wait } = await processOn(database);
    await wait('a.example');
    await database.with(async (tables) => {
      const rows = Array.from({ length: maxHosts - 1 }, (_, index) => ({
        host: `h${index}`,
        free_at: start + 1000,
      }));
      for (let from = 0; from < rows.length; from += 1000)
        await tables
          .insertInto('host_turns')
          .values(rows.slice(from, from + 1000))
          .execute();
    });
    expect(await wait('new.example')).toBe(undefined);
    expect(await wait('a.example')).toBe(0);
    time.now += 1000;
    expect(await wait('new.example')).toBe(0);
    const count = async () =>
      database.with((tables) => tables.selectFrom('host_turns').select('host').execute());
    // That of the first is taken until a second later; all others made room.
    expect(await count()).toHaveLength(2);
    await storage.write(undefined, async ({ turns }) => ok(await turns.sweep(time.now + 5000)));
    expect(await count()).toHaveLength(0);
  });

  it('name no host in the database', async () => {
    const database = await newDatabase();
    const { wait } = await processOn(database);
    await wait('school-of-secrets.example');
    const [row] = await database.with((tables) => tables.selectFrom('host_turns').selectAll().execute());
    expect(row?.host).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await database.everythingWritten()).includes('school-of-secrets')).toBe(false);
  });

  it('are waited for, and a wait that is broken off is no turn', async () => {
    const paused: number[] = [];
    const pause = async (ms: number) => void paused.push(ms);
    const waits = [0, 700, undefined, 5];
    const turn = hostTurns({ take: async () => waits.shift(), pause });
    expect([await turn('a'), await turn('a'), await turn('a')]).toEqual([true, true, false]);
    expect(paused).toEqual([700]);
    expect(await turn('a', AbortSignal.abort())).toBe(false);
  });
});

describe('two servers on one database', () => {
  let program: ServerProgram;
  beforeAll(async () => {
    program = await buildServerProgram();
  });
  afterAll(() => program.remove());

  it('ask a host no faster than one does (T39)', async () => {
    const arrived: number[] = [];
    const { origin, end } = await serveOnLoopback((_, response) => {
      arrived.push(performance.now());
      response.end('{}');
    });
    const { environment } = await newDatabase();
    const servers: ServerProcess[] = [];
    try {
      for (let index = 0; index < 2; index += 1)
        servers.push(
          await program.start({ ...environment, PORT: '0', FETCH_ALLOW: origin, RATE_SCALE: '100' }),
        );
      const began = performance.now();
      const statuses = await Promise.all(
        Array.from({ length: 9 }, async (_, index) => {
          const path = `/v1/reading?address=${encodeURIComponent(`${origin}/badge/${index}`)}`;
          const headers = { 'sec-fetch-site': 'same-origin' };
          return (await ask(servers[index % 2]?.address ?? '', 'GET', path, { headers })).status;
        }),
      );
      expect(statuses).toEqual(Array.from({ length: 9 }, () => 200));
      expect(arrived).toHaveLength(9);
      // However slow a machine is, it only makes them later. Clocks count whole milliseconds, and timers come early by one.
      for (const [index, at] of arrived.entries())
        expect(at - began).toBeGreaterThan((index + 1 - burstPerHost) * hostIntervalMs - 20);
    } finally {
      for (const server of servers) await server.end('SIGTERM');
      await end();
    }
  });
});
