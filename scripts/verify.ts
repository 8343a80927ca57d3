import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { instantOf, parseUrl } from '../shared/model/brands.ts';
import { isPrivateHost } from '../shared/model/private-host.ts';
import { snapshotFetcher } from '../shared/verify/snapshot.ts';
import { type BadgeInput, verifyBadge } from '../shared/verify/verify-badge.ts';
import { nodeFetcher } from './verify/node-fetcher.ts';
import { exitCodes, jsonReport, textReport, toldOf } from './verify/report.ts';
import { readSnapshotFile } from './verify/snapshot-file.ts';

/*
 * Verdict and checks of one badge: a file, an address, or `-` for what comes in on standard input.
 * With --snapshot nothing is fetched: the documents of that file answer, and what rests on them is told as recorded.
 */
const usage =
  'Usage: npm run verify -- FILE|ADDRESS|- [--json] [--snapshot FILE]\n' +
  'Ends with 0 valid, 10 invalid, 11 revoked, 12 expired, 13 unsupported, 14 malformed, 15 unreachable.';
/** Largest file that is read, in bytes; a badge file is at most 5 MiB. */
const maxFileBytes = 8 * 1024 * 1024;

async function main(signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, snapshot: { type: 'string' } },
  });
  const [named] = positionals;
  if (named === undefined || positionals.length !== 1) throw new Error(usage);
  const input = await inputOf(named);
  const snapshot =
    values.snapshot === undefined ? undefined : await readSnapshotFile(readFile(values.snapshot));
  const fetch = snapshot === undefined ? nodeFetcher(privateRule(input)) : snapshotFetcher(snapshot);
  const verification = await verifyBadge(input, { signal }, { fetch, clock: () => instantOf(Date.now()) });
  if (signal.aborted) return 130;
  const told = toldOf(verification, snapshot !== undefined);
  process.stdout.write(`${(values.json === true ? jsonReport : textReport)(verification, told)}\n`);
  return exitCodes[told.outcome];
}

async function inputOf(named: string): Promise<BadgeInput> {
  if (named === '-') return { kind: 'bytes', bytes: await readStandardInput() };
  if (!/^https?:\/\//i.test(named)) return { kind: 'bytes', bytes: readFile(named) };
  const address = parseUrl(named);
  if (!address.ok) throw new Error(`That is no address: ${named}`);
  return { kind: 'address', address: address.value };
}

function readFile(path: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(path));
  } catch {
    throw new Error(`The file cannot be read: ${path}`);
  }
  if (bytes.length > maxFileBytes) throw new Error(`The file is too large: ${path}`);
  return bytes;
}

async function readStandardInput(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of process.stdin) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length > maxFileBytes) throw new Error('What came in is too large.');
    parts.push(bytes);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** Hosts of the reader's own network: all when he named one himself, else the origins in FETCH_ALLOW. */
function privateRule(input: BadgeInput): (origin: string) => boolean {
  if (input.kind === 'address' && isPrivateHost(input.address)) return () => true;
  const allowed = (process.env['FETCH_ALLOW'] ?? '').split(/[\s,]+/);
  return (origin) => allowed.includes(origin);
}

const stop = new AbortController();
process.once('SIGINT', () => {
  stop.abort();
  process.exitCode = 130;
  // Whatever is still open must not hold up the end.
  setImmediate(() => process.exit(130));
});
main(stop.signal).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
