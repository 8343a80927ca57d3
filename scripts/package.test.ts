import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
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

interface Locked {
  version?: string;
  integrity?: string;
  optional?: boolean;
}

interface Manifest {
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  allowScripts?: Record<string, boolean>;
}

const readJson = <T>(...path: string[]): T => JSON.parse(readFileSync(join(root, ...path), 'utf8')) as T;

/** Whether a package has something of its own to run when it is installed. */
function runsOnInstall(folder: string): boolean {
  const { scripts = {} } = readJson<Manifest>(folder, 'package.json');
  return (
    ['preinstall', 'install', 'postinstall'].some((name) => name in scripts) ||
    existsSync(join(root, folder, 'binding.gyp'))
  );
}

describe('what is installed (T67)', () => {
  const project = readJson<Manifest>('package.json');
  const { packages } = readJson<{ packages: Record<string, Locked> }>('package-lock.json');
  const locked = Object.entries(packages).filter(([folder]) => folder !== '');

  it('is named by one version and known by its hash', () => {
    expect(locked.length).toBeGreaterThan(0);
    for (const [folder, { version, integrity }] of locked) {
      expect(version, folder).toBeTruthy();
      expect(integrity, folder).toMatch(/^sha512-/);
    }
    const asked = {
      ...project.dependencies,
      ...project.devDependencies,
      ...project.optionalDependencies,
    };
    for (const [name, range] of Object.entries(asked)) {
      expect(packages[`node_modules/${name}`]?.version, name).toBe(range);
    }
  });

  it('runs nothing of its own when installed but what is decided in allowScripts', () => {
    const installed = locked
      .map(([folder]) => folder)
      .filter((folder) => existsSync(join(root, folder, 'package.json')));
    const running = installed.filter(runsOnInstall);
    // What reads them does find some, so that finding none undecided means something.
    expect(running.length).toBeGreaterThan(0);
    const undecided = running
      .map((folder) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length))
      .filter((name) => project.allowScripts?.[name] === undefined);
    expect(undecided).toEqual([]);
  });
});
