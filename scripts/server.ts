import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.ts';

/*
 * The companion server alone, for production: built, then run in this terminal with this environment. With words behind
 * it (`npm run server -- suspend HANDLE`) it is told to do one thing, beside the server that may run of the same build.
 */
const main = join(import.meta.dirname, '..', 'dist', 'server', 'main.js');
const words = process.argv.slice(2);
try {
  if (words.length === 0 || !existsSync(main)) await build(['server']);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const child = spawn(process.execPath, [main, ...words], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 0)));
