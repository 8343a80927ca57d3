import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { manifestFor } from '../manifest.config.ts';
import { refuseOldBuilds } from '../scripts/built-of.ts';
import golden from './manifest.golden.json' with { type: 'json' };

const browsers = ['chromium', 'firefox'] as const;
const distOf = (browser: string) => join(import.meta.dirname, '..', 'dist', browser);

beforeAll(() => refuseOldBuilds(browsers));

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe.each(browsers)('the extension for %s', (browser) => {
  it('asks for what the checked-in list says, and nothing else (T61)', () => {
    const { version: _, ...manifest } = manifestFor(browser);
    expect(manifest).toEqual(golden[browser]);
  });

  it('is built with those permissions and that policy, and offers no file to any page (T61, T63)', () => {
    const built: unknown = JSON.parse(readFileSync(join(distOf(browser), 'manifest.json'), 'utf8'));
    const { permissions, host_permissions, content_security_policy } = golden[browser];
    expect(built).toMatchObject({ permissions, host_permissions, content_security_policy });
    for (const member of ['web_accessible_resources', 'externally_connectable', 'optional_host_permissions'])
      expect(built).not.toHaveProperty(member);
  });

  it('holds all its code and makes none out of text (T62)', () => {
    const forbidden = [
      /\beval\s*\(/,
      /\bnew\s+Function\b/,
      /\bimport\s*\(\s*["'`]https?:/,
      /\bfrom\s*["'`]https?:/,
      /\bimportScripts\s*\(/,
      /<script[^>]+src=["']?(?:https?:)?\/\//,
      /set(?:Timeout|Interval)\s*\(\s*["'`]/,
    ];
    const files = filesOf(distOf(browser)).filter((file) => /\.(?:js|html)$/.test(file));
    expect(files.length).toBeGreaterThan(4);
    const found = files.flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return forbidden.filter((pattern) => pattern.test(text)).map((pattern) => `${file}: ${pattern}`);
    });
    expect(found).toEqual([]);
  });

  it('has no script and no style inside its pages (T62)', () => {
    for (const file of filesOf(distOf(browser)).filter((name) => name.endsWith('.html'))) {
      const html = readFileSync(file, 'utf8');
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/i);
      expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=/i);
    }
  });
});
