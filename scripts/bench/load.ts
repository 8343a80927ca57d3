import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { runOn, startCluster } from '../../companion-server/testing/postgres-cluster.ts';
import { buildServerProgram, type ServerProcess } from '../../companion-server/testing/server-process.ts';
import { type LoadDevice, newTally, openDevices, type Tally } from './load-devices.ts';
import { type Area, type Row, rounded, spreadOf } from './measure.ts';

const deviceCount = 200;
const capacitySeconds = 15;
const pacedSeconds = 60;
const overloadSeconds = 20;
const recoverySeconds = 15;
/** As many at once as keep both processes and the database busy. */
const busyDevices = 48;
/** Below the limit of 120 commits a minute and device. */
const shortestPaceMs = 1000;

/** 200 devices against two processes on one PostgreSQL: below capacity, at twice capacity, and after. */
export const load: Area = { name: 'load', run };

async function run(): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'backpack-bench-load-'));
  const program = await buildServerProgram();
  const cluster = await startCluster({ fsync: 'on' });
  const servers: ServerProcess[] = [];
  try {
    await runOn(cluster.addressOf('postgres'), 'create database bench');
    const environment = {
      PORT: '0',
      DATA_DIR: folder,
      DATABASE_URL: cluster.addressOf('bench'),
      PUBLIC_ORIGIN: 'http://localhost:4100',
      // So that 200 accounts can be opened at once from one address; devices keep to the usual pace all the same.
      RATE_SCALE: '100',
      MAX_REQUESTS: '32',
    };
    servers.push(await program.start(environment), await program.start(environment));
    const { devices, close } = await openDevices(servers, deviceCount);
    try {
      return await phases(devices);
    } finally {
      close();
    }
  } finally {
    for (const server of servers) await server.end('SIGTERM');
    await cluster.stop();
    program.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function phases(devices: readonly LoadDevice[]): Promise<readonly Row[]> {
  // Once to warm up, and once to count.
  await unpaced(devices, 5);
  const capacity = (await unpaced(devices, capacitySeconds)).in / capacitySeconds;
  const pace = Math.max(shortestPaceMs, (deviceCount * 1000) / (capacity * 0.5));
  const paced = await atPace(devices, pace, pacedSeconds);
  const overload = await atPace(devices, (deviceCount * 1000) / (capacity * 2), overloadSeconds);
  const recovery = await atPace(devices, pace, recoverySeconds);
  const whole: boolean[] = [];
  for (const device of devices) whole.push(await device.isWhole());
  const lost = whole.filter((each) => !each).length;
  const note = (tally: Tally) =>
    `${tally.in} of ${tally.offered} in, ${tally.refused} answers said later, errors ${tally.wrong.length}, median ${rounded(spreadOf(tally.waits).median)} ms`;
  const share = (tally: Tally) => (tally.wrong.length > 0 ? 0 : tally.in / tally.offered);
  const goodput = overload.in / overloadSeconds;
  return [
    floor('capacity', capacity, 0, 'commits/s', 'two processes, never waiting'),
    floor(
      `${deviceCount} devices for ${pacedSeconds} s at half of it, in`,
      share(paced),
      0.95,
      '',
      note(paced),
    ),
    floor('at twice capacity, goodput', goodput / capacity, 0.8, '× capacity', note(overload)),
    floor('after it, in', share(recovery), 0.95, '', note(recovery)),
    floor(
      'devices whose log is whole',
      deviceCount - lost,
      deviceCount,
      'devices',
      `${lost} have lost a commit`,
    ),
  ];
}

/** As many commits as the servers take from so many devices that never wait. */
async function unpaced(devices: readonly LoadDevice[], seconds: number): Promise<Tally> {
  const tally = newTally();
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    devices.slice(0, busyDevices).map(async (device) => {
      while (performance.now() < until) await device.push(tally, until);
    }),
  );
  return tally;
}

/** Every device offers a commit every `pace` milliseconds, one after another; one still on its way holds up the next. */
async function atPace(devices: readonly LoadDevice[], pace: number, seconds: number): Promise<Tally> {
  const tally = newTally();
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    devices.map(async (device, index) => {
      for (let due = began + (pace * index) / devices.length; due < until; due += pace) {
        await pause(Math.max(0, due - performance.now()));
        if (performance.now() < until) await device.push(tally, until);
      }
    }),
  );
  return tally;
}

function floor(measure: string, ours: number, atLeast: number, unit: string, note: string): Row {
  return {
    area: 'load',
    measure,
    ours: rounded(ours),
    baseline: null,
    unit,
    ratio: null,
    goal: `>= ${atLeast}`,
    pass: ours >= atLeast,
    baselineName: 'none: a floor',
    note,
  };
}
