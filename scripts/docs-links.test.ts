import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const pages = globSync('{*.md,{docs,e2e,scripts,shared,extension,companion-server}/**/*.md}', {
  cwd: root,
  exclude: (name) => name.includes('node_modules'),
});

/** Why a link of a page leads nowhere; `undefined` where it leads somewhere, or out of the house. */
function faultAt(page: string, link: string): string | undefined {
  if (/^(?:https?|mailto):/.test(link)) return undefined;
  const [path = '', fragment] = link.split('#');
  const target = path === '' ? resolve(root, page) : resolve(root, dirname(page), path);
  if (relative(root, target).startsWith('..')) return 'leads out of the repository';
  if (!existsSync(target)) return 'is not there';
  if (fragment === undefined) return undefined;
  return anchorsOf(readFileSync(target, 'utf8')).includes(fragment) ? undefined : 'has no such heading';
}

/** The anchors that code hosts make of headings: small letters, numbers and hyphens; the second of a name ends in 1. */
function anchorsOf(markdown: string): readonly string[] {
  const anchors: string[] = [];
  for (const [, heading = ''] of withoutCode(markdown).matchAll(/^#{1,6} (.*)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const before = anchors.filter((one) => one === anchor || one.startsWith(`${anchor}-`)).length;
    anchors.push(before === 0 ? anchor : `${anchor}-${before}`);
  }
  return anchors;
}

function withoutCode(markdown: string): string {
  return markdown.replace(/^```[\s\S]*?^```/gm, '');
}

function linksIn(markdown: string): readonly string[] {
  const text = withoutCode(markdown).replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, link = '']) => link);
}

describe('the pages of the documentation', () => {
  it('lead to files and headings that are there', () => {
    const links = pages.flatMap((page) =>
      linksIn(readFileSync(join(root, page), 'utf8')).map((link) => ({ page, link })),
    );
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(({ page, link }) => faultAt(page, link) !== undefined)).toEqual([]);
  });

  it('name no file that is not there', () => {
    const named = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/`((?:[\w-]+\/)+[\w.-]+\.(?:tsx?|md|json))`/g)].map(
        ([, path = '']) => ({ page, path }),
      ),
    );
    expect(named.length).toBeGreaterThan(50);
    const known = ({ page, path }: { page: string; path: string }) =>
      ['.', dirname(page), 'shared', 'companion-server'].some((from) => existsSync(join(root, from, path)));
    expect(named.filter((one) => !known(one) && !one.path.startsWith('dist/'))).toEqual([]);
  });

  it('would be found out if they led nowhere', () => {
    expect(faultAt('README.md', 'docs/nowhere.md')).toBe('is not there');
    expect(faultAt('README.md', 'docs/protocol.md#no-such-heading')).toBe('has no such heading');
    expect(faultAt('docs/protocol.md', '../../secrets')).toBe('leads out of the repository');
    expect(faultAt('docs/threats.md', '#badges')).toBeUndefined();
    expect(linksIn('[a](b.md) `[c](d.md)` ![e](f.png#g)')).toEqual(['b.md', 'f.png#g']);
    expect(anchorsOf('# A b\n## A b\n```\n# no\n```\n## `c` & d: e')).toEqual(['a-b', 'a-b-1', 'c--d-e']);
  });
});
