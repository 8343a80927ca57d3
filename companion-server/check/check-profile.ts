import { type Did, parseHandle, type Sha256 } from '../../shared/model/brands.ts';
import { sha256Of, textOf } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { maxManifestBytes, maxPublishedDocumentBytes } from '../../shared/model/limits.ts';
import type { Shelf } from '../../shared/model/page-data.ts';
import { readBounded } from '../../shared/model/read-bounded.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { identityOfDid } from '../../shared/publish/identity-did.ts';
import {
  documentsNamedBy,
  isSecretName,
  type Manifest,
  parseManifest,
  verifyManifest,
} from '../../shared/publish/manifest.ts';
import { formerIdentities } from '../../shared/publish/succession.ts';

/** A signed list that holds: what it says, and whether this server hands out exactly what it names. */
export type CheckedProfile = {
  readonly manifest: Manifest;
  /** identities that its owner had before, oldest first, each proven by both keys */
  readonly formerly: readonly Did[];
  /** how many documents it names */
  readonly documents: number;
  /** of these, what the server does not have or has otherwise */
  readonly amiss: readonly Sha256[];
};

/** How many documents are on their way at once. */
const atOnce = 6;

/** Reads `handle` or `handle/secret`. */
export function shelfOf(text: string): Shelf | undefined {
  const [name = '', secret, ...more] = text.split('/');
  const handle = parseHandle(name);
  if (!handle.ok || more.length > 0 || (secret !== undefined && !isSecretName(secret))) return undefined;
  return { handle: handle.value, ...(secret === undefined ? {} : { secret }) };
}

/** Its name, as addresses on this server begin with it. */
export function nameOfShelf({ handle, secret }: Shelf): string {
  return secret === undefined ? `@${handle}` : `@${handle}/${secret}`;
}

/** The signed list of a profile or an unlisted collection, as text. Errors: those of `read`. */
export async function manifestOf(shelf: Shelf): Promise<Result<string>> {
  const bytes = await read(`/${nameOfShelf(shelf)}.jws`, maxManifestBytes);
  if (!bytes.ok) return bytes;
  const text = textOf(bytes.value);
  return text === undefined ? failed(new BackpackError('manifest-refused', { member: 'text' })) : ok(text);
}

/**
 * Checks that a profile was composed by the identity that it names, and that every document is what was signed.
 * `tell`: documents looked at, of how many. Errors: `manifest-refused`. Source: design §9.
 */
export async function checkProfile(
  token: string,
  tell: (done: number, of: number) => void,
): Promise<Result<CheckedProfile>> {
  const parsed = await parseManifest(token.trim());
  if (!parsed.ok) return parsed;
  const { manifest } = parsed.value;
  const identity = identityOfDid(manifest.sub);
  if (identity === undefined || !(await verifyManifest(parsed.value, identity)))
    return failed(new BackpackError('manifest-refused', { member: 'signature' }));
  const hashes = [...documentsNamedBy(manifest)];
  const waiting = [...hashes];
  const amiss: Sha256[] = [];
  let done = 0;
  const work = async (): Promise<void> => {
    for (let hash = waiting.shift(); hash !== undefined; hash = waiting.shift()) {
      if (!(await isAsSigned(hash))) amiss.push(hash);
      done += 1;
      tell(done, hashes.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const formerly = (await formerIdentities(manifest.formerly ?? [], manifest.sub)) ?? [];
  return ok({ manifest, formerly, documents: hashes.length, amiss });
}

async function isAsSigned(hash: Sha256): Promise<boolean> {
  const bytes = await read(`/d/${hash}`, maxPublishedDocumentBytes);
  return bytes.ok && (await sha256Of(bytes.value)) === hash;
}

/** Reads an address of this server. */
export async function read(path: string, maxBytes: number): Promise<Result<Uint8Array>> {
  try {
    const response = await fetch(path, { credentials: 'omit' });
    if (!response.ok) return failed(refusalOf(response.status));
    const bytes = await readBounded(response.body, maxBytes);
    return bytes === undefined ? failed(new BackpackError('too-large', { limit: maxBytes })) : ok(bytes);
  } catch (cause) {
    return failed(new BackpackError('companion-unreachable', { host: location.host }, cause));
  }
}

/** Nothing is there, the operator took it down, or the server has other troubles, which pass. */
function refusalOf(status: number): BackpackError {
  if (status === 410) return new BackpackError('profile-taken-down');
  const isGone = status < 500 && status !== 429;
  return new BackpackError(isGone ? 'not-found' : 'companion-unreachable');
}
