import { type Environment, readConfiguration } from '../configuration.ts';
import { jsonLog } from '../log.ts';
import { type RunningServer, type ServerEffects, startServer } from '../server.ts';
import { newDatabase, removeDatabases, type TestDatabase } from './databases.ts';

export type TestServer = RunningServer & {
  /** where it answers; `origin` is what it calls itself */
  readonly address: string;
  readonly database: TestDatabase;
  readonly logText: () => string;
};

const servers: RunningServer[] = [];

/** The whole server in this process, on a free port, with a database of its own unless one is given. */
export async function startTestServer(
  environment: Environment = {},
  effects: Omit<ServerEffects, 'log'> = {},
  kept?: TestDatabase,
): Promise<TestServer> {
  const database = kept ?? (await newDatabase());
  const configuration = readConfiguration({ PORT: '0', ...environment, ...database.environment });
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
    database,
    logText: () => lines.join(''),
  };
}

export async function endTestServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.end()));
  await removeDatabases();
}
