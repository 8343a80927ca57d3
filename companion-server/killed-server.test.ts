import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  everyRow,
  faultsIn,
  newDatabase,
  removeDatabases,
  type TestDatabase,
  untilAlone,
} from './testing/databases.ts';
import { type DyingPoint, noOrder, type Order, pointsOf } from './testing/dying-order.ts';
import type { Target } from './testing/learner.ts';
import { type LearnerWrite, learnerWrites } from './testing/learner-writes.ts';
import { buildServerProgram, type ServerProcess, type ServerProgram } from './testing/server-process.ts';

let program: ServerProgram;
let database: TestDatabase;
let server: ServerProcess;
const origin = 'https://backpack.example';
/** The server that runs at the moment. */
const target: Target = {
  origin,
  get address() {
    return server.address;
  },
};

beforeAll(async () => {
  program = await buildServerProgram('companion-server/testing/dying-server.ts');
  database = await newDatabase();
  await start();
});
afterAll(async () => {
  await server.end('SIGKILL');
  program.remove();
  await removeDatabases();
});

async function start(): Promise<void> {
  const environment = { PORT: '0', RATE_SCALE: '1000', PUBLIC_ORIGIN: origin };
  server = await program.start({ ...environment, ...database.environment });
}

/** Gives an order, and answers what was seen under the last one. */
const tell = (order: Order) => server.tell(order) as Promise<readonly string[]>;

/** Where the server writes by itself, at any time, once a badge is published. */
const ofTheWorker: ReadonlySet<string> = new Set(['checks', 'pages', 'sightings']);
const tableOf = (row: string) => (JSON.parse(row) as [string])[0];
const tablesOf = (rows: readonly string[]) => rows.map(tableOf).sort();

/** What the server remembers of an account because the learner said so. */
async function rowsOf(account: string): Promise<readonly string[]> {
  const rows = await everyRow(database);
  return rows.filter((row) => row.includes(account) && !ofTheWorker.has(tableOf(row))).sort();
}

/** The write with no harm done to it: what is said, where it could die, and what is there afterwards. */
async function undisturbed({ from, answers, prepare }: LearnerWrite) {
  const { learner, send } = await prepare(target);
  const before = await rowsOf(learner.id);
  await tell({ from });
  const replies = [await send(), await send()];
  expect(replies.map(({ status }) => status)).toEqual(answers);
  const after = await rowsOf(learner.id);
  expect(after).not.toEqual(before);
  return { points: pointsOf(await tell(noOrder)), tables: tablesOf(after) };
}

/** The same with the server killed at a point of it, started anew, and asked again. */
async function killedAt(at: DyingPoint | 'after the reply', write: LearnerWrite) {
  const { learner, send } = await write.prepare(target);
  const before = await rowsOf(learner.id);
  if (at === 'after the reply') {
    expect((await send()).status).toBe(write.answers[0]);
    await server.end('SIGKILL');
  } else {
    await tell({ from: write.from, at });
    await expect(send()).rejects.toThrow();
    await server.ended;
    const moment = typeof at === 'number' ? /"moment":"before (?!commit)/ : `"moment":"${at}"`;
    expect(server.output()).toMatch(moment);
  }
  await untilAlone(database);
  expect(await faultsIn(database)).toEqual([]);
  await start();
  const found = await rowsOf(learner.id);
  const again = await send();
  const complete = await rowsOf(learner.id);
  // Not half there: all of it, or nothing.
  if (at === 'underway commit') expect([before, complete]).toContainEqual(found);
  else expect(found).toEqual(typeof at === 'number' || at === 'before commit' ? before : complete);
  const wasDone = found.join() === complete.join();
  expect(again.status).toBe(write.answers[wasDone ? 1 : 0]);
  return { account: learner.id, complete };
}

describe('a server killed in the midst of a write, and asked again (T27)', () => {
  it.each(learnerWrites)('has all or nothing of $name', async (write) => {
    const { points, tables } = await undisturbed(write);
    expect(points.length).toBeGreaterThanOrEqual(4);
    const kept = [];
    for (const at of [...points, 'after the reply' as const]) {
      const { account, complete } = await killedAt(at, write);
      expect(tablesOf(complete)).toEqual(tables);
      kept.push({ account, complete });
    }
    // Nothing that was acknowledged is lost by the deaths that followed.
    for (const { account, complete } of kept) expect(await rowsOf(account)).toEqual(complete);
  });
});
