import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, readConfiguration } from '../configuration.ts';
import { jsonLog } from '../log.ts';
import { type RunningServer, type ServerEffects, startServer } from '../server.ts';

export type TestServer = RunningServer & {
  /** where it answers; `origin` is what it calls itself */
  readonly address: string;
  readonly dataDirectory: string;
  readonly logText: () => string;
};

const directories: string[] = [];
const servers: RunningServer[] = [];

/** A folder that `endTestServers` removes. */
export function scratchDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'backpack-server-'));
  directories.push(directory);
  return directory;
}

/** The whole server in this process, on a free port, with a database of its own. */
export async function startTestServer(
  environment: Environment = {},
  effects: Omit<ServerEffects, 'log'> = {},
): Promise<TestServer> {
  const dataDirectory = environment['DATA_DIR'] ?? scratchDirectory();
  const configuration = readConfiguration({ PORT: '0', ...environment, DATA_DIR: dataDirectory });
  const lines: string[] = [];
  const log = jsonLog(
    (line) => lines.push(line),
    () => '',
  );
  const server = await startServer(configuration, { log, ...effects });
  servers.push(server);
  return {
    ...server,
    address: `http://127.0.0.1:${server.port}`,
    dataDirectory,
    logText: () => lines.join(''),
  };
}

export async function endTestServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.end()));
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
}
