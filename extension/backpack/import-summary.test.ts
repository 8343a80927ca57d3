import { expect, it } from 'vitest';
import { backpackWords } from '../messages/backpack-words.ts';
import { importSummary } from './import-summary.ts';
import type { ImportRow } from './use-imports.ts';

const words = backpackWords('UTC');
const kept = { state: 'kept', badge: 'badge|abc', outcome: 'valid', alreadyKept: false } as const;
const failed = { state: 'failed', error: { code: 'not-a-badge', facts: {} } } as const;

function rowsOf(outcomes: readonly ImportRow['outcome'][]): readonly ImportRow[] {
  return outcomes.map((outcome, id) => ({ id, source: { kind: 'text', text: '' }, outcome }));
}

it('says how far it has come while something is read, and nothing of the outcome', () => {
  const rows = rowsOf([kept, failed, { state: 'reading' }]);
  expect(importSummary(rows, words)).toEqual({
    reading: { done: 2, of: 3, sentence: '2 of 3 read' },
    sentence: '',
  });
});

it('counts what came of everything once all is read', () => {
  const rows = rowsOf([
    kept,
    kept,
    { ...kept, alreadyKept: true },
    { state: 'unread', badge: 'badge|d', error: failed.error },
    failed,
    { state: 'too-large' },
    { state: 'several', parts: [] },
  ]);
  expect(importSummary(rows, words)).toEqual({
    sentence:
      '2 badges have come into your backpack. 1 was in it already. ' +
      '1 file could not be read and is kept as it is. 2 were not imported.',
  });
});

it('says nothing before anything was given', () => {
  expect(importSummary([], words)).toEqual({ sentence: '' });
});
