import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromiumProgram } from '../../e2e/browsers/chromium.ts';
import { build } from '../build.ts';
import { installOnce } from '../install-once.ts';
import { publishWorld } from '../published-world.ts';

/*
 * Lighthouse on the public pages of a real server, as on a phone and on a desk. Ends with an error where a category is
 * below its goal. It is installed by the first run, from a lock of its own, and by nothing else.
 */
const goal = 95;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const forms = { phone: [], desktop: ['--preset=desktop'] } as const;
const folder = import.meta.dirname;

type Report = {
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
    for (const [form, preset] of Object.entries(forms))
      tell(`${name}, ${form}`, await measure(address, [...options, ...preset]));
} finally {
  await world.end();
}
process.exitCode = isAmiss ? 1 : 0;

async function measure(address: string, options: readonly string[]): Promise<Report> {
  const program = join(folder, 'node_modules', 'lighthouse', 'cli', 'index.js');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      program,
      address,
      '--output=json',
      '--quiet',
      '--no-enable-error-reporting',
      `--only-categories=${categories.join(',')}`,
      '--chrome-flags=--headless=new --no-sandbox',
      ...options,
    ],
    { env: { ...process.env, CHROME_PATH: chromiumProgram }, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout) as Report;
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
