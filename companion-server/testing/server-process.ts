import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'vite';
import type { Environment } from '../configuration.ts';

export type ServerProcess = {
  readonly address: string;
  readonly origin: string;
  /** its exit code, once it is gone and all it said was read */
  readonly ended: Promise<number | null>;
  /** what happens when the process that started it dies */
  readonly disconnect: () => void;
  /** ends it with a signal, and answers its exit code once it is gone */
  readonly end: (signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL') => Promise<number | null>;
  /** sends it a message, and answers the next one that comes from it */
  readonly tell: (message: object) => Promise<unknown>;
  readonly output: () => string;
};

export type EndedProcess = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type ServerProgram = {
  readonly start: (environment: Environment) => Promise<ServerProcess>;
  /** runs it to its own end */
  readonly run: (environment: Environment, words?: readonly string[]) => Promise<EndedProcess>;
  readonly remove: () => void;
};

/** Builds the server as it is shipped, so that tests run it as a process of its own. `entry`: another one than it has. */
export async function buildServerProgram(entry = 'companion-server/main.ts'): Promise<ServerProgram> {
  // Below node_modules, where the program finds its dependencies; a folder of its own for each test file.
  const outDir = resolve(
    'node_modules',
    '.test-server',
    `${process.pid}-${process.env['VITEST_POOL_ID'] ?? '0'}`,
  );
  const configFile = resolve('vite.server.config.ts');
  await build({ configFile, build: { outDir, ssr: entry }, logLevel: 'error' });
  const launch = (environment: Environment, words: readonly string[] = []) =>
    spawn(process.execPath, [join(outDir, `${basename(entry, '.ts')}.js`), ...words], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
  return {
    start: (environment) => started(launch(environment)),
    run: async (environment, words) => {
      const child = launch(environment, words);
      const output = collected(child);
      const code = await new Promise<number | null>((done) => child.once('close', done));
      return { code, stdout: output.stdout(), stderr: output.stderr() };
    },
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}

async function started(child: ChildProcess): Promise<ServerProcess> {
  const output = collected(child);
  // Not `close`: Node (24.21) never emits it once this side has closed the channel.
  const exited = new Promise<number | null>((done) => child.once('exit', done));
  const drained = new Promise<void>((done) => child.stdout?.once('end', done));
  const ended = Promise.all([exited, drained]).then(([code]) => code);
  // Nothing more is read of its lines than that it listens: in a bench this process is the client, too.
  const listening = await new Promise<{ port: number; origin: string }>((done, fail) => {
    child.stdout?.on('data', function look() {
      const line = output
        .stdout()
        .split('\n')
        .find((each) => each.includes('"event":"listening"') && each.endsWith('}'));
      if (line === undefined) return;
      child.stdout?.off('data', look);
      done(JSON.parse(line) as { port: number; origin: string });
    });
    void ended.then((code) => fail(new Error(`ended with ${code}: ${output.stderr()}`)));
  });
  return {
    address: `http://127.0.0.1:${listening.port}`,
    origin: listening.origin,
    ended,
    disconnect: () => child.disconnect(),
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
    tell: (message) =>
      new Promise((done, fail) => {
        child.once('message', done);
        void ended.then(() => fail(new Error(`ended: ${output.stderr()}`)));
        child.send(message);
      }),
    output: () => output.stdout() + output.stderr(),
  };
}

function collected(child: ChildProcess): { stdout: () => string; stderr: () => string } {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    texts.stdout += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    texts.stderr += chunk.toString();
  });
  return { stdout: () => texts.stdout, stderr: () => texts.stderr };
}
