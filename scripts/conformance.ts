import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Bar, barAllows, readBar } from './conformance/bar.ts';
import { type Case, readManifest } from './conformance/manifest.ts';
import { deviationsOf, isExpectedVerdict } from './conformance/pass.ts';
import { type Answer, openBench } from './conformance/workbench.ts';

/*
 * Verifies every case of a folder of the conformance form, with no network: one line a deviation, then the sum.
 * With a bar, only what falls below it counts as failed; what the bar allows is said all the same.
 */
const usage = 'Usage: npm run conformance -- FOLDER [--json FILE] [--bar FILE] [--seconds N]';
/** Longest that one case may take; a hostile file must not hold up the others. */
const defaultSeconds = 20;

type Row = {
  readonly id: string;
  readonly expected: string;
  readonly verdict: string | null;
  readonly reason: string;
  readonly pass: boolean;
  readonly ms: number;
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' }, bar: { type: 'string' }, seconds: { type: 'string' } },
  });
  const [folder] = positionals;
  const seconds = Number(values.seconds ?? defaultSeconds);
  if (folder === undefined || positionals.length !== 1 || !(seconds > 0)) throw new Error(usage);
  const manifest = readManifest(resolve(folder));
  const bar = values.bar === undefined ? undefined : readBar(resolve(values.bar));
  const bench = openBench(manifest.folder, seconds * 1000);
  const rows: Row[] = [];
  let failures = 0;
  try {
    for (const [index, one] of manifest.cases.entries()) {
      const answer = await bench.run(index);
      const deviations =
        'observed' in answer ? deviationsOf(one.expected, answer.observed) : [answer.problem];
      rows.push(rowOf(one, answer, deviations.length === 0));
      if (deviations.length === 0) continue;
      const allowed = bar !== undefined && isAllowed(bar, one, answer);
      if (!allowed) failures += 1;
      console.log(`${allowed ? 'allowed by the bar: ' : ''}${one.id}: ${deviations.join('; ')}`);
    }
  } finally {
    await bench.close();
  }
  if (values.json !== undefined) writeFileSync(resolve(values.json), `${JSON.stringify(rows, null, 1)}\n`);
  console.log(`${rows.filter((row) => row.pass).length} passed, ${failures} failed`);
  return failures === 0 ? 0 : 1;
}

function isAllowed(bar: Bar, one: Case, answer: Answer): boolean {
  if (!('observed' in answer)) return false;
  const { verdict } = answer.observed;
  return barAllows(bar, answer.traits, verdict, isExpectedVerdict(one.expected, verdict));
}

function rowOf(one: Case, answer: Answer, pass: boolean): Row {
  const observed = 'observed' in answer ? answer.observed : undefined;
  return {
    id: one.id,
    expected: one.expected.verdict,
    verdict: observed?.verdict ?? null,
    reason: observed?.reason ?? ('problem' in answer ? answer.problem : ''),
    pass,
    ms: Math.round(answer.ms * 10) / 10,
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
