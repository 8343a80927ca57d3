import { base64Of } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import type { Result } from '../../shared/model/result.ts';
import { ask } from '../ask.ts';
import type { Failure, Imported } from '../channel.ts';

/** What was given to be imported. */
export type ImportSource =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'address'; readonly address: string }
  /** one badge out of several that came together in `of` */
  | { readonly kind: 'part'; readonly text: string; readonly number: number; readonly of: ImportSource };

export type ImportOutcome =
  | Imported
  | { readonly state: 'too-large' }
  | { readonly state: 'archive'; readonly file: File };

/** Largest file that is read at all, as the design's limit for a badge. */
const maxFileBytes = 5 * 1024 * 1024;

/** Imports one thing; what cannot even be read is a failure like any other, and holds nothing up that comes after it. */
export async function importOne(
  source: ImportSource,
  privateHost: string | undefined,
): Promise<ImportOutcome> {
  try {
    return await takeIn(source, privateHost);
  } catch (thrown) {
    console.error(thrown);
    return failedWith(new BackpackError('file-unreadable', {}, thrown));
  }
}

async function takeIn(source: ImportSource, privateHost: string | undefined): Promise<ImportOutcome> {
  if (source.kind === 'file' && (await isArchive(source.file)))
    return { state: 'archive', file: source.file };
  if (source.kind === 'file' && source.file.size > maxFileBytes) return { state: 'too-large' };
  const imported = await sendOne(source, privateHost === undefined ? {} : { privateHost });
  return imported.ok ? imported.value : failedWith(imported.error);
}

/** A zip file, whatever its name says. */
async function isArchive(file: File): Promise<boolean> {
  const [p, k, three, four] = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  return p === 0x50 && k === 0x4b && three === 3 && four === 4;
}

async function sendOne(
  source: ImportSource,
  host: { readonly privateHost?: string },
): Promise<Result<Imported>> {
  switch (source.kind) {
    case 'file': {
      const bytes = base64Of(new Uint8Array(await source.file.arrayBuffer()));
      const name = source.file.name.slice(0, 1000);
      return ask<'import-file'>({ kind: 'import-file', name, bytes, ...host });
    }
    case 'text':
      return ask<'import-text'>({ kind: 'import-text', text: source.text, ...host });
    case 'part':
      return ask<'import-part'>({ kind: 'import-part', text: source.text, ...host });
    case 'address':
      return ask<'import-address'>({ kind: 'import-address', address: source.address, ...host });
  }
}

export function failedWith(error: Failure): Imported {
  return { state: 'failed', error: { code: error.code, facts: error.facts } };
}
