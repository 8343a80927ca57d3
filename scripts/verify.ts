import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { nodeCryptography as cryptography } from '../companion-server/node-cryptography.ts';
import type { Snapshot } from '../shared/model/badge.ts';
import { instantOf, parseUrl } from '../shared/model/brands.ts';
import { sha256Of } from '../shared/model/bytes.ts';
import type { Fetcher } from '../shared/model/effects.ts';
import { isPrivateHost } from '../shared/model/private-host.ts';
import { type HeardWitness, hearWitness } from '../shared/publish/heard-witness.ts';
import { parseWitnessFile } from '../shared/publish/witness.ts';
import type { BadgeInput } from '../shared/verify/open-badge.ts';
import type { Asked } from '../shared/verify/presentation-proof.ts';
import { snapshotFetcher } from '../shared/verify/snapshot.ts';
import { toldOf } from '../shared/verify/told.ts';
import { verifyBadge } from '../shared/verify/verify-badge.ts';
import { Fault, faultReport } from './verify/fault.ts';
import { nodeFetcher } from './verify/node-fetcher.ts';
import { exitCodes, jsonReport, textReport } from './verify/report.ts';
import { readSnapshotFile, snapshotText } from './verify/snapshot-file.ts';

/*
 * Verdict and checks of one badge: a file, an address, or `-` for what comes in on standard input.
 * With --snapshot and a file that is not there, everything that was fetched is written to it. With one that is there
 * nothing is fetched: its documents answer, and what rests on them is told as recorded (threat T72).
 */
const command = import.meta.filename.endsWith('.ts') ? 'npm run verify --' : 'backpack-verify';
const usage =
  `Usage: ${command} FILE|ADDRESS|- [--json] [--snapshot FILE] [--witness FILE] [--challenge TEXT] [--domain TEXT]\n` +
  '--snapshot: a new file is written with every document that was fetched; one that exists answers in their place.\n' +
  '--witness: what a server has stated of this badge, as its page hands it out; told beside the verdict.\n' +
  '--challenge, --domain: what the holder of a presentation was asked to sign; anything else is not valid.\n' +
  'Ends with 0 valid, 10 invalid, 11 revoked, 12 expired, 13 unsupported, 14 malformed, 15 unreachable;\n' +
  '2 when the command itself went wrong. With --json that, too, is said in JSON on standard output.';
/** Largest file that is read, in bytes; a badge file is at most 5 MiB. */
const maxFileBytes = 8 * 1024 * 1024;
/** Largest snapshot that is read, in bytes: some documents of 4 MiB, a third longer in base64. */
const maxSnapshotBytes = 64 * 1024 * 1024;

async function main(signal: AbortSignal): Promise<number> {
  const { values, positionals } = readCall();
  if (values.help === true) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const [named] = positionals;
  if (named === undefined || positionals.length !== 1)
    throw new Fault('wrong-call', `One badge has to be named, and ${positionals.length} were.`, usage);
  const input = await inputOf(named);
  const kept = values.snapshot;
  const snapshot =
    kept !== undefined && existsSync(kept)
      ? await readSnapshotFile(readFile(kept, maxSnapshotBytes))
      : undefined;
  const network = nodeFetcher(privateRule(input));
  const fetch = snapshot === undefined ? network : snapshotFetcher(snapshot);
  const clock = () => instantOf(Date.now());
  const verification = await verifyBadge(
    input,
    { signal, ...askedOf(values) },
    { fetch, clock, cryptography },
  );
  if (signal.aborted) return 130;
  if (kept !== undefined && snapshot === undefined) writeSnapshot(kept, verification.snapshot);
  const told = toldOf(verification, snapshot !== undefined);
  const witness =
    values.witness === undefined ? undefined : await heard(values.witness, verification.original, network);
  const report = (values.json === true ? jsonReport : textReport)(verification, told, witness);
  process.stdout.write(`${report}\n`);
  return exitCodes[told.outcome];
}

function readCall() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'boolean' },
        snapshot: { type: 'string' },
        witness: { type: 'string' },
        challenge: { type: 'string' },
        domain: { type: 'string' },
      },
    });
  } catch (error) {
    const [said] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new Fault('wrong-call', `This is no way to call it: ${said}.`);
  }
}

function askedOf({ challenge, domain }: Asked): { readonly asked?: Asked } {
  if (challenge === undefined && domain === undefined) return {};
  return { asked: { challenge, domain } };
}

async function inputOf(named: string): Promise<BadgeInput> {
  if (named === '-') return { kind: 'bytes', bytes: await readStandardInput() };
  if (!/^https?:\/\//i.test(named)) {
    if (!existsSync(named)) throw new Fault('file-missing', `There is no such file: ${named}`);
    return { kind: 'bytes', bytes: readFile(named) };
  }
  const address = parseUrl(named);
  if (!address.ok) throw new Fault('not-an-address', `That is no address: ${named}`);
  return { kind: 'address', address: address.value };
}

async function heard(path: string, original: Uint8Array, fetch: Fetcher): Promise<HeardWitness> {
  const file = parseWitnessFile(readFile(path));
  if (!file.ok) throw new Fault('witness-unreadable', `That is no file of statements: ${path}`);
  return hearWitness(file.value, await sha256Of(original), fetch);
}

/** Never over a file that is there: a snapshot is evidence. */
function writeSnapshot(path: string, snapshot: Snapshot): void {
  try {
    writeFileSync(path, snapshotText(snapshot), { flag: 'wx' });
  } catch {
    throw new Fault('snapshot-not-written', `The snapshot cannot be written: ${path}`);
  }
  const count = snapshot.documents.length;
  process.stderr.write(`Snapshot written: ${path}, ${count} ${count === 1 ? 'document' : 'documents'}.\n`);
}

function readFile(path: string, maxBytes = maxFileBytes): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(path));
  } catch {
    throw new Fault('file-unreadable', `The file cannot be read: ${path}`);
  }
  if (bytes.length > maxBytes) throw new Fault('file-too-large', `The file is too large: ${path}`);
  return bytes;
}

async function readStandardInput(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of process.stdin) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length > maxFileBytes) throw new Fault('file-too-large', 'What came in is too large.');
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
    const asJson = process.argv.includes('--json');
    (asJson ? process.stdout : process.stderr).write(`${faultReport(error, asJson)}\n`);
    process.exitCode = 2;
  },
);
