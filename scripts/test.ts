import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres } from '../companion-server/testing/postgres-cluster.ts';
import { build } from './build.ts';

/*
 * Everything that must hold before a change is good: types, lint and format, unit and integration tests,
 * the conformance corpus, and the stories in real browsers. Each runner is counted; the last line is the sum.
 */
const root = join(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);
const corpus = join(root, '..', 'shared', 'conformance');
const reports = mkdtempSync(join(tmpdir(), 'backpack-test-'));
type Count = { readonly passed: number; readonly failed: number };
const counts: Count[] = [];

function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', (error) => {
      console.error(error.message);
      done(1);
    });
    child.once('close', (code) => done(code ?? 1));
  });
}

async function step(title: string, work: () => Promise<Count>): Promise<void> {
  const started = performance.now();
  console.log(`\n— ${title}`);
  const count = await work();
  counts.push(count);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`  ${title}: ${count.passed} passed, ${count.failed} failed in ${seconds} s`);
}

async function single(program: string, args: readonly string[]): Promise<Count> {
  const code = await run(program, args);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

// A file that cannot be imported counts no failed test in either runner: the exit code then counts as one.
function counted(code: number, passed: number, failed: number): Count {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function readReport(file: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}

async function unitTests(): Promise<Count> {
  const file = join(reports, 'unit.json');
  const code = await run(bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = readReport(file);
  return counted(code, Number(report['numPassedTests'] ?? 0), Number(report['numFailedTests'] ?? 0));
}

async function conformance(): Promise<Count> {
  if (!existsSync(corpus)) {
    console.log('  The conformance corpus (../shared/conformance) is not here; left out.');
    // In continuous integration an absent corpus must not look like a pass.
    return process.env['CI'] === undefined ? { passed: 0, failed: 0 } : { passed: 0, failed: 1 };
  }
  const bar = join(root, 'scripts', 'conformance-bar.json');
  const file = join(reports, 'conformance.json');
  const code = await run(bin('node'), ['scripts/conformance.ts', corpus, '--bar', bar, '--json', file]);
  const cases = readReport(file) as unknown as readonly { readonly pass: boolean }[];
  return counted(code, Array.isArray(cases) ? cases.filter((one) => one.pass).length : 0, 0);
}

async function stories(): Promise<Count> {
  const file = join(reports, 'stories.json');
  const code = await run(bin('playwright'), ['test'], { PLAYWRIGHT_JSON_OUTPUT_NAME: file });
  const stats = (readReport(file)['stats'] ?? {}) as Record<string, unknown>;
  const failed =
    Number(stats['unexpected'] ?? 0) + Number(stats['flaky'] ?? 0) + Number(stats['skipped'] ?? 0);
  return counted(code, Number(stats['expected'] ?? 0), failed);
}

type Program = { readonly name: string; readonly debianPackage: string; readonly isThere: () => boolean };
const programs: readonly Program[] = [
  { name: 'Chromium', debianPackage: 'chromium', isThere: () => existsSync('/usr/bin/chromium') },
  { name: 'Firefox', debianPackage: 'firefox-esr', isThere: () => existsSync('/usr/bin/firefox-esr') },
  { name: 'PostgreSQL', debianPackage: 'postgresql', isThere: () => findPostgres() !== undefined },
];

async function ensurePrograms(): Promise<boolean> {
  const missing = programs.filter((program) => !program.isThere());
  if (missing.length === 0) return true;
  const names = missing.map((program) => program.debianPackage);
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    console.error(
      `The tests need ${missing.map((one) => one.name).join(' and ')}: install ${names.join(' ')} (Debian: apt-get install ${names.join(' ')}).`,
    );
    return false;
  }
  console.log(`Installing ${names.join(' and ')} …`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], quiet);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], quiet);
  return programs.every((program) => program.isThere());
}

if (!(await ensurePrograms())) {
  console.log('0 passed, 1 failed');
  process.exit(1);
}
await step('Types', () => single(bin('tsc'), ['--noEmit']));
await step('Lint and format', () => single(bin('biome'), ['check', '--error-on-warnings', '.']));
await step('Build', async () => {
  try {
    await build();
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
});
await step('Unit and integration tests', unitTests);
await step('Conformance', conformance);
await step('Stories in Chromium and Firefox', stories);
rmSync(reports, { recursive: true, force: true });

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
