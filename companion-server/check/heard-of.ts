import type { Url } from '../../shared/model/brands.ts';
import type { Fetcher } from '../../shared/model/effects.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok } from '../../shared/model/result.ts';
import { badgeIdOf } from '../../shared/publish/badge-id.ts';
import { type HeardWitness, hearWitness } from '../../shared/publish/heard-witness.ts';
import { parseWitnessFile } from '../../shared/publish/witness.ts';
import { nameOfShelf, read } from './check-profile.ts';
import type { Subject } from './subject.ts';
import { clock } from './visitor-fetcher.ts';

const maxFileBytes = 1024 * 1024;

/** What this server states of a document that one of its profiles shows; `undefined` where it says nothing. */
export async function heardOf(subject: Subject): Promise<HeardWitness | undefined> {
  if (subject.kind !== 'document' || subject.shownBy === undefined) return undefined;
  const page = `/${nameOfShelf(subject.shownBy)}/badges/${badgeIdOf(subject.hash)}`;
  const bytes = await read(`${page}/statements`, maxFileBytes);
  const file = bytes.ok ? parseWitnessFile(bytes.value) : bytes;
  if (!file.ok) return undefined;
  const heard = await hearWitness(file.value, subject.hash, fetcherOf(location.origin, read));
  return heard.statements.length === 0 ? undefined : heard;
}

/** Asks the server of that origin by paths of its own, and refuses to ask anybody else. */
export function fetcherOf(own: string, readPath: typeof read): Fetcher {
  return async ({ url, maxBytes }) => {
    const { pathname, origin } = new URL(url);
    if (origin !== own) return failed(new BackpackError('address-not-allowed'));
    const bytes = await readPath(pathname, maxBytes);
    if (!bytes.ok) return bytes;
    return ok({
      requested: url,
      url: url as Url,
      status: 200,
      mediaType: '',
      bytes: bytes.value,
      at: clock(),
    });
  };
}
