import { type Digest, sha256Of } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { type Commit, entriesOf, type RecordEntry } from './commit.ts';

/** A record that a commit writes, with the bytes that came with it; none where it is deleted. */
export type PushedRecord = { readonly entry: RecordEntry; readonly bytes: Uint8Array };

/**
 * Pairs a commit's records with the parts of its push, in the commit's own order: no part goes with what is deleted
 * (`len` 0), and each other part is exactly what the commit says of it.
 * `digest`: a host's own SHA-256, where that is nearer than WebCrypto's.
 * Errors: `refused-commit`, with `parts`, `len` or `h` as its `member`.
 */
export async function pushedRecordsOf(
  commit: Commit,
  parts: readonly Uint8Array[],
  digest: Digest = sha256Of,
): Promise<Result<readonly PushedRecord[]>> {
  const waiting = [...parts];
  const records = entriesOf(commit).map((entry) => ({
    entry,
    bytes: (entry.len === 0 ? undefined : waiting.shift()) ?? new Uint8Array(),
  }));
  if (waiting.length > 0) return refused('parts');
  for (const { entry, bytes } of records) {
    if (bytes.length !== entry.len) return refused('len');
    if ((await digest(bytes)) !== entry.h) return refused('h');
  }
  return ok(records);
}

function refused(member: string): Result<never> {
  return failed(new BackpackError('refused-commit', { member }));
}
