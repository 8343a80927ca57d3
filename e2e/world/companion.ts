import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builds } from '../browsers/profile.ts';
import { answering, type Child, startProgram } from './child.ts';
import { freePort } from './free-port.ts';
import type { Gate } from './gate.ts';
import { nameHost } from './named-hosts.ts';

/** A companion server of one test: the built one, with a database of its own. */
export type Companion = {
  readonly origin: string;
  readonly dataDirectory: string;
  /** all that it has said since its last start */
  readonly said: () => string;
  /** SIGKILL, as when the power goes */
  readonly kill: () => Promise<void>;
  /** SIGTERM, as at the end of a shift */
  readonly stop: () => Promise<void>;
  /** starts it again with the same port and data */
  readonly start: () => Promise<void>;
  /** what its operator does on the command line while it runs; answers what is said */
  readonly tell: (...words: readonly string[]) => Promise<string>;
  /** ends it and removes its data */
  readonly remove: () => Promise<void>;
};

/** Where a server listens and keeps its data when it is to be found again: otherwise a free port, an empty folder. */
export type CompanionPlace = {
  readonly port?: number;
  readonly dataDirectory?: string;
  /** a public name that it is asked under; browsers need it among their `hosts` */
  readonly name?: string;
  /** what it is asked under, where something stands before it: `leadTo` is told its port */
  readonly gate?: Pick<Gate, 'origin' | 'leadTo'>;
};

const program = join(builds, 'server', 'main.js');

/** Starts a companion server that may read from the given issuers. */
export async function startCompanion(
  issuers: readonly string[] = [],
  place?: CompanionPlace,
): Promise<Companion> {
  const dataDirectory = place?.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'backpack-companion-')));
  const port = place?.port ?? (await freePort());
  place?.gate?.leadTo(port);
  const named = place?.name === undefined ? undefined : nameHost(place.name, port);
  const origin = place?.gate?.origin ?? named ?? `http://localhost:${port}`;
  let child: Child;
  const start = async () => {
    child = startProgram(program, {
      PORT: String(port),
      DATA_DIR: dataDirectory,
      PUBLIC_ORIGIN: origin,
      FETCH_ALLOW: issuers.join(','),
      // Stories are quicker than people.
      RATE_SCALE: '100',
    });
    await answering(`${origin}/readyz`, child);
  };
  await start();
  return {
    origin,
    dataDirectory,
    said: () => child.said(),
    kill: () => child.kill(),
    stop: async () => void (await child.end()),
    start,
    tell: async (...words) => {
      const env = { PATH: process.env['PATH'], DATA_DIR: dataDirectory };
      const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], { env });
      return stdout;
    },
    remove: async () => {
      await child.kill();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
}
