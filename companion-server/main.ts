import { join } from 'node:path';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { jsonLog, nameOf } from './log.ts';
import { readPageScripts } from './pages/page-scripts.ts';
import { startServer } from './server.ts';

const log = jsonLog(
  (line) => process.stdout.write(line),
  () => new Date().toISOString(),
);

try {
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
} catch (error) {
  if (error instanceof ConfigurationError) process.stderr.write(`${error.message}\n`);
  else {
    process.stderr.write('The server could not start because of a fault of its own; the log names it.\n');
    log('failed', nameOf(error));
  }
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}
