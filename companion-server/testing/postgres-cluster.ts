import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** The folder with PostgreSQL's programs: the newest that is installed; `undefined` when there is none. */
export function findPostgres(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const newestFirst = versions.sort((a, b) => Number(b) - Number(a)).map((each) => join(debian, each, 'bin'));
  const onPath = (process.env['PATH'] ?? '').split(delimiter);
  return [...newestFirst, ...onPath].find((folder) => existsSync(join(folder, 'initdb')));
}

export type Cluster = {
  /** where its files lie, and its socket */
  readonly folder: string;
  readonly addressOf: (database: string) => string;
  readonly stop: () => Promise<void>;
};

/** Starts a PostgreSQL of our own, reachable by a socket in a folder of its own alone. `fsync`: for what is measured. */
export async function startCluster({
  fsync = 'off',
}: {
  readonly fsync?: 'on' | 'off';
} = {}): Promise<Cluster> {
  const programs = findPostgres();
  if (programs === undefined)
    throw new Error('These tests need PostgreSQL: install postgresql (Debian: apt-get install postgresql).');
  const folder = mkdtempSync(join(tmpdir(), 'backpack-postgres-'));
  const files = join(folder, 'data');
  const user = userOfCluster();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const choices = [
    '-A',
    'trust',
    '-U',
    'postgres',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ];
  execFileSync(join(programs, 'initdb'), ['-D', files, ...choices], { ...user, stdio: 'pipe', cwd: folder });
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    // Only processes are killed here, never the machine.
    fsync,
    max_connections: '200',
    shared_buffers: '32MB',
  };
  const named = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // However this process ends, its end of the pipe closes, and the database ends with it; no signal comes between.
  const whileParentLives =
    'trap "" HUP INT TERM; "$@" & postgres=$!; cat; kill -QUIT $postgres; wait $postgres; rm -rf "$0"';
  const shell = spawn(
    'sh',
    ['-c', whileParentLives, folder, join(programs, 'postgres'), '-D', files, ...named],
    {
      ...user,
      cwd: folder,
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  let words = '';
  shell.stderr.on('data', (chunk: Buffer) => {
    words = `${words}${chunk.toString()}`.slice(-2000);
  });
  const ended = new Promise<void>((done) => shell.once('close', () => done()));
  const cluster = {
    folder,
    addressOf: (database: string) =>
      `postgres:///${database}?host=${encodeURIComponent(folder)}&user=postgres`,
    stop: async () => {
      shell.stdin.end();
      await ended;
    },
  };
  for (;;) {
    if (await answers(cluster.addressOf('postgres'))) return cluster;
    if (shell.exitCode !== null) throw new Error(`PostgreSQL did not start: ${words}`);
    await pause(50);
  }
}

/** PostgreSQL refuses to run as root. */
function userOfCluster(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (kind: '-u' | '-g') => Number(execFileSync('id', [kind, 'postgres']).toString());
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function answers(address: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: address });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** One statement, or several, outside any transaction of ours. */
export async function runOn(address: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}
