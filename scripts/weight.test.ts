import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { refuseOldBuilds } from './built-of.ts';
import { scriptsFrom, scriptsOf } from './bundle/loaded-scripts.ts';

// What the built extension may weigh. Sizes are counted on the built files, so they do not wander with the machine.
const root = join(import.meta.dirname, '..');
const browsers = ['chromium', 'firefox'] as const;
const maxContentScriptBytes = 6 * 1024;
const maxPopupScriptBytes = 60 * 1024;
const maxBackgroundBytes = 150 * 1024;
const maxPackageBytes = 1.5 * 1024 * 1024;

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

beforeAll(() => refuseOldBuilds(browsers));

describe.each(browsers)('the built extension for %s', (browser) => {
  const folder = join(root, 'dist', browser);

  it('puts at most 6 kB of script into a page', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
      readonly content_scripts: readonly { readonly js: readonly string[] }[];
    };
    const scripts = manifest.content_scripts.flatMap((entry) => entry.js);
    expect(scripts).toHaveLength(1);
    const bytes = readFileSync(join(folder, scripts[0] ?? '')).length;
    expect(bytes).toBeGreaterThan(200);
    expect(bytes).toBeLessThanOrEqual(maxContentScriptBytes);
  });

  it('opens the popup with at most 60 kB of script, zipped', () => {
    const scripts = scriptsOf(folder, 'popup/index.html');
    expect(scripts.length).toBeGreaterThan(0);
    const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
    expect(bytes).toBeGreaterThan(1024);
    expect(bytes).toBeLessThanOrEqual(maxPopupScriptBytes);
  });

  it('has a background of one file of at most 150 kB, zipped, which loads nothing later', () => {
    const loader = join(folder, 'service-worker-loader.js');
    const [script, ...others] = scriptsFrom(folder, [loader]).filter((file) => file !== loader);
    expect(others).toEqual([]);
    const code = readFileSync(script ?? '', 'utf8');
    expect(code).toContain('eddsa-rdfc-2022');
    expect(code).not.toMatch(/\bimport\s*\(/);
    const bytes = gzipSync(code, { level: 9 }).length;
    expect(bytes).toBeGreaterThan(10 * 1024);
    expect(bytes).toBeLessThanOrEqual(maxBackgroundBytes);
  });

  it('stays below 1.5 MB as a package', () => {
    const bytes = filesOf(folder).reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
    expect(bytes).toBeGreaterThan(10 * 1024);
    expect(bytes).toBeLessThanOrEqual(maxPackageBytes);
  });
});
