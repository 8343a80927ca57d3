import { execFileSync, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Learner } from '../../companion-server/testing/learner.ts';
import { runOn, startCluster } from '../../companion-server/testing/postgres-cluster.ts';
import { buildServerProgram, type ServerProgram } from '../../companion-server/testing/server-process.ts';
import { type Area, alternate, type Candidate, compare, type Row, rounds, spreadOf } from './measure.ts';
import { peerName } from './peers.ts';
import { freshRows } from './sync-fresh.ts';
import { processRows } from './sync-processes.ts';
import {
  openSender,
  type Prepared,
  prepareBulkDocs,
  preparePushes,
  type Sender,
  sendAll,
} from './sync-pushes.ts';

const inFlight = 16;
const pushesEach = 4;
const pushesAlone = 5;

/** One server under test: how its next requests are made, and where they go. */
type Pushed = {
  readonly name: string;
  readonly sender: Sender;
  readonly prepare: (queues: number, each: number) => Promise<readonly (readonly Prepared[])[]>;
  readonly end: () => Promise<void>;
};

/** Figures of one server, a round at a time: µs a commit and the 99th percentile with 16 in flight, and one alone. */
type Costs = { readonly many: number[]; readonly p99: number[]; readonly alone: number[] };

/**
 * Pushes on either engine beside a server that checks nothing and beside CouchDB's protocol, by several processes, and
 * what a fresh device gets of them.
 */
export const sync: Area = { name: 'sync', run };

async function run(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'backpack-bench-sync-'));
  const program = await buildServerProgram();
  const cluster = await startCluster({ fsync: 'on' });
  const servers: Pushed[] = [];
  const rows: Row[] = [];
  try {
    await runOn(cluster.addressOf('postgres'), 'create database bench');
    servers.push(await ours('ours on SQLite', program, { DATA_DIR: mkdtempSync(join(folder, 'sqlite-')) }));
    const postgresql = {
      DATA_DIR: mkdtempSync(join(folder, 'secrets-')),
      DATABASE_URL: cluster.addressOf('bench'),
    };
    servers.push(await ours('ours on PostgreSQL', program, postgresql));
    servers.push(await bare(folder));
    servers.push(await pouch(folder));
    rows.push(...rowsOf(await measure(servers), fileSystemOf(folder)));
  } finally {
    for (const server of servers) await server.end();
    await cluster.stop();
    program.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  return [...rows, ...(await processRows()), ...(await freshRows())];
}

async function measure(servers: readonly Pushed[]): Promise<readonly Costs[]> {
  const costs = servers.map((): Costs => ({ many: [], p99: [], alone: [] }));
  const candidates = servers.map(({ name, prepare, sender }, index): Candidate => {
    const kept = costs[index];
    const once = async (): Promise<number> => {
      const queues = await prepare(inFlight, pushesEach);
      const alone = await prepare(1, pushesAlone);
      const { took, each } = await sendAll(sender, queues);
      const single = await sendAll(sender, alone);
      kept?.many.push((took * 1000) / each.length);
      kept?.p99.push(each.toSorted((a, b) => a - b)[Math.ceil(each.length * 0.99) - 1] ?? Number.NaN);
      kept?.alone.push(spreadOf(single.each).median * 1000);
      return took;
    };
    return { name, once };
  });
  // A round to warm up.
  await alternate(candidates, 1);
  for (const { many, p99, alone } of costs) for (const list of [many, p99, alone]) list.length = 0;
  await alternate(candidates, rounds);
  return costs;
}

function rowsOf(costs: readonly Costs[], fileSystem: string): readonly Row[] {
  const [sqlite, postgresql, least, peer] = costs;
  if (sqlite === undefined || postgresql === undefined || least === undefined || peer === undefined)
    throw new Error('a server is missing');
  const common = { area: 'sync', note: `commit of 10 × 4 KiB, durable, ${fileSystem}` };
  const bareName = 'node:http + better-sqlite3, nothing checked';
  const pouchName = `${peerName('express-pouchdb')} + ${peerName('pouchdb-node')}`;
  const many = {
    ...common,
    measure: `SQLite, ${inFlight} in flight, a commit`,
    unit: 'µs',
    ours: sqlite.many,
  };
  const alone = { ...common, measure: 'SQLite, one commit alone', unit: 'µs', ours: sqlite.alone };
  return [
    compare({ ...many, baselineName: bareName, baseline: least.many, atMost: 1 / 0.8 }),
    compare({ ...many, baselineName: pouchName, baseline: peer.many, atMost: 0.83 }),
    compare({ ...alone, baselineName: bareName, baseline: least.alone, atMost: 2 }),
    compare({ ...alone, baselineName: pouchName, baseline: peer.alone, atMost: 0.9 }),
    compare({
      ...common,
      measure: `SQLite, ${inFlight} in flight, 99th percentile`,
      unit: 'ms',
      ours: sqlite.p99,
      baseline: least.p99,
      baselineName: bareName,
      atMost: 1.3,
    }),
    compare({
      ...common,
      measure: `PostgreSQL, ${inFlight} in flight, a commit`,
      unit: 'µs',
      ours: postgresql.many,
      baseline: sqlite.many,
      baselineName: 'ours on SQLite',
      atMost: 1.8,
    }),
  ];
}

async function ours(
  name: string,
  program: ServerProgram,
  environment: Readonly<Record<string, string>>,
): Promise<Pushed> {
  const server = await program.start({ PORT: '0', RATE_SCALE: '1000000', ...environment });
  const learners = await Promise.all(Array.from({ length: inFlight }, () => Learner.create(server)));
  const sender = openSender(Number(new URL(server.address).port));
  return {
    name,
    sender,
    prepare: (queues, each) =>
      Promise.all(learners.slice(0, queues).map((learner) => preparePushes(server, learner, each))),
    end: async () => {
      sender.close();
      await server.end('SIGTERM');
    },
  };
}

/** The same bodies, without their signatures being looked at. */
async function bare(folder: string): Promise<Pushed> {
  const started = await startChild('sync-bare.ts', mkdtempSync(join(folder, 'bare-')));
  const target = { address: '', origin: 'http://localhost' };
  const learners = await Promise.all(Array.from({ length: inFlight }, () => Learner.prepare(target)));
  return {
    name: 'bare',
    ...started,
    prepare: (queues, each) =>
      Promise.all(learners.slice(0, queues).map((learner) => preparePushes(target, learner, each, 'none'))),
  };
}

async function pouch(folder: string): Promise<Pushed> {
  const started = await startChild('sync-pouch.mjs', mkdtempSync(join(folder, 'pouch-')));
  return {
    name: 'express-pouchdb',
    ...started,
    prepare: async (queues, each) => Array.from({ length: queues }, () => prepareBulkDocs(each)),
  };
}

async function startChild(file: string, folder: string): Promise<Pick<Pushed, 'sender' | 'end'>> {
  const child = fork(join(import.meta.dirname, file), [folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  const sender = openSender(port);
  return {
    sender,
    end: async () => {
      sender.close();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await ended;
    },
  };
}

function fileSystemOf(folder: string): string {
  const name = execFileSync('stat', ['-f', '-c', '%T', folder]).toString().trim();
  return `${name}, ${cpus().length} processors`;
}
