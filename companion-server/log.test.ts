import { describe, expect, it } from 'vitest';
import { writtenTogether } from './log.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('lines of the log', () => {
  it('go out together with those of their turn, in order, each once', async () => {
    const written: string[] = [];
    const add = writtenTogether((text) => written.push(text));
    add('a\n');
    await Promise.resolve();
    add('b\n');
    expect(written).toEqual([]);
    await nextTurn();
    expect(written).toEqual(['a\nb\n']);
    add('c\n');
    await nextTurn();
    expect(written).toEqual(['a\nb\n', 'c\n']);
  });
});
