import { join } from 'node:path';
import { instantOf } from '../shared/model/brands.ts';
import { runCommand } from './command.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { jsonLog, nameOf, standardOutput, writtenTogether } from './log.ts';
import { readPageScripts } from './pages/page-scripts.ts';
import { openDatabase, startServer } from './server.ts';

const log = jsonLog(writtenTogether(standardOutput()), () => new Date().toISOString());

const words = process.argv.slice(2);
try {
  if (words.length > 0) await obey(words);
  else await serve();
} catch (error) {
  if (error instanceof ConfigurationError) process.stderr.write(`${error.message}\n`);
  else {
    const what = words.length > 0 ? 'Nothing was done' : 'The server could not start';
    process.stderr.write(`${what} because of a fault of its own; the log names it.\n`);
    log('failed', nameOf(error));
  }
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}

/** Starts the server, and ends it when it is told to. */
async function serve(): Promise<void> {
  const server = await startServer(readConfiguration(process.env), {
    log,
    scripts: readPageScripts(join(import.meta.dirname, 'assets')),
  });
  log('listening', { port: server.port, origin: server.origin });
  let isEnding = false;
  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    await server.end();
    log('ended');
    // With an open channel to a parent the process would stay.
    if (process.connected) process.disconnect();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
  // Started by `npm start`: its end, however it came, is ours.
  process.once('disconnect', end);
}

/** Does one thing in the database that running servers use, and ends. */
async function obey(command: readonly string[]): Promise<void> {
  const storage = await openDatabase(readConfiguration(process.env).database);
  try {
    const { isDone, text } = await runCommand(command, { storage, clock: () => instantOf(Date.now()) });
    (isDone ? process.stdout : process.stderr).write(text);
    process.exitCode = isDone ? 0 : 1;
  } finally {
    await storage.close();
    if (process.connected) process.disconnect();
  }
}
