import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', 'shared');

type Found = { readonly file: string; readonly source: string; readonly flags: string };

/** Every regular expression that the domain writes down; tests and what they build with are left out. */
function expressionsIn(folder: string): readonly Found[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/testing/'))
    .flatMap((path) => expressionsOf(readFileSync(path, 'utf8')).map((found) => ({ file: path, ...found })));
}

function expressionsOf(text: string): readonly Omit<Found, 'file'>[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const literal =
    /(?<=[(=,:!&|?[{;]\s*|return\s+|=>\s*)\/((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/g;
  return [...code.matchAll(literal)].flatMap(([, source = '', flags = '']) => {
    try {
      return [{ source: new RegExp(source, flags).source, flags }];
    } catch {
      // A division that only looks like one.
      return [];
    }
  });
}

/** Characters of the expression itself, one by one and in pairs, before something that lets the match fail at its end. */
function attacksOn({ source }: Found, length: number): readonly string[] {
  const own = [...new Set(source.replace(/\\[dwsDWSbB]/g, 'a0_ ').replace(/[\\^$*+?(){}|[\]]/g, ''))];
  const letters = [...new Set([...own, 'a', 'A', '0', ' ', '.', '-', '/', ':', '"', '<', '\n'])].slice(0, 18);
  const pairs = letters.slice(0, 6).map((letter, index) => letter + (letters[index + 1] ?? 'a'));
  const head = /^\^?([A-Za-z0-9:/._-]+)/.exec(source)?.[1] ?? '';
  return [...letters, ...pairs].flatMap((unit) => {
    const body = unit.repeat(Math.ceil(length / unit.length));
    return [`${body}\u0000`, `${head}${body}\u0000`];
  });
}

/** Milliseconds of a processor that the dearest attack took; `undefined` when one did not end within the ceiling. */
async function worstOf(found: Found, length: number, ceilingMs: number): Promise<number | undefined> {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    const expression = new RegExp(workerData.source, workerData.flags.replace(/[gy]/g, ''));
    let worst = 0;
    for (const attack of workerData.attacks) {
      const before = process.threadCpuUsage();
      expression.test(attack);
      const { user, system } = process.threadCpuUsage(before);
      worst = Math.max(worst, (user + system) / 1000);
    }
    parentPort.postMessage(worst);`;
  const worker = new Worker(code, {
    eval: true,
    workerData: { ...found, attacks: attacksOn(found, length) },
  });
  const timer = setTimeout(() => worker.terminate(), ceilingMs);
  const worst = await new Promise<number | undefined>((done) => {
    worker.once('message', done);
    worker.once('exit', () => done(undefined));
  });
  clearTimeout(timer);
  await worker.terminate();
  return worst;
}

// Trying each place of 100,000 letters against each other takes many seconds; once through takes under a millisecond.
const ceilingMs = 60_000;
const quadraticMs = 1_500;

describe('T51: the regular expressions of the domain', () => {
  const all = expressionsIn(root);
  const distinct = [...new Map(all.map((found) => [`${found.source}/${found.flags}`, found])).values()];

  it('are found in its sources', () => {
    expect(distinct.length).toBeGreaterThan(60);
  });

  it('end on 100,000 hostile letters as fast as they must', { timeout: 240_000 }, async () => {
    const slow: string[] = [];
    for (const found of distinct) {
      const worst = await worstOf(found, 100_000, ceilingMs);
      if (worst === undefined || worst > quadraticMs)
        slow.push(`${found.file.slice(root.length)} /${found.source}/ ${worst?.toFixed(0) ?? 'did not end'}`);
    }
    expect(slow).toEqual([]);
  });

  it('would be caught if one of them took for ever', { timeout: 120_000 }, async () => {
    const found = { file: '', flags: '' };
    expect(await worstOf({ ...found, source: '^(a+)+$' }, 100, 3_000)).toBeUndefined();
    expect((await worstOf({ ...found, source: 'a*b' }, 100_000, 8_000)) ?? ceilingMs).toBeGreaterThan(
      quadraticMs,
    );
  });
});
