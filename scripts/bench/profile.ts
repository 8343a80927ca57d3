import { execFileSync, fork, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { ask } from '../../companion-server/testing/learner.ts';
import { buildServerProgram, type ServerProgram } from '../../companion-server/testing/server-process.ts';
import { type Area, alternate, ceiling, compare, type Row, rounds } from './measure.ts';
import { peerFile, peerName } from './peers.ts';
import { badgesEach, handleOf, type Published, publishMany, tag } from './profile-pages.ts';
import { paintedIn } from './profile-paint.ts';

const few = 1_000;
const many = 100_000;
const connections = 64;
const seconds = 2;
/** How fast a process is, is settled by a fifth when it starts, by where its memory comes to lie: servers start anew. */
const sittings = 5;

/** Profiles as they are read by many at once: the stored page beside servers that do nothing else. */
export const profile: Area = { name: 'profile', run };

type Started = { readonly address: string; readonly end: () => Promise<unknown> };
type Start = Readonly<Record<'large' | 'small' | 'fastify' | 'renderer', () => Promise<Started>>>;

async function run(): Promise<readonly Row[]> {
  needsWrk();
  const folder = mkdtempSync(join(tmpdir(), 'backpack-bench-profile-'));
  const program = await buildServerProgram();
  try {
    const [small, large] = [join(folder, 'few'), join(folder, 'many')];
    for (const made of [small, large]) mkdirSync(made);
    await publishMany(program, small, few);
    const published = await publishMany(program, large, many);
    const renderer = await builtRenderer();
    const start = {
      large: () => ours(program, large),
      small: () => ours(program, small),
      fastify: () => child(join(import.meta.dirname, 'profile-fastify.mjs'), join(large, 'backpack.sqlite')),
      renderer: () => child(renderer, published.dataFile),
    };
    return await rowsOf(start, published, folder);
  } finally {
    program.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rowsOf(start: Start, published: Published, folder: string): Promise<readonly Row[]> {
  const wrk = wrkIn(folder);
  let sound = true;
  const costs: number[][] = [[], [], [], [], []];
  for (let sitting = 0; sitting < sittings; sitting += 1)
    await whileStarted(start, async ({ large, small, fastify, renderer }) => {
      sound &&= await answersAlike(published.html, [large, fastify]);
      const candidates = [
        { name: 'stored', once: () => wrk(large, many) },
        { name: 'fastify', once: () => wrk(fastify, many) },
        { name: 'rendered', once: () => wrk(renderer, many) },
        { name: '304', once: () => wrk(large, many, tag) },
        { name: 'few', once: () => wrk(small, few) },
      ];
      await alternate(candidates, 1);
      for (const [index, its] of (await alternate(candidates, rounds / sittings)).entries())
        costs[index]?.push(...its);
    });
  const [stored = [], peer = [], rendered = [], unchanged = [], fewer = []] = costs;
  const painted = await whileStarted({ large: start.large }, ({ large }) =>
    paintedIn(`${large}/@${handleOf(0)}`),
  );
  const common = { area: 'profile', unit: 'µs', sound, note: `wrk -c${connections}, random handles` };
  const html = Buffer.from(published.html);
  return [
    compare({
      ...common,
      measure: `stored page of ${badgesEach} badges, ${many} profiles`,
      baselineName: `${peerName('fastify')} with the same bytes from the same file`,
      atMost: 1 / 0.85,
      ours: stored,
      baseline: peer,
    }),
    compare({
      ...common,
      measure: 'the same beside rendering for each request',
      baselineName: 'hono + preact-render-to-string',
      atMost: 1 / 2.5,
      ours: stored,
      baseline: rendered,
    }),
    compare({
      ...common,
      measure: '304 beside 200',
      baselineName: 'our own 200',
      atMost: 1 / 1.4,
      ours: unchanged,
      baseline: stored,
    }),
    compare({
      ...common,
      measure: `${many} profiles beside ${few}`,
      baselineName: `ours with ${few}`,
      atMost: 1 / 0.9,
      ours: stored,
      baseline: fewer,
    }),
    ceiling('profile', `page of ${badgesEach} badges`, html.length / 1024, 12, 'kB'),
    ceiling('profile', 'the same, brotli', brotliCompressSync(html).length / 1024, 2.5, 'kB'),
    compare({
      area: 'profile',
      measure: 'its largest contentful paint, nothing cached',
      unit: 'ms',
      baselineName: 'a page of one word from a bare server',
      atMost: 1.6,
      ours: painted.ours,
      baseline: painted.empty,
      sound,
      note: 'Chromium, window of 1280 × 900',
    }),
    ceiling('profile', 'its script', /<script/i.test(published.html) ? 1 : 0, 0, 'elements'),
  ];
}

/** Starts servers, does something with their addresses, and ends them. */
async function whileStarted<Name extends string, Done>(
  start: Readonly<Record<Name, () => Promise<Started>>>,
  doing: (addresses: Record<Name, string>) => Promise<Done>,
): Promise<Done> {
  const addresses: Partial<Record<Name, string>> = {};
  const ends: Started['end'][] = [];
  try {
    for (const name of Object.keys(start) as Name[]) {
      const { address, end } = await start[name]();
      addresses[name] = address;
      ends.push(end);
    }
    return await doing(addresses as Record<Name, string>);
  } finally {
    for (const end of ends) await end();
  }
}

/** The same page for the same profile, to the byte, or the figures compare unlike things. */
async function answersAlike(html: string, addresses: readonly string[]): Promise<boolean> {
  for (const number of [0, 1, few - 1, many - 1]) {
    const handle = handleOf(number);
    const wanted = Buffer.from(html.replaceAll(handleOf(0), handle));
    const answers = await Promise.all(addresses.map((address) => ask(address, 'GET', `/@${handle}`)));
    if (!answers.every(({ body }) => body.equals(wanted))) return false;
  }
  return true;
}

/** µs a request with 64 connections, each asking for any of `count` profiles. Throws where any answer is another. */
function wrkIn(folder: string) {
  return async (address: string, count: number, known?: string): Promise<number> => {
    const script = join(folder, 'ask.lua');
    const header = known === undefined ? '' : `wrk.headers["If-None-Match"] = '${known}'\n`;
    writeFileSync(
      script,
      `${header}math.randomseed(os.time())
request = function()
  return wrk.format("GET", string.format("/@h%06d", math.random(0, ${count - 1})))
end
`,
    );
    const said = execFileSync('wrk', [
      `-c${connections}`,
      '-t1',
      `-d${seconds}s`,
      '-s',
      script,
      address,
    ]).toString();
    const each = /Requests\/sec:\s+([\d.]+)/.exec(said)?.[1];
    if (each === undefined || /Non-2xx or 3xx|connect [1-9]|read [1-9]|write [1-9]/.test(said))
      throw new Error(said);
    return 1e6 / Number(each);
  };
}

async function ours(program: ServerProgram, folder: string): Promise<Started> {
  const server = await program.start({ PORT: '0', DATA_DIR: folder });
  return { address: server.address, end: () => server.end('SIGTERM') };
}

async function child(file: string, argument: string): Promise<Started> {
  const started = fork(file, [argument], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const port = await new Promise<number>((done, reject) => {
    started.once('message', (message) => done(Number(message)));
    started.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
  return {
    address: `http://127.0.0.1:${port}`,
    end: () => {
      const ended = new Promise((done) => started.once('exit', done));
      started.disconnect();
      return ended;
    },
  };
}

/** Pages are markup in TypeScript: what renders them is built, as the server is. */
async function builtRenderer(): Promise<string> {
  // Where it finds its dependencies, the peers' and ours.
  const outDir = peerFile('.bench-render');
  await build({
    configFile: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      ssr: join(import.meta.dirname, 'profile-render.mjs'),
      outDir,
      emptyOutDir: true,
      target: 'node24',
    },
  });
  const [name = ''] = readdirSync(outDir);
  return join(outDir, name);
}

function needsWrk(): void {
  if (spawnSync('wrk', ['-v']).error === undefined) return;
  throw new Error('This bench needs wrk: install it (Debian: apt-get install wrk), then start it again.');
}
