import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { instantOf } from '../../shared/model/brands.ts';
import type { Fetcher } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok } from '../../shared/model/result.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import { weigh } from './weigh.ts';

/*
 * weigh-badge.ts FOLDER…: verifies the badge in each folder, the last one on the scales, and writes verdict and weight
 * as JSON. A folder holds `badge`, and `served.json`: address to the name of a file beside it.
 */
const now = instantOf(Date.parse('2026-06-01T12:00:00.000Z'));

function fetcherOver(folder: string): Fetcher {
  const served = JSON.parse(readFileSync(join(folder, 'served.json'), 'utf8')) as Record<string, string>;
  return async ({ url, maxBytes }) => {
    const name = served[url];
    if (name === undefined) return failed(new BackpackError('offer-unreachable', {}));
    const path = join(folder, name);
    if (statSync(path).size > maxBytes)
      return failed(new BackpackError('offer-too-large', { limit: maxBytes }));
    return ok({ requested: url, url, status: 200, mediaType: '', bytes: bytesOf(path), at: now });
  };
}

function bytesOf(path: string): Uint8Array {
  const { buffer, byteOffset, length } = readFileSync(path);
  return new Uint8Array(buffer, byteOffset, length);
}

async function verdictOf(folder: string): Promise<string> {
  const bytes = bytesOf(join(folder, 'badge'));
  const effects = { fetch: fetcherOver(folder), clock: () => now };
  const { verdict } = await verifyBadge({ kind: 'bytes', bytes }, {}, effects);
  return `${verdict.outcome}: ${verdict.reason}`;
}

const folders = process.argv.slice(2);
for (const folder of folders.slice(0, -1)) for (let round = 0; round < 2; round += 1) await verdictOf(folder);
const { value, weight } = await weigh(() => verdictOf(folders.at(-1) ?? ''));
process.stdout.write(`${JSON.stringify({ verdict: value, ...weight })}\n`);
