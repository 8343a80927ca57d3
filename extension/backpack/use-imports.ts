import { useMemo, useReducer } from 'preact/hooks';
import type { Outcome } from '../../shared/model/verdict.ts';
import { ask } from '../ask.ts';
import type { ClaimMode, Imported } from '../channel.ts';
import { readCard } from '../store/badges.ts';
import { failedWith, type ImportOutcome, type ImportSource, importOne } from './import-one.ts';

/** One thing that was given to be imported, and what came of it. */
export type ImportRow = {
  readonly id: number;
  readonly source: ImportSource;
  readonly outcome: ImportOutcome | { readonly state: 'reading' };
  /** what the backpack calls the badge that it has become */
  readonly badgeName?: string;
};

/** What can be done about rows; the same functions as long as the page stands. */
export type ImportActions = {
  /** done when all of them are read */
  readonly add: (sources: readonly ImportSource[]) => Promise<void>;
  /** once more, now that the learner said yes to asking this host of his own network */
  readonly askPrivate: (row: ImportRow, host: string) => void;
  /** the deliberate second step for a badge that is not valid */
  readonly keepUnverified: (row: ImportRow) => void;
  /** keeps the badges inside a record by themselves as well */
  readonly keepInside: (row: ImportRow) => void;
  /** keeps an address whose issuer does not answer now */
  readonly keepLater: (row: ImportRow) => void;
};

export type Imports = { readonly rows: readonly ImportRow[]; readonly actions: ImportActions };

type Change =
  | { readonly kind: 'added'; readonly rows: readonly ImportRow[] }
  /** everything that came together is read */
  | { readonly kind: 'settled' }
  | { readonly kind: 'opened'; readonly id: number; readonly parts: readonly ImportRow[] }
  | ({ readonly kind: 'changed'; readonly id: number } & Pick<ImportRow, 'outcome' | 'badgeName'>);

let nextId = 0;

/** Files as the browser hands them over. */
export function fileSources(files: Iterable<File> | null | undefined): readonly ImportSource[] {
  return [...(files ?? [])].map((file) => ({ kind: 'file', file }));
}

/**
 * Imports of this visit, what came together in its order, newest first; what was not taken in comes before all once it
 * is known, or it would be lost among hundreds. They outlive a walk to another place.
 */
export function useImports(): Imports {
  const [rows, change] = useReducer(changeRows, []);
  const actions = useMemo(() => actionsOf(change), []);
  return { rows, actions };
}

function actionsOf(tell: Tell): ImportActions {
  const add = async (sources: readonly ImportSource[]): Promise<void> => {
    const rows = sources.map(newRow);
    tell({ kind: 'added', rows });
    // One after the other: a hundred files at once would all lie in memory as text.
    for (const row of rows) await take(row, undefined, tell);
    tell({ kind: 'settled' });
  };

  const askPrivate = async (row: ImportRow, host: string): Promise<void> => {
    tell({ kind: 'changed', id: row.id, outcome: { state: 'reading' } });
    await take(row, host, tell);
  };

  const keepUnverified = async (row: ImportRow): Promise<void> => {
    const { outcome } = row;
    if (outcome.state !== 'asks') return;
    const { card, parts } = outcome;
    const kept = await keepOne(card.key, 'keep-as-unverified', card.verdict.outcome);
    const inside = kept.state === 'kept' && parts !== undefined ? { parts } : {};
    await settle(row, { ...kept, ...inside }, tell);
  };

  const keepInside = async (row: ImportRow): Promise<void> => {
    const { outcome } = row;
    if (!(outcome.state === 'kept' || outcome.state === 'asks') || outcome.parts === undefined) return;
    const { parts, ...rest } = outcome;
    await settle(row, rest, tell);
    await takeInside(row, parts, tell);
  };

  const keepLater = async (row: ImportRow): Promise<void> => {
    const { outcome } = row;
    if (outcome.state !== 'failed' || outcome.later === undefined) return;
    await settle(row, await keepOne(outcome.later, 'keep-and-check-later', 'unreachable'), tell);
  };

  return {
    add,
    askPrivate: (row, host) => void askPrivate(row, host),
    keepUnverified: (row) => void keepUnverified(row),
    keepInside: (row) => void keepInside(row),
    keepLater: (row) => void keepLater(row),
  };
}

function newRow(source: ImportSource): ImportRow {
  nextId += 1;
  return { id: nextId, source, outcome: { state: 'reading' } };
}

type Tell = (change: Change) => void;

/** Imports what a row stands for; an envelope is opened into a row for each badge. */
async function take(row: ImportRow, host: string | undefined, tell: Tell): Promise<void> {
  const outcome = await importOne(row.source, host);
  await settle(row, outcome, tell);
  if (outcome.state === 'several') await takeInside(row, outcome.parts, tell);
}

/** What came of a row; the name of its badge is read once, since rows can be many and the store changes with each. */
async function settle(row: ImportRow, outcome: ImportOutcome, tell: Tell): Promise<void> {
  const card = outcome.state === 'kept' ? await readCard(outcome.badge) : undefined;
  const named = card === undefined ? {} : { badgeName: card.name };
  tell({ kind: 'changed', id: row.id, outcome, ...named });
}

async function takeInside(row: ImportRow, texts: readonly string[], tell: Tell): Promise<void> {
  const parts = texts.map((text, index) => newRow({ kind: 'part', text, number: index + 1, of: row.source }));
  tell({ kind: 'opened', id: row.id, parts });
  for (const part of parts) await take(part, undefined, tell);
}

async function keepOne(key: string, mode: ClaimMode, outcome: Outcome): Promise<Imported> {
  const kept = await ask<'claim-badge'>({ kind: 'claim-badge', key, mode });
  return kept.ok ? { state: 'kept', ...kept.value, outcome } : failedWith(kept.error);
}

/** Neither in the backpack nor on its way there. */
export function wasRefused({ outcome }: ImportRow): boolean {
  return outcome.state === 'asks' || outcome.state === 'failed' || outcome.state === 'too-large';
}

function changeRows(rows: readonly ImportRow[], change: Change): readonly ImportRow[] {
  switch (change.kind) {
    case 'added':
      return [...change.rows, ...rows];
    case 'settled':
      return [...rows.filter(wasRefused), ...rows.filter((row) => !wasRefused(row))];
    case 'opened':
      return rows.flatMap((row) => (row.id === change.id ? [row, ...change.parts] : [row]));
    case 'changed': {
      const { kind, id, ...became } = change;
      return rows.map((row) => (row.id === id ? { id, source: row.source, ...became } : row));
    }
  }
}
