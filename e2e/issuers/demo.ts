import { once } from 'node:events';
import { startSchool } from './school.ts';

/*
 * The School of Webcraft, a practice issuer: `npm start` runs it beside the companion server.
 * DEMO_PORT: where it listens; DATA: the folder of its keys and badges, without it they end with it.
 */
const port = portOf(process.env['DEMO_PORT']);
const dataFolder = process.env['DATA'];

// Listened for from the first moment: an end may be asked for while the school is still opening.
const toldToEnd = Promise.race([
  once(process, 'SIGINT'),
  once(process, 'SIGTERM'),
  once(process, 'disconnect'),
]);

async function run(): Promise<void> {
  const school = await startSchool({ port, ...(dataFolder ? { dataFolder } : {}) });
  console.log(`The School of Webcraft is open at ${school.origin}`);
  await toldToEnd;
  await school.close();
  // With an open channel to its parent the process would never end by itself.
  if (process.connected) process.disconnect();
}

run().catch((error: unknown) => {
  console.error(sentenceOf(error));
  process.exitCode = 1;
  if (process.connected) process.disconnect();
});

function portOf(text: string | undefined): number {
  if (text === undefined || text === '') return 4200;
  const parsed = Number(text);
  if (/^\d{1,5}$/.test(text) && parsed <= 65_535) return parsed;
  console.error(`DEMO_PORT must be a whole number up to 65535, but is "${text}".`);
  process.exit(1);
}

function sentenceOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program: end it, or set DEMO_PORT to another number.`;
  if (
    code === 'EACCES' &&
    'syscall' in (error as object) &&
    (error as { syscall?: string }).syscall === 'listen'
  )
    return `Port ${port} may not be used by this account: set DEMO_PORT to a number above 1024.`;
  if (code === 'EACCES' || code === 'ENOTDIR' || code === 'EROFS' || code === 'ENOENT')
    return `The folder "${dataFolder}" cannot be written: set DATA to another one.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
