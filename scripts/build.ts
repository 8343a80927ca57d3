import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildName, noting } from './built-of.ts';

const root = join(import.meta.dirname, '..');
const configOf: Record<BuildName, string> = {
  chromium: 'vite.config.ts',
  firefox: 'vite.config.ts',
  server: 'vite.server.config.ts',
  verify: 'vite.verify.config.ts',
};
export const allBuilds: readonly BuildName[] = ['chromium', 'firefox', 'server', 'verify'];

/**
 * Builds the named parts into `dist/`, side by side, each to its end. Rejects with the builder's own words.
 * `defaultServer`: the companion server that a development build of the extension starts with; none by default.
 */
export async function build(names: readonly BuildName[] = allBuilds, defaultServer?: string): Promise<void> {
  const results = await Promise.allSettled(names.map((name) => buildOne(name, defaultServer)));
  const failures = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new Error(failures.join('\n'));
}

async function buildOne(name: BuildName, defaultServer: string | undefined): Promise<void> {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  if (!existsSync(vite)) throw new Error('Dependencies are missing: run the command through npm.');
  const note = noting(name);
  const child = spawn(process.execPath, [vite, 'build', '--config', configOf[name]], {
    cwd: root,
    env: { ...process.env, BROWSER: name, DEFAULT_SERVER: defaultServer, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (chunk: Buffer) => {
    said += chunk.toString('utf8');
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  const code = await new Promise<number | null>((done) => child.once('close', done));
  if (code !== 0) throw new Error(`The build of ${name} failed.\n${said}`);
  note();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const asked = process.argv.slice(2).filter((name): name is BuildName => name in configOf);
  try {
    await build(asked.length > 0 ? asked : allBuilds, 'http://localhost:4100/');
    console.log(`Built ${(asked.length > 0 ? asked : allBuilds).map((name) => `dist/${name}`).join(', ')}.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
