import { describe, expect, it, vi } from 'vitest';
import { writtenTogether } from './log.ts';

describe('lines of a log', () => {
  it('go out together a little later, each once and in order', () => {
    vi.useFakeTimers();
    try {
      const written: string[] = [];
      const write = writtenTogether((text) => written.push(text));
      write('one\n');
      write('two\n');
      expect(written).toEqual([]);
      vi.runAllTimers();
      write('three\n');
      vi.runAllTimers();
      expect(written).toEqual(['one\ntwo\n', 'three\n']);
    } finally {
      vi.useRealTimers();
    }
  });
});
