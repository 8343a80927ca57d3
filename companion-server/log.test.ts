import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { nameOf, writtenTogether } from './log.ts';

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

  it('tell of something thrown where it was, and no line of its message (T68)', () => {
    const quoting = new TypeError('cannot read "\n    at mia@school.example\n    at home"', { cause: 'mia' });
    const { name, where } = nameOf(quoting);
    expect(name).toBe('TypeError');
    expect(where).toContain('log.test.ts');
    expect(where).not.toContain('mia');
    expect(nameOf(new Error('')).where).toContain('log.test.ts');
  });

  it('are lost where nothing can be written, and the program goes on (T29)', () => {
    const program = `import { standardOutput } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)};
      const write = standardOutput();
      write('one\\n');
      write('two\\n');
      setImmediate(() => process.exit(7));`;
    const run = (stdout: number | 'pipe') =>
      spawnSync(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', stdout, 'pipe'],
        encoding: 'utf8',
      });
    const full = openSync('/dev/full', 'w');
    expect(run(full)).toMatchObject({ status: 7, stderr: '' });
    closeSync(full);
    expect(run('pipe')).toMatchObject({ status: 7, stdout: 'one\ntwo\n', stderr: '' });
  });

  it('are lost once nobody is there to read them any more, and the program goes on (T29)', async () => {
    const program = `import { standardOutput } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)};
      const write = standardOutput();
      process.on('message', (text) => {
        if (text === 'end') process.exit(7);
        // Tells how it went once that is known.
        process.stdout.write('', () => process.send(process.stdout.errored?.code ?? 'written'));
        write('line\\n');
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const { stdout } = child;
    if (stdout === null) throw new TypeError('no output');
    const answers: unknown[] = [];
    child.on('message', (answer) => answers.push(answer));
    const ended = once(child, 'exit');
    const write = async () => {
      const count = answers.length;
      child.send('write');
      await vi.waitFor(() => expect(answers.length).toBeGreaterThan(count), { timeout: 60_000 });
    };
    const read = once(stdout, 'data');
    await write();
    expect(String(await read)).toBe('line\n');
    expect(answers).toEqual(['written']);
    stdout.destroy();
    for (let more = 0; more < 3; more += 1) await write();
    expect(answers).toContain('EPIPE');
    child.send('end');
    expect(await ended).toEqual([7, null]);
  });

  it('wait for nobody who does not read them, and are not kept without end (T29)', async () => {
    const program = `import { standardOutput } from ${JSON.stringify(new URL('./log.ts', import.meta.url).href)};
      const write = standardOutput();
      for (let line = 0; line < 64; line += 1) write('x'.repeat(65536));
      process.exit(process.stdout.writableLength < 2 * 1024 * 1024 ? 7 : 1);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    expect(await once(child, 'exit')).toEqual([7, null]);
    // Some of it was there to be read.
    let length = 0;
    for await (const chunk of child.stdout) length += (chunk as Buffer).length;
    expect(length).toBeGreaterThan(0);
  });
});
