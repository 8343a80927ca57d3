import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { until } from '../browsers/browser.ts';

const root = join(import.meta.dirname, '..', '..');

// Whoever fails between the start of a program and its own clean-up leaves none behind.
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A program of ours running beside the test, with all that it has said. */
export type Child = {
  readonly said: () => string;
  /** ends at once, as when the power goes */
  readonly kill: () => Promise<void>;
  /** asks it to end, and waits; answers its exit code */
  readonly end: () => Promise<number | null>;
  /** waits until it has ended by itself */
  readonly exitCode: () => Promise<number | null>;
  readonly running: () => boolean;
};

/** Starts a script or built program of the repository with Node. */
export function startProgram(path: string, environment: Readonly<Record<string, string>>): Child {
  const child = spawn(process.execPath, [resolve(root, path)], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  let said = '';
  const listen = (chunk: Buffer) => {
    said += chunk.toString('utf8');
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const gone = exitOf(child);
  const endWith = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return gone;
  };
  return {
    said: () => said,
    kill: async () => void (await endWith('SIGKILL')),
    end: () => endWith('SIGTERM'),
    exitCode: () => gone,
    running: () => child.exitCode === null && child.signalCode === null,
  };
}

/** Waits until an address answers with 200, as long as its program runs. */
export async function answering(address: string, child: Child): Promise<void> {
  await until(`${address} answers`, async () => {
    if (!child.running()) throw new Error(`The program has ended: ${child.said()}`);
    return (await fetch(address)).ok;
  });
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.once('close', (code) => done(code)));
}
