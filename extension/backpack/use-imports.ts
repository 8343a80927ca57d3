import { useCallback, useReducer } from 'preact/hooks';
import { base64Of } from '../../shared/model/bytes.ts';
import type { Result } from '../../shared/model/result.ts';
import type { Outcome } from '../../shared/model/verdict.ts';
import { ask } from '../ask.ts';
import type { ClaimMode, Failure, Imported } from '../channel.ts';

/** What was given to be imported. */
export type ImportSource =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'address'; readonly address: string };

/** One thing that was given to be imported, and what came of it. */
export type ImportRow = {
  readonly id: number;
  readonly source: ImportSource;
  readonly outcome: Imported | { readonly state: 'reading' } | { readonly state: 'too-large' };
};

export type Imports = {
  readonly rows: readonly ImportRow[];
  readonly add: (sources: readonly ImportSource[]) => void;
  /** once more, now that the learner said yes to asking this host of his own network */
  readonly askPrivate: (row: ImportRow, host: string) => void;
  /** the deliberate second step for a badge that is not valid */
  readonly keepUnverified: (row: ImportRow) => void;
  /** keeps an address whose issuer does not answer now */
  readonly keepLater: (row: ImportRow) => void;
};

/** Largest file that is read at all, as the design's limit for a badge. */
export const maxFileBytes = 5 * 1024 * 1024;

type Change =
  | { readonly kind: 'added'; readonly row: ImportRow }
  | { readonly kind: 'changed'; readonly id: number; readonly outcome: ImportRow['outcome'] };

let nextId = 0;

/** Files as the browser hands them over. */
export function fileSources(files: Iterable<File> | null | undefined): readonly ImportSource[] {
  return [...(files ?? [])].map((file) => ({ kind: 'file', file }));
}

/** Imports of this visit, newest first; they outlive a walk to another place of the page. */
export function useImports(): Imports {
  const [rows, change] = useReducer(changeRows, []);

  const add = useCallback(async (sources: readonly ImportSource[]) => {
    const added = sources.map((source): ImportRow => {
      nextId += 1;
      return { id: nextId, source, outcome: { state: 'reading' } };
    });
    for (const row of added) change({ kind: 'added', row });
    // One after the other: a hundred files at once would all lie in memory as text.
    for (const row of added)
      change({ kind: 'changed', id: row.id, outcome: await importOne(row.source, undefined) });
  }, []);

  const askPrivate = async (row: ImportRow, host: string): Promise<void> => {
    change({ kind: 'changed', id: row.id, outcome: { state: 'reading' } });
    change({ kind: 'changed', id: row.id, outcome: await importOne(row.source, host) });
  };

  const keepUnverified = async (row: ImportRow): Promise<void> => {
    const { outcome } = row;
    if (outcome.state !== 'asks') return;
    const { card } = outcome;
    const kept = await keepOne(card.key, 'keep-as-unverified', card.verdict.outcome);
    change({ kind: 'changed', id: row.id, outcome: kept });
  };

  const keepLater = async (row: ImportRow): Promise<void> => {
    const { outcome } = row;
    if (outcome.state !== 'failed' || outcome.later === undefined) return;
    const kept = await keepOne(outcome.later, 'keep-and-check-later', 'unreachable');
    change({ kind: 'changed', id: row.id, outcome: kept });
  };

  return {
    rows,
    add: useCallback((sources) => void add(sources), [add]),
    askPrivate: (row, host) => void askPrivate(row, host),
    keepUnverified: (row) => void keepUnverified(row),
    keepLater: (row) => void keepLater(row),
  };
}

async function keepOne(key: string, mode: ClaimMode, outcome: Outcome): Promise<Imported> {
  const kept = await ask<'claim-badge'>({ kind: 'claim-badge', key, mode });
  return kept.ok ? { state: 'kept', ...kept.value, outcome } : failedWith(kept.error);
}

async function importOne(
  source: ImportSource,
  privateHost: string | undefined,
): Promise<ImportRow['outcome']> {
  if (source.kind === 'file' && source.file.size > maxFileBytes) return { state: 'too-large' };
  const imported = await sendOne(source, privateHost === undefined ? {} : { privateHost });
  return imported.ok ? imported.value : failedWith(imported.error);
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
    case 'address':
      return ask<'import-address'>({ kind: 'import-address', address: source.address, ...host });
  }
}

function changeRows(rows: readonly ImportRow[], change: Change): readonly ImportRow[] {
  return change.kind === 'added'
    ? [change.row, ...rows]
    : rows.map((row) => (row.id === change.id ? { ...row, outcome: change.outcome } : row));
}

function failedWith(error: Failure): Imported {
  return { state: 'failed', error: { code: error.code, facts: error.facts } };
}
