import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromiumProgram } from '../../e2e/browsers/chromium.ts';
import { build } from '../build.ts';
import { installOnce } from '../install-once.ts';
import { publishWorld } from '../published-world.ts';
import { type Recorded, recorded } from './recorded.ts';

/*
 * Lighthouse on the public pages of a real server, as on a phone and on a desk. Ends with an error where a category is
 * below its goal. It is installed by the first run, from a lock of its own, and by nothing else.
 */
const goal = 95;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const forms = { phone: [], desktop: ['--preset=desktop'] } as const;
const folder = import.meta.dirname;

type Report = Recorded & {
  readonly lighthouseVersion: string;
  readonly categories: Readonly<
    Record<
      string,
      {
        readonly score: number;
        readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
      }
    >
  >;
  readonly audits: Readonly<
    Record<string, { readonly score: number | null; readonly title: string; readonly displayValue?: string }>
  >;
};

installOnce(folder, 'Lighthouse');
await build(['server']);
const world = await publishWorld();
const { origin } = world.companion;
const { profile = '', collection = '', 'badge-valid': badge = '' } = world.pages;
const pages: Readonly<Record<string, readonly [address: string, ...options: string[]]>> = {
  profile: [profile],
  badge: [badge],
  collection: [collection],
  home: [`${origin}/`],
  check: [`${origin}/check`],
  // Without the offer in its address it shows nothing, so that it asks search engines not to list it.
  claim: [`${origin}/claim`, '--skip-audits=is-crawlable'],
};
let isAmiss = false;
try {
  for (const [name, [address, ...options]] of Object.entries(pages))
    for (const [form, preset] of Object.entries(forms)) {
      const what = `${name}, ${form}`;
      const measureOnce = () => measure(address, [...options, ...preset]);
      const again = (code: string) => console.log(`${what.padEnd(20)} not recorded (${code}), again`);
      tell(what, await recorded(measureOnce, again));
    }
} finally {
  await world.end();
}
process.exitCode = isAmiss ? 1 : 0;

async function measure(address: string, options: readonly string[]): Promise<Report> {
  const program = join(folder, 'node_modules', 'lighthouse', 'cli', 'index.js');
  const reports = await mkdtemp(join(tmpdir(), 'backpack-lighthouse-'));
  const file = join(reports, 'report.json');
  const measured = promisify(execFile)(
    process.execPath,
    [
      program,
      address,
      '--output=json',
      // Where it failed at a page it ends before all of a report has gone through a pipe.
      `--output-path=${file}`,
      '--quiet',
      '--no-enable-error-reporting',
      `--only-categories=${categories.join(',')}`,
      '--chrome-flags=--headless=new --no-sandbox',
      ...options,
    ],
    { env: { ...process.env, CHROME_PATH: chromiumProgram } },
  );
  try {
    let failure: unknown;
    await measured.catch((thrown: unknown) => {
      failure = thrown;
    });
    const report = await readFile(file, 'utf8').catch((missing: unknown) => {
      throw failure ?? missing;
    });
    return JSON.parse(report) as Report;
  } finally {
    await rm(reports, { recursive: true });
  }
}

function tell(name: string, { categories: found, audits }: Report): void {
  const scores = categories.map((id) => ({ id, score: Math.round((found[id]?.score ?? 0) * 100) }));
  console.log(`${name.padEnd(20)} ${scores.map(({ id, score }) => `${id} ${score}`).join(' · ')}`);
  for (const { id, score } of scores) {
    if (score >= goal) continue;
    isAmiss = true;
    for (const { id: audit, weight } of found[id]?.auditRefs ?? []) {
      const { score: part, title, displayValue = '' } = audits[audit] ?? { score: null, title: audit };
      if (weight > 0 && part !== null && part < 0.9) console.log(`    ${title} ${displayValue}`);
    }
  }
}
