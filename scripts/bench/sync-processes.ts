import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Learner } from '../../companion-server/testing/learner.ts';
import { runOn, startCluster } from '../../companion-server/testing/postgres-cluster.ts';
import { buildServerProgram, type ServerProcess } from '../../companion-server/testing/server-process.ts';
import { alternate, compare, type Row } from './measure.ts';
import { openSender, type Prepared, preparePushes, type Sender, sendAll } from './sync-pushes.ts';

const processes = 4;
const inFlightEach = 16;
const pushesEach = 4;
const warmRounds = 2;
/** Four processes, as much again for PostgreSQL and for who asks. */
const coresNeeded = 8;

type Started = { readonly server: ServerProcess; readonly sender: Sender };

/** Several processes on one PostgreSQL beside one of them alone, with as many requests in flight. */
export async function processRows(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'backpack-bench-processes-'));
  const program = await buildServerProgram();
  const cluster = await startCluster({ fsync: 'on' });
  const started: Started[] = [];
  try {
    await runOn(cluster.addressOf('postgres'), 'create database bench');
    for (let index = 0; index < processes; index += 1) {
      const server = await program.start({
        PORT: '0',
        PUBLIC_ORIGIN: 'http://localhost:4100',
        RATE_SCALE: '1000000',
        DATA_DIR: join(folder, 'secrets'),
        DATABASE_URL: cluster.addressOf('bench'),
      });
      started.push({ server, sender: openSender(Number(new URL(server.address).port)) });
    }
    return [await measured(started)];
  } finally {
    for (const { server, sender } of started) {
      sender.close();
      await server.end('SIGTERM');
    }
    await cluster.stop();
    program.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(started: readonly Started[]): Promise<Row> {
  const [first] = started;
  if (first === undefined) throw new Error('no process was started');
  const count = processes * inFlightEach;
  const learners = await Promise.all(Array.from({ length: count }, () => Learner.create(first.server)));
  /** µs a commit, the learners shared out among these processes. */
  const through = async (those: readonly Started[]): Promise<number> => {
    const queues: (readonly Prepared[])[] = [];
    for (const learner of learners) queues.push(await preparePushes(first.server, learner, pushesEach));
    const shares = those.map((_, place) => queues.filter((_, index) => index % those.length === place));
    const began = performance.now();
    await Promise.all(those.map(({ sender }, index) => sendAll(sender, shares[index] ?? [])));
    return ((performance.now() - began) * 1000) / (count * pushesEach);
  };
  const candidates = [
    { name: 'four', once: () => through(started) },
    { name: 'one', once: () => through([first]) },
  ];
  await alternate(candidates, warmRounds);
  const [four = [], one = []] = await alternate(candidates);
  const cores = cpus().length;
  const few = cores < coresNeeded ? `; the goal rests on processors, ${coresNeeded} or more` : '';
  return compare({
    area: 'sync',
    measure: `PostgreSQL, ${processes} processes, ${count} in flight, a commit`,
    unit: 'µs',
    baselineName: 'one process',
    atMost: 1 / 2.5,
    ours: four,
    baseline: one,
    note: `commit of 10 × 4 KiB, durable; ${cores} processors${few}`,
  });
}
