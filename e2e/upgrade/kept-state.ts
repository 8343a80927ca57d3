import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { builtExtension } from '../browsers/profile.ts';

/** Where the states of earlier releases lie, one folder each. */
export const statesFolder = import.meta.dirname;

/** Addresses are written into badges, accounts and pages: these ports are the same when recorded and when opened. */
export const schoolPort = 24_817;
export const companionPort = 24_818;

/** The public half of a key that signs nothing: it gives the extension the same id, and so the same data, everywhere. */
const manifestKey =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA4+h9oEWTwwY91ZiXsd3pdcTabc/RJ/VuVjxeFilkwEDcISqLz+TZU1GbrpDbeb11y8roNu0XzATI9uL+YAqZikF+zYgLz1xcm6Dp6q5JjAmF+UkxnWcjg3HkmZ2CeX0jF57Q46wUL+Ru0Ti7mT19KT2w0fFpj9eeOS9vxxN5+PV25+MJmZCdjok6jVsR0YeagPLhMc/Fkby7U90NTLyPx0sz60qJsolTY3Z2uTAQlWbIratGzp3I1CZd66QXVAlFzk5G1wGjTdllb1oHQriF4Q7k79Ryi9c00UmApQWZR8WCStxD7doWqx3eo4gNnaoraRzi/Sh3BHw095BxWU5FNwIDAQAB';
const extensionId = [
  ...createHash('sha256').update(Buffer.from(manifestKey, 'base64')).digest('hex').slice(0, 32),
]
  .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
  .join('');

/** What one release has left behind, in folders that may be written to. */
export type State = {
  /** of Chromium */
  readonly profile: string;
  /** `DATA_DIR` of the companion server */
  readonly server: string;
  /** keys and awards of the issuer */
  readonly school: string;
  /** the built extension with the fixed id */
  readonly extension: string;
  readonly remove: () => Promise<void>;
};

/** What the story has to find again. */
export type Facts = { readonly recoveryCode: string };

/** Empty folders for a new state. */
export async function emptyState(): Promise<State> {
  const folder = await mkdtemp(join(tmpdir(), 'backpack-upgrade-'));
  const state = {
    profile: join(folder, 'profile'),
    server: join(folder, 'server'),
    school: join(folder, 'school'),
    extension: join(folder, 'extension'),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
  for (const part of [state.profile, state.server, state.school]) await mkdir(part);
  await cp(builtExtension('chromium'), state.extension, { recursive: true });
  const manifest = join(state.extension, 'manifest.json');
  const built = JSON.parse(await readFile(manifest, 'utf8')) as Record<string, unknown>;
  await writeFile(manifest, JSON.stringify({ ...built, key: manifestKey }));
  return state;
}

/** Writes what a release has left behind: the browser's database as it is, the server's as SQL. */
export async function keepState(state: State, facts: Facts, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const databases = (await readdir(join(state.profile, 'Default', 'IndexedDB')))
    .filter((name) => name.startsWith(`chrome-extension_${extensionId}_`))
    .map((name) => `Default/IndexedDB/${name}`);
  if (databases.length === 0) throw new Error('The extension has written no database.');
  tar('-czf', join(folder, 'profile.tar.gz'), '-C', state.profile, ...databases);
  tar('-czf', join(folder, 'school.tar.gz'), '-C', state.school, '.');
  await writeFile(join(folder, 'server.sql'), sqlOf(join(state.server, await databaseName(state.server))));
  await cp(join(state.server, 'secrets.json'), join(folder, 'secrets.json'));
  const name = await databaseName(state.server);
  await writeFile(
    join(folder, 'facts.json'),
    `${JSON.stringify({ ...facts, database: name }, undefined, 2)}\n`,
  );
}

/** Lays out what a release has left behind, beside the present extension. */
export async function openState(folder: string): Promise<State & Facts> {
  const state = await emptyState();
  const facts = JSON.parse(await readFile(join(folder, 'facts.json'), 'utf8')) as Facts & {
    database: string;
  };
  tar('-xzf', join(folder, 'profile.tar.gz'), '-C', state.profile);
  tar('-xzf', join(folder, 'school.tar.gz'), '-C', state.school);
  await cp(join(folder, 'secrets.json'), join(state.server, 'secrets.json'));
  const database = new DatabaseSync(join(state.server, facts.database));
  database.exec(await readFile(join(folder, 'server.sql'), 'utf8'));
  database.close();
  return { ...state, recoveryCode: facts.recoveryCode };
}

async function databaseName(server: string): Promise<string> {
  const names = (await readdir(server)).filter((name) => /\.(?:sqlite3?|db)$/.test(name));
  const [name] = names;
  if (name === undefined || names.length > 1) throw new Error(`Not one database: ${names.join(', ')}`);
  return name;
}

/** The whole database as statements, one a line, that make it again. */
function sqlOf(path: string): string {
  const database = new DatabaseSync(path);
  const rows = (sql: string) => database.prepare(sql).all() as Record<string, string>[];
  const made = rows(
    "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'table' DESC, rowid",
  );
  const lines = ['PRAGMA foreign_keys = OFF;', 'BEGIN;'];
  for (const { type, name, sql } of made) {
    lines.push(`${sql};`);
    if (type !== 'table') continue;
    const columns = rows(`SELECT name FROM pragma_table_info('${name}')`).map(
      (column) => `"${column['name']}"`,
    );
    const values = columns.map((column) => `quote(${column})`).join(" || ', ' || ");
    for (const { row } of rows(`SELECT ${values} AS row FROM "${name}"`))
      lines.push(`INSERT INTO "${name}" (${columns.join(', ')}) VALUES (${row});`);
  }
  const version = rows('PRAGMA user_version')[0]?.['user_version'] ?? 0;
  database.close();
  return [...lines, `PRAGMA user_version = ${version};`, 'COMMIT;', ''].join('\n');
}

function tar(...given: readonly string[]): void {
  const { status, stderr } = spawnSync('tar', given, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tar failed: ${stderr}`);
}
