import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { base64UrlOf, bytesOfBase64Url } from '../shared/model/bytes.ts';
import type { Random } from '../shared/model/effects.ts';
import { ConfigurationError, reasonOf } from './configuration.ts';

/** Keys of this server, shared by all its processes (design §8). Never in logs. */
export type Secrets = {
  /** signs nonces */
  readonly nonce: Uint8Array;
  /** blinds what must be compared, but never kept in clear: client addresses, owners of released handles */
  readonly pepper: Uint8Array;
};

const key = v.pipe(
  v.string(),
  v.check((text) => bytesOfBase64Url(text)?.length === 32),
  v.transform((text): Uint8Array => bytesOfBase64Url(text) ?? new Uint8Array()),
);
const fileShape = v.object({ version: v.literal(1), nonce: key, pepper: key });

/** Reads the secrets, or makes them when there is no file yet; of several processes at once one makes them. */
export function loadSecrets(path: string, random: Random): Secrets {
  try {
    const known = readIfThere(path);
    if (known !== undefined) return parseSecrets(known, path);
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const fresh = { version: 1, nonce: base64UrlOf(random(32)), pepper: base64UrlOf(random(32)) };
    // In containers that share the folder every process may have the same number.
    const draft = `${path}.${randomUUID()}`;
    writeFileSync(draft, `${JSON.stringify(fresh)}\n`, { mode: 0o600, flush: true, flag: 'wx' });
    try {
      // A link appears whole or not at all, and never replaces what another process has made meanwhile.
      linkSync(draft, path);
    } catch (error) {
      if (reasonOf(error) !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    return parseSecrets(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(
      `SECRETS_FILE ${JSON.stringify(path)} cannot be read or made (${reasonOf(error)}).`,
    );
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parseSecrets(text: string, path: string): Secrets {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const parsed = v.safeParse(fileShape, json);
  if (!parsed.success)
    throw new ConfigurationError(`SECRETS_FILE ${JSON.stringify(path)} does not hold this server's secrets.`);
  return { nonce: parsed.output.nonce, pepper: parsed.output.pepper };
}
