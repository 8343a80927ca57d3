import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { zipOf } from './package.ts';

const root = join(import.meta.dirname, '..');
const folders: string[] = [];

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'backpack-package-'));
  folders.push(folder);
  return folder;
}

function buildTo(outDir: string, browser: string): void {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const result = spawnSync(process.execPath, [vite, 'build', '--outDir', outDir], {
    cwd: root,
    env: { ...process.env, BROWSER: browser, NODE_ENV: 'production' },
    encoding: 'utf8',
  });
  expect(result.status, result.stderr).toBe(0);
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the store packages (T67)', () => {
  it('are the same bytes whenever their files are, and other bytes when one differs', () => {
    const folder = scratch();
    writeFileSync(join(folder, 'b.js'), 'second');
    writeFileSync(join(folder, 'a.js'), 'first');
    const first = hashOf(zipOf(folder));
    utimesSync(join(folder, 'a.js'), 1, 1);
    expect(hashOf(zipOf(folder))).toBe(first);
    writeFileSync(join(folder, 'a.js'), 'other');
    expect(hashOf(zipOf(folder))).not.toBe(first);
  });

  it.each(['chromium', 'firefox'])('of %s come out the same from two builds', (browser) => {
    const [one, two] = [scratch(), scratch()];
    buildTo(one, browser);
    buildTo(two, browser);
    const manifest: unknown = JSON.parse(readFileSync(join(one, 'manifest.json'), 'utf8'));
    expect(manifest).toHaveProperty('content_scripts');
    // A file that pages may read tells them who has the extension (T63).
    expect(manifest).not.toHaveProperty('web_accessible_resources');
    expect(hashOf(zipOf(one))).toBe(hashOf(zipOf(two)));
  });
});
