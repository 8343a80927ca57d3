import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKey, type KeyAlgorithm, readKey, type SigningKey } from '../../shared/testing/signing-keys.ts';

/** The school's keys by their use. Between them every kind of key that badges are signed with. */
export type SchoolKeys = {
  /** class mates' badges name it as `did:key` */
  readonly peers: SigningKey;
  /** listed in the school's own document */
  readonly school: SigningKey;
  readonly es256: SigningKey;
  readonly rs256: SigningKey;
};

const algorithms: Readonly<Record<keyof SchoolKeys, KeyAlgorithm>> = {
  peers: 'EdDSA',
  school: 'EdDSA',
  es256: 'ES256',
  rs256: 'RS256',
};
const uses = ['peers', 'school', 'es256', 'rs256'] as const;

/** The keys of a folder, made at the first start; without a folder fresh ones. */
export async function openKeys(folder?: string): Promise<SchoolKeys> {
  const file = folder === undefined ? undefined : join(folder, 'keys.json');
  const kept = file === undefined ? undefined : readKept(file);
  const [peers, school, es256, rs256] = await Promise.all(
    uses.map((use) =>
      kept === undefined ? createKey(algorithms[use]) : readKey(algorithms[use], kept[use]),
    ),
  );
  if (!peers || !school || !es256 || !rs256) throw new Error('A key is missing.');
  const keys = { peers, school, es256, rs256 };
  if (file !== undefined && folder !== undefined && kept === undefined) {
    mkdirSync(folder, { recursive: true });
    const privateKeys = Object.fromEntries(uses.map((use) => [use, keys[use].privateJwk]));
    writeFileSync(`${file}.new`, JSON.stringify(privateKeys), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return keys;
}

function readKept(file: string): Record<keyof SchoolKeys, JsonWebKey> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<keyof SchoolKeys, JsonWebKey>;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
