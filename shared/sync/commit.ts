import * as v from 'valibot';
import type { Sha256 } from '../model/brands.ts';
import { type Digest, sha256Of, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { isJsonObject } from '../model/json.ts';
import {
  maxCommitLength,
  maxCommitRecords,
  maxDevices,
  maxKeyringBytes,
  maxSealedBytes,
} from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { type CompactJws, parseCompactJws, type Signer, signCompactJws } from './compact-jws.ts';
import {
  base64UrlShape,
  boxKeyShape,
  hashShape,
  headShape,
  kidShape,
  parseShape,
  signingKeyShape,
  wholeNumberShape,
} from './shapes.ts';

/** A device as the chain enrols it: how it signs, and what is sealed to it. `kid`: thumbprint of `sign`. */
const deviceShape = v.strictObject({ kid: kidShape, sign: signingKeyShape, box: boxKeyShape });
export type Device = v.InferOutput<typeof deviceShape>;

/**
 * One record as a commit names it. `rev` counts from 1; `h`, `len`: of the sealed bytes.
 * `len` 0 (then `h` is the hash of nothing) says that a blob is gone: its bytes are deleted and not counted.
 */
export const recordEntryShape = v.strictObject({
  id: hashShape,
  rev: wholeNumberShape(1, Number.MAX_SAFE_INTEGER),
  h: hashShape,
  len: wholeNumberShape(0, maxSealedBytes),
});
export type RecordEntry = v.InferOutput<typeof recordEntryShape>;

const genesisShape = v.strictObject({
  account: signingKeyShape,
  identity: signingKeyShape,
  inbox: boxKeyShape,
  device: deviceShape,
  keyring: base64UrlShape(maxKeyringBytes),
  unlockers: hashShape,
});

const rootShape = v.strictObject({
  account: signingKeyShape,
  identity: signingKeyShape,
  inbox: boxKeyShape,
  /** JWS of type `backpack-root` by the new account key over `{ acct, account }`, so that nobody is moved to a key he does not hold */
  proof: v.pipe(v.string(), v.maxLength(2048)),
});

const keyChangeShape = v.strictObject({
  /** hash of the key commit before, or of the genesis: the key commits form a chain of their own */
  prevKey: hashShape,
  add: v.exactOptional(deviceShape),
  revoke: v.exactOptional(kidShape),
  root: v.exactOptional(rootShape),
  keyring: base64UrlShape(maxKeyringBytes),
  boxes: v.pipe(
    v.record(kidShape, v.pipe(v.string(), v.maxLength(maxKeyringBytes))),
    v.check((boxes) => Object.keys(boxes).length <= maxDevices),
  ),
  unlockers: hashShape,
});

const recordsShape = v.pipe(
  v.array(recordEntryShape),
  v.minLength(1),
  v.maxLength(maxCommitRecords),
  v.check((entries) => new Set(entries.map((entry) => entry.id)).size === entries.length),
);

const place = {
  v: v.literal(1),
  acct: hashShape,
  n: wholeNumberShape(1, Number.MAX_SAFE_INTEGER),
  prev: hashShape,
};

const commitShape = v.variant('kind', [
  v.strictObject({
    ...place,
    n: v.literal(0),
    prev: v.null(),
    kind: v.literal('genesis'),
    gen: genesisShape,
  }),
  v.strictObject({ ...place, kind: v.literal('data'), recs: recordsShape }),
  v.strictObject({ ...place, kind: v.literal('key'), key: keyChangeShape }),
  v.strictObject({
    ...place,
    kind: v.literal('snapshot'),
    // How the hash is made: `snapshotOf`. Records that are gone count too.
    snap: v.strictObject({ count: wholeNumberShape(0, Number.MAX_SAFE_INTEGER), h: hashShape }),
  }),
  v.strictObject({
    ...place,
    kind: v.literal('rejoin'),
    over: headShape,
    recs: v.exactOptional(recordsShape),
  }),
]);

/** What a commit says (design §4). */
export type Commit = v.InferOutput<typeof commitShape>;
export type CommitOf<Kind extends Commit['kind']> = Extract<Commit, { kind: Kind }>;

/** A commit taken apart. Who signed it is the chain's to judge; nothing is proven yet. */
export type ParsedCommit = {
  readonly token: string;
  readonly hash: Sha256;
  readonly jws: CompactJws;
  readonly commit: Commit;
};

/**
 * Reads one commit: form, sizes, one kind with exactly its own members.
 * `digest`: a host's own SHA-256, where that is nearer than WebCrypto's.
 * Errors: `refused-commit`, whatever is wrong with it.
 */
export async function parseCommit(token: string, digest: Digest = sha256Of): Promise<Result<ParsedCommit>> {
  const jws = parseCompactJws(token, 'backpack-commit', maxCommitLength);
  if (!jws.ok) return failed(new BackpackError('refused-commit', { member: 'signature' }));
  const commit = parseShape(commitShape, jws.value.payload, 'refused-commit');
  if (!commit.ok) return commit;
  return ok({ token, hash: await digest(utf8(token)), jws: jws.value, commit: commit.value });
}

/** Reads several commits in their order; `undefined` when one cannot be read. */
export async function parseCommits(tokens: readonly string[]): Promise<readonly ParsedCommit[] | undefined> {
  const parsed = await Promise.all(tokens.map((token) => parseCommit(token)));
  const commits = parsed.flatMap((commit) => (commit.ok ? [commit.value] : []));
  return commits.length === tokens.length ? commits : undefined;
}

/** True for a commit of a later version than this one reads. Nothing of it is proven. */
export function isNewerCommit(token: string): boolean {
  const jws = parseCompactJws(token, 'backpack-commit', maxCommitLength);
  const version = jws.ok ? jws.value.payload['v'] : undefined;
  return typeof version === 'number' && Number.isSafeInteger(version) && version > 1;
}

/** Signs a commit: the device's key for data, snapshot and rejoin, the account's for genesis and key changes. */
export async function signCommit(commit: Commit, signer: Signer): Promise<string> {
  const payload = JSON.parse(JSON.stringify(commit));
  if (!isJsonObject(payload)) throw new BackpackError('unexpected');
  return signCompactJws('backpack-commit', payload, signer);
}

/** What the next commit names as `prev`, and the idempotency key of a push: the hash of the text as it is sent. */
export function commitHashOf(token: string): Promise<Sha256> {
  return sha256Of(utf8(token));
}

/** The records that a commit writes, in the order of the parts that follow it in a push. */
export function entriesOf(commit: Commit): readonly RecordEntry[] {
  return commit.kind === 'data' ? commit.recs : commit.kind === 'rejoin' ? (commit.recs ?? []) : [];
}
