import { describe, expect, it } from 'vitest';
import { wordsOf } from '../messages/catalogue.ts';
import { instantOf } from '../model/brands.ts';
import { type Check, decide, outcomes, type Verdict } from '../model/verdict.ts';
import { checkListView } from './check-list-view.ts';
import { verdictView } from './verdict-view.ts';

const words = wordsOf('en');
const at = instantOf(Date.UTC(2026, 2, 12));
const passed: Check = {
  check: 'integrity',
  outcome: 'passed',
  detail: { code: 'signature-good', facts: {} },
  source: 'OB 3.0 §8.2',
};
const ended: Check = {
  check: 'validity',
  outcome: 'failed',
  detail: { code: 'has-expired', facts: { date: '2025-01-31T00:00:00.000Z' } },
  source: 'OB 3.0 §8.2',
  asks: 'expired',
};
const note: Check = {
  check: 'hosting',
  outcome: 'warning',
  detail: { code: 'not-encrypted', facts: {} },
  source: 'OB 2.0',
};

describe('what a verdict is shown as', () => {
  it('has a mark with a word and a sentence for every outcome', () => {
    for (const outcome of outcomes) {
      const verdict: Verdict = { outcome, reason: 'all-passed', checks: [], documents: [], at };
      const view = verdictView(verdict, words);
      expect(view.word).not.toBe('');
      expect(view.sentence).toMatch(/\.$/);
    }
  });

  it('says why an expired badge is expired, and what can be done', () => {
    const view = verdictView(decide([passed, ended], [], at), words);
    expect(view).toMatchObject({ mark: 'expired', sentence: 'It ended on 31 January 2025.', struck: false });
    expect(view.remedy).toContain('It can be kept');
  });

  it('strikes the pictures of what is revoked or not valid, and of nothing else', () => {
    const struck = outcomes.filter(
      (outcome) =>
        verdictView({ outcome, reason: 'all-passed', checks: [], documents: [], at }, words).struck,
    );
    expect(struck).toEqual(['invalid', 'revoked']);
  });

  it('always shows a warning, and leaves the mark as it is', () => {
    const view = verdictView(decide([passed, note, note], [], at), words);
    expect(view.mark).toBe('checked');
    expect(view.sentence).toBe('Every check passed, with 1 note.');
    expect(view.notes).toHaveLength(1);
  });

  it('never reads as checked what only the learner recorded (T72)', () => {
    const view = verdictView(decide([passed], [], at), words, 'recorded');
    expect(view.mark).toBe('as-recorded');
    expect(view.sentence).toBe('As recorded by the learner on 12 March 2026, not checked here.');
  });

  it('passes on what speaks against a badge even where it was only recorded', () => {
    expect(verdictView(decide([passed, ended], [], at), words, 'recorded').mark).toBe('expired');
  });
});

describe('the list of checks', () => {
  it('follows the order in which a person doubts', () => {
    const groups = checkListView([ended, note, passed], words);
    expect(groups.map((group) => group.question)).toEqual(['unaltered', 'good']);
    expect(groups[0]?.lines.map((line) => line.word)).toEqual(['Note', 'Passed']);
  });

  it('names source, code and facts of each line', () => {
    const [group] = checkListView([ended], words);
    expect(group?.lines[0]).toMatchObject({ source: 'OB 3.0 §8.2', code: 'has-expired' });
    expect(group?.lines[0]?.facts[0]?.name).toBe('date');
  });

  it('says of a key its end in the sentence, and all of it among the facts', () => {
    const did = 'did:key:z6MknX4hoVDBoa8UHhsf22rsyk8zvFTUwoh9DJD69Yjd2WU6';
    const detail = { code: 'endorsement-good', facts: { name: did } } as const;
    const [group] = checkListView([{ ...passed, check: 'endorsement', detail }], words);
    expect(group?.lines[0]).toMatchObject({
      sentence: 'The endorsement by the key …9Yjd2WU6 is unaltered.',
      facts: [{ name: 'name', value: did }],
    });
  });
});

describe('a verdict whose issuer does not answer any more', () => {
  const from = instantOf(Date.UTC(2025, 0, 31));

  it('says when a good badge was verified, and that it cannot be asked again', () => {
    const valid = decide([passed], [], at);
    const view = verdictView(valid, words, 'checked', from);
    expect(view.word).toBe('Checked on 31 January 2025');
    expect(view.sentence).toContain('verified on 31 January 2025 and cannot be asked again');
    // The twin: while it answers, the verdict speaks of today.
    expect(verdictView(valid, words).sentence).toBe('Every check passed.');
  });

  it('leaves a badge that has ended by today’s clock as it is', () => {
    const expired = decide([passed, ended], [], at);
    expect(verdictView(expired, words, 'checked', from)).toEqual(verdictView(expired, words));
  });

  it('never makes what a stranger recorded read as checked (T72)', () => {
    const view = verdictView(decide([passed], [], at), words, 'recorded', from);
    expect(view.mark).toBe('as-recorded');
    expect(view.word).not.toContain('Checked on');
  });
});
