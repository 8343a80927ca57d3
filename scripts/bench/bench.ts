import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { agree } from './agree.ts';
import { bake } from './bake.ts';
import { detect } from './detect.ts';
import { load } from './load.ts';
import { type Area, machine, type Row } from './measure.ts';
import { installPeers } from './peers.ts';
import { profile } from './profile.ts';
import { sync } from './sync.ts';
import { verify } from './verify.ts';

/*
 * Our figures beside their baselines, measured in turn in one run. Ends with 0 when it ran, whatever passed.
 */
const usage =
  'Usage: npm run bench -- verify|bake|agree|detect|popup|store|sync|profile|all|load [--json FILE]';

const areas: readonly Area[] = [verify, bake, agree, detect, sync, profile];
/** Only where it is asked for by name: it takes minutes, and compares with nothing. */
const loads: readonly Area[] = [load];
/** Areas that have a name and no measures yet. */
const laterAreas: readonly string[] = ['popup', 'store'];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' } },
  });
  const [asked] = positionals;
  const known = [...[...areas, ...loads].map(({ name }) => name), ...laterAreas, 'all'];
  if (asked === undefined || positionals.length !== 1 || !known.includes(asked)) throw new Error(usage);
  console.log(machine());
  const rows: Row[] = [];
  for (const name of laterAreas)
    if (asked === name || asked === 'all') console.log(`${name}: nothing is measured here yet.`);
  const chosen = [
    ...areas.filter(({ name }) => asked === name || asked === 'all'),
    ...loads.filter(({ name }) => asked === name),
  ];
  if (chosen.length > 0) installPeers();
  for (const area of chosen) {
    const measured = await area.run();
    for (const row of measured) print(row);
    rows.push(...measured);
  }
  if (values.json !== undefined) writeFileSync(resolve(values.json), `${JSON.stringify(rows, null, 1)}\n`);
  const met = rows.filter(({ pass }) => pass).length;
  console.log(`${rows.length} measures, ${met} meet their goal`);
}

function print(row: Row): void {
  const beside =
    row.baseline === null ? '' : ` beside ${row.baseline} (${row.baselineName}), ratio ${row.ratio}`;
  console.log(`${row.pass ? 'met ' : 'MISS'}  ${row.area}: ${row.measure}`);
  console.log(`      ${row.ours} ${row.unit}${beside}, goal ${row.goal}${row.note ? `; ${row.note}` : ''}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
