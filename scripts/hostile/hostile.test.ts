import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { honestInputs, hostileBadges } from '../../shared/testing/hostile-badges.ts';
import { hostileJson, hostilePictures } from '../../shared/testing/hostile-files.ts';
import type { HostileInput, HostileInputs } from '../../shared/testing/hostile-input.ts';

/** What one input may take of a reader's memory and processor, whoever made it. */
const maxBytes = 64 * 1024 * 1024;
const maxMilliseconds = 2000;

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Weighed = { readonly verdict: string; readonly bytes: number; readonly milliseconds: number };

let folders = 0;
/** Writes an input where the process that verifies it can read it. */
function put({ bytes, documents = new Map() }: HostileInput): string {
  folders += 1;
  const path = join(folder, String(folders));
  mkdirSync(path);
  writeFileSync(join(path, 'badge'), bytes);
  const names = [...documents].map(([address, served], index) => {
    writeFileSync(join(path, `served-${index}`), served.bytes);
    return [address, `served-${index}`];
  });
  writeFileSync(join(path, 'served.json'), JSON.stringify(Object.fromEntries(names)));
  return path;
}

async function node(...parameters: readonly string[]): Promise<Weighed> {
  // Garbage that waits to be collected counts as well: nothing is asked of the collector while a badge is verified.
  const { stdout } = await run(process.execPath, ['--expose-gc', ...parameters], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
  });
  return JSON.parse(stdout) as Weighed;
}

/** Code that is loaded and compiled for the first badge of a kind is no badge's fault. */
const usual: string[] = [];
beforeAll(async () => {
  for (const [name, make] of Object.entries(honestInputs))
    if (/^a (?:badge|token|copy|hosted)/.test(name)) usual.push(put(await make()));
});

async function weighed(name: string, make: () => Promise<HostileInput>): Promise<Weighed> {
  const path = put(await make());
  const weight = await node(join(import.meta.dirname, 'weigh-badge.ts'), ...usual, path);
  rmSync(path, { recursive: true });
  const { verdict, bytes, milliseconds } = weight;
  console.log(`${name}: ${verdict}, ${(bytes / 1024 / 1024).toFixed(1)} MiB, ${Math.round(milliseconds)} ms`);
  return weight;
}

describe('within 64 MiB and two seconds of processor time', () => {
  const rows = (inputs: HostileInputs) => Object.entries(inputs);

  it.each(rows(honestInputs))('%s is valid', async (name, make) => {
    const { verdict, bytes, milliseconds } = await weighed(name, make);
    expect(verdict).toBe('valid: all-passed');
    expect(bytes).toBeLessThan(maxBytes);
    expect(milliseconds).toBeLessThan(maxMilliseconds);
  });

  describe.each([
    ['T45, T46', hostilePictures],
    ['T51', hostileJson],
    ['T41, T42, T44', hostileBadges],
  ])('%s', (_threats, inputs) => {
    it.each(rows(inputs))('%s is not', async (name, make) => {
      const { verdict, bytes, milliseconds } = await weighed(name, make);
      expect(verdict).toMatch(/^(?:malformed|invalid|unsupported|unreachable): /);
      expect(bytes).toBeLessThan(maxBytes);
      expect(milliseconds).toBeLessThan(maxMilliseconds);
    });
  });
});

describe('the scales', () => {
  const scales = JSON.stringify(join(import.meta.dirname, 'weigh.ts'));
  const weigh = (work: string) =>
    node(
      '--input-type=module',
      '--eval',
      `import { weigh } from ${scales};
       const { weight } = await weigh(async () => { ${work} });
       process.stdout.write(JSON.stringify(weight));`,
    );

  it('show work that takes too much memory, inside or outside the heap, also when it lets go of it', async () => {
    const mebibytes = 100;
    const outside = await weigh(`new Uint8Array(${mebibytes} * 1024 * 1024).fill(1)`);
    const inside = await weigh(`Array.from({ length: ${mebibytes} * 1024 * 32 }, (_, at) => ({ at }))`);
    for (const { bytes } of [outside, inside]) {
      expect(bytes).toBeGreaterThan(maxBytes);
      expect(bytes).toBeLessThan(5 * maxBytes);
    }
  });

  it('show work that takes too much time, and do not count waiting', async () => {
    const busy = await weigh(
      'const end = process.cpuUsage().user + 2_100_000; while (process.cpuUsage().user < end);',
    );
    expect(busy.milliseconds).toBeGreaterThan(maxMilliseconds);
    const idle = await weigh('await new Promise((done) => setTimeout(done, 2100))');
    expect(idle.milliseconds).toBeLessThan(maxMilliseconds);
    expect(idle.bytes).toBeLessThan(maxBytes / 8);
  });
});
