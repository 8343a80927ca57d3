import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
let copy = '';

// One forbidden line for each row of the house's import table, and one that the same file may have.
const rows: readonly (readonly [file: string, forbidden: string, allowed: string])[] = [
  ['shared/model/probe.ts', '../verify/verify-badge.ts', './result.ts'],
  ['shared/formats/probe.ts', '../keys/did-key.ts', '../model/result.ts'],
  ['shared/baking/probe.ts', '../formats/registry.ts', '../model/result.ts'],
  ['shared/keys/probe.ts', '../proofs/registry.ts', '../model/result.ts'],
  ['shared/status/probe.ts', '../proofs/registry.ts', '../model/result.ts'],
  ['shared/proofs/probe.ts', '../formats/registry.ts', '../keys/registry.ts'],
  ['shared/verify/probe.ts', '../sync/merge.ts', '../proofs/registry.ts'],
  ['shared/offers/probe.ts', '../views/badge-view.ts', '../verify/verify-badge.ts'],
  ['shared/sync/probe.ts', '../verify/verify-badge.ts', '../model/result.ts'],
  ['shared/protocol/probe.ts', '../formats/registry.ts', '../sync/merge.ts'],
  ['shared/publish/probe.ts', '../verify/verify-badge.ts', '../sync/merge.ts'],
  ['shared/archive/probe.ts', '../verify/verify-badge.ts', '../sync/merge.ts'],
  ['shared/views/probe.ts', '../verify/verify-badge.ts', '../messages/en.ts'],
  ['shared/components/probe.ts', 'preact/hooks', '../views/badge-view.ts'],
  ['shared/messages/probe.ts', '../views/badge-view.ts', '../model/errors.ts'],
  ['shared/verify/engine-probe.ts', 'kysely', 'jose'],
  ['shared/verify/node-probe.ts', 'node:fs', 'jose'],
  ['extension/content/probe.ts', '../store/database.ts', '../../shared/model/result.ts'],
  ['extension/store/probe.ts', '../actions/claim-badge.ts', '../../shared/model/result.ts'],
  ['extension/unlockers/probe.ts', '../popup/main.tsx', '../store/database.ts'],
  ['extension/actions/probe.ts', '../browser.ts', '../store/database.ts'],
  ['extension/archive/probe.ts', '../actions/claim-badge.ts', '../../shared/verify/verify-badge.ts'],
  ['extension/background/probe.ts', '../popup/main.tsx', '../actions/claim-badge.ts'],
  ['extension/popup/probe.ts', '../../shared/verify/verify-badge.ts', '../../shared/views/badge-view.ts'],
  ['extension/backpack/probe.ts', '../background/index.ts', '../actions/claim-badge.ts'],
  ['companion-server/routes/probe.ts', 'kysely', '../use-cases/push-commit.ts'],
  ['companion-server/use-cases/probe.ts', 'kysely', '../storage/storage.ts'],
  ['companion-server/storage/probe.ts', '../routes/registry.ts', 'kysely'],
  ['companion-server/pages/probe.ts', '../use-cases/push-commit.ts', '../../shared/views/badge-view.ts'],
  ['companion-server/check/probe.ts', '../use-cases/publish.ts', '../../shared/verify/verify-badge.ts'],
  ['companion-server/outbound/probe.ts', '../storage/storage.ts', 'undici'],
  ['e2e/probe.ts', '../extension/store/database.ts', '../shared/testing/build-badge.ts'],
];

function importing(source: string): string {
  return `import * as probe from '${source}';\n\nexport const kept = probe;\n`;
}

/** The lines that the house forbids, and their twins elsewhere: one file each, all read by Biome in one run. */
const files: Record<string, string> = {};

function probe(file: string, content: string): string {
  const path = file.replace('probe', `probe-${Object.keys(files).length}`);
  files[path] = content;
  return path;
}

const imports = rows.map(([file, forbidden, allowed]) => ({
  title: `${file} may not import ${forbidden}, but ${allowed}`,
  refused: probe(file, importing(forbidden)),
  taken: probe(file, importing(allowed)),
}));
const calls = ['Date.now()', 'new Date()', 'Math.random()'].map((call) => ({
  title: `the domain may not call ${call}`,
  refused: probe('shared/verify/probe.ts', `export const probe = ${call};\n`),
  taken: probe('extension/probe.ts', `export const probe = ${call};\n`),
}));
const names = ['globalThis', 'fetch', 'document', 'process'].map((name) => ({
  title: `the domain may not reach for ${name}`,
  refused: probe('shared/verify/probe.ts', `export const probe = ${name};\n`),
  taken: probe('extension/probe.ts', `export const probe = ${name};\n`),
}));

type Finding = {
  readonly severity: string;
  readonly category: string;
  readonly message: string;
  readonly location: { readonly path: string };
};
let findings: readonly Finding[] = [];

/** What Biome says of one of the files. */
const saidOf = (file: string): readonly Finding[] =>
  findings.filter(({ location }) => location.path === file);

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'backpack-rules-'));
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(copy, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }));
  cpSync(join(root, 'scripts', 'lint'), join(copy, 'scripts', 'lint'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), content);
  }
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const { stdout } = spawnSync(
    process.execPath,
    [
      biome,
      'lint',
      '--reporter=json',
      '--max-diagnostics=none',
      'shared',
      'extension',
      'companion-server',
      'e2e',
    ],
    { cwd: copy, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 },
  );
  findings = (JSON.parse(stdout) as { readonly diagnostics: readonly Finding[] }).diagnostics;
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('the import table holds', () => {
  it.each(imports)('$title', ({ refused, taken }) => {
    const isImport = ({ category }: Finding): boolean => category === 'lint/style/noRestrictedImports';
    expect(saidOf(refused).filter(isImport)).toMatchObject([{ severity: 'error' }]);
    expect(saidOf(taken).filter(isImport)).toEqual([]);
  });

  it.each(calls)('$title', ({ refused, taken }) => {
    const isOfEffects = ({ message }: Finding): boolean => message.includes('handed its clock');
    expect(saidOf(refused).filter(isOfEffects)).toMatchObject([{ severity: 'error' }]);
    expect(saidOf(taken).filter(isOfEffects)).toEqual([]);
  });

  it.each(names)('$title', ({ refused, taken }) => {
    const isGlobal = ({ category }: Finding): boolean => category === 'lint/style/noRestrictedGlobals';
    expect(saidOf(refused).filter(isGlobal)).toMatchObject([{ severity: 'error' }]);
    expect(saidOf(taken).filter(isGlobal)).toEqual([]);
  });
});
