import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noting, refuseOldBuilds } from './built-of.ts';

let folder: string;
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
const refusal = () => {
  try {
    refuseOldBuilds(['chromium', 'server'], folder);
    return undefined;
  } catch (error) {
    return String(error);
  }
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backpack-built-of-'));
  for (const file of ['shared/a.ts', 'extension/b.tsx', 'companion-server/c.css', 'dist/any'])
    write(file, '1');
  for (const name of ['chromium', 'server'] as const) noting(name, folder)();
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a build', () => {
  it('is good while its sources are as they were, whatever else changes', () => {
    expect(refusal()).toBeUndefined();
    for (const file of ['shared/a.test.ts', 'shared/testing/b.ts', 'e2e/c.spec.ts', 'docs/d.md'])
      write(file, '2');
    write('shared/a.ts', '1');
    expect(refusal()).toBeUndefined();
  });

  it.each([
    ['a file that changed', 'extension/b.tsx', '2', ['chromium']],
    ['a file that is new', 'companion-server/pages/new.css', '1', ['server']],
    ['a file of both', 'shared/a.ts', '2', ['chromium', 'server']],
    ['other dependencies', 'package-lock.json', '{}', ['chromium', 'server']],
    ['another way of building', 'vite.config.ts', '2', ['chromium']],
  ])('is refused after %s', (_, file, text, names) => {
    write(file, text);
    expect(refusal()).toContain(`\`node scripts/build.ts ${names.join(' ')}\``);
    for (const name of ['chromium', 'server'] as const) noting(name, folder)();
    expect(refusal()).toBeUndefined();
  });

  it('is refused after a file is gone or bears another name, and while it is not made to its end', () => {
    rmSync(join(folder, 'extension/b.tsx'));
    expect(refusal()).toContain('dist/chromium. ');
    write('extension/b.ts', '1');
    expect(refusal()).toContain('dist/chromium. ');
    write('extension/b.tsx', '1');
    rmSync(join(folder, 'extension/b.ts'));
    expect(refusal()).toBeUndefined();
    const done = noting('server', folder);
    expect(refusal()).toContain('dist/server. ');
    // What changes while it is made is not in it, or may not be.
    write('companion-server/c.css', '2');
    done();
    expect(refusal()).toContain('dist/server. ');
  });
});
