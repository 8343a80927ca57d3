import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { importOne } from './import-one.ts';

/** What a browser gives of a folder that was dropped: a file that cannot be read. */
function folder(): File {
  const unreadable = Promise.reject(new DOMException('gone', 'NotReadableError'));
  unreadable.catch(() => undefined);
  const file = new File([], 'folder');
  return Object.assign(file, { slice: () => ({ arrayBuffer: () => unreadable }) });
}

describe('one thing that is imported', () => {
  const said: unknown[] = [];
  beforeEach(() => {
    said.length = 0;
    vi.spyOn(console, 'error').mockImplementation((...words) => void said.push(...words));
  });
  afterEach(() => vi.restoreAllMocks());

  it('that cannot be read says so, and does not throw at those after it', async () => {
    expect(await importOne({ kind: 'file', file: folder() }, undefined)).toEqual({
      state: 'failed',
      error: { code: 'file-unreadable', facts: {} },
    });
    expect(said).toHaveLength(1);
  });

  it('that can be read is told by what it is', async () => {
    const zip = new File([Uint8Array.of(0x50, 0x4b, 3, 4)], 'all.zip');
    expect(await importOne({ kind: 'file', file: zip }, undefined)).toEqual({ state: 'archive', file: zip });
    const large = new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'large.json');
    expect(await importOne({ kind: 'file', file: large }, undefined)).toEqual({ state: 'too-large' });
    expect(said).toEqual([]);
  });
});
