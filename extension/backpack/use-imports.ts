import { useCallback, useReducer } from 'preact/hooks';
import { base64Of } from '../../shared/model/bytes.ts';
import type { Result } from '../../shared/model/result.ts';
import { ask } from '../ask.ts';
import type { Failure, Imported } from '../channel.ts';

/** One thing that was given to be imported, and what came of it. */
export type ImportRow = {
  readonly id: number;
  /** name of the file, the address, or '' for pasted text */
  readonly name: string;
  readonly address?: string;
  readonly outcome: Imported | { readonly state: 'reading' } | { readonly state: 'too-large' };
};

export type Imports = {
  readonly rows: readonly ImportRow[];
  readonly addFiles: (files: readonly File[]) => void;
  readonly addText: (text: string) => void;
  readonly addAddress: (address: string, privateHost?: string) => void;
  /** the deliberate second step for a badge that is not valid */
  readonly keepUnverified: (row: ImportRow) => void;
};

/** Largest file that is read at all, as the design's limit for a badge. */
export const maxFileBytes = 5 * 1024 * 1024;

type Change =
  | { readonly kind: 'added'; readonly row: ImportRow }
  | { readonly kind: 'ended'; readonly id: number; readonly outcome: ImportRow['outcome'] };

let nextId = 0;

/** Imports of this visit, newest first; they outlive a walk to another place of the page. */
export function useImports(): Imports {
  const [rows, change] = useReducer(changeRows, []);

  const run = useCallback(
    async (row: Omit<ImportRow, 'id' | 'outcome'>, importing: () => Promise<Result<Imported>>) => {
      nextId += 1;
      const id = nextId;
      change({ kind: 'added', row: { ...row, id, outcome: { state: 'reading' } } });
      const imported = await importing();
      change({ kind: 'ended', id, outcome: imported.ok ? imported.value : failedWith(imported.error) });
    },
    [],
  );

  const addFiles = useCallback(
    async (files: readonly File[]) => {
      // One after the other: a hundred files at once would all lie in memory as text.
      for (const file of files) {
        if (file.size > maxFileBytes) {
          nextId += 1;
          change({ kind: 'added', row: { id: nextId, name: file.name, outcome: { state: 'too-large' } } });
          continue;
        }
        await run({ name: file.name }, async () =>
          ask<'import-file'>({
            kind: 'import-file',
            name: file.name.slice(0, 1000),
            bytes: base64Of(new Uint8Array(await file.arrayBuffer())),
          }),
        );
      }
    },
    [run],
  );

  return {
    rows,
    addFiles: (files) => void addFiles(files),
    addText: (text) => void run({ name: '' }, () => ask<'import-text'>({ kind: 'import-text', text })),
    addAddress: (address, privateHost) =>
      void run({ name: address, address }, () =>
        ask<'import-address'>({
          kind: 'import-address',
          address,
          ...(privateHost === undefined ? {} : { privateHost }),
        }),
      ),
    keepUnverified: (row) => {
      const { outcome } = row;
      if (outcome.state !== 'asks') return;
      const { card } = outcome;
      void ask<'claim-badge'>({ kind: 'claim-badge', key: card.key, mode: 'keep-as-unverified' }).then(
        (kept) =>
          change({
            kind: 'ended',
            id: row.id,
            outcome: kept.ok
              ? { state: 'kept', badge: kept.value.badge, outcome: card.verdict.outcome, alreadyKept: false }
              : failedWith(kept.error),
          }),
      );
    },
  };
}

function changeRows(rows: readonly ImportRow[], change: Change): readonly ImportRow[] {
  return change.kind === 'added'
    ? [change.row, ...rows]
    : rows.map((row) => (row.id === change.id ? { ...row, outcome: change.outcome } : row));
}

function failedWith(error: Failure): Imported {
  return { state: 'failed', error: { code: error.code, facts: error.facts } };
}
