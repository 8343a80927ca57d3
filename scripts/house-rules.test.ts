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
  ['shared/verify/engine-probe.ts', 'dexie', 'jose'],
  ['shared/verify/node-probe.ts', 'node:fs', 'jose'],
  ['extension/content/probe.ts', '../store/database.ts', '../../shared/model/result.ts'],
  ['extension/store/probe.ts', '../actions/claim-badge.ts', '../../shared/model/result.ts'],
  ['extension/unlockers/probe.ts', '../popup/main.tsx', '../store/database.ts'],
  ['extension/actions/probe.ts', 'webextension-polyfill', '../store/database.ts'],
  ['extension/archive/probe.ts', '../actions/claim-badge.ts', '../../shared/verify/verify-badge.ts'],
  ['extension/background/probe.ts', '../popup/main.tsx', '../actions/claim-badge.ts'],
  ['extension/popup/probe.ts', '../../shared/verify/verify-badge.ts', '../../shared/views/badge-view.ts'],
  ['extension/backpack/probe.ts', '../background/index.ts', '../actions/claim-badge.ts'],
  ['companion-server/routes/probe.ts', 'kysely', '../use-cases/push-commit.ts'],
  ['companion-server/use-cases/probe.ts', 'hono', '../storage/storage.ts'],
  ['companion-server/storage/probe.ts', '../routes/registry.ts', 'kysely'],
  ['companion-server/pages/probe.ts', '../use-cases/push-commit.ts', '../../shared/views/badge-view.ts'],
  ['companion-server/outbound/probe.ts', '../storage/storage.ts', 'undici'],
  ['e2e/probe.ts', '../extension/store/database.ts', '../shared/testing/build-badge.ts'],
];

function importing(source: string): string {
  return `import * as probe from '${source}';\n\nexport const kept = probe;\n`;
}

/** What Biome says of one file with this content, in the scratch copy. */
function lint(file: string, content: string): { readonly refused: boolean; readonly said: string } {
  const path = join(copy, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const result = spawnSync(
    process.execPath,
    [join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome'), 'lint', file],
    { cwd: copy, encoding: 'utf8' },
  );
  rmSync(path);
  return { refused: result.status !== 0, said: `${result.stdout}${result.stderr}` };
}

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'backpack-rules-'));
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(join(copy, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }));
  cpSync(join(root, 'scripts', 'lint'), join(copy, 'scripts', 'lint'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('the import table holds', () => {
  it.each(rows)('%s may not import %s, but %s', (file, forbidden, allowed) => {
    const refused = lint(file, importing(forbidden));
    expect(refused.refused, refused.said).toBe(true);
    expect(refused.said).toContain('noRestrictedImports');
    const taken = lint(file, importing(allowed));
    expect(taken.said).not.toContain('noRestrictedImports');
  });

  it.each(['Date.now()', 'new Date()', 'Math.random()'])('the domain may not call %s', (call) => {
    expect(lint('shared/verify/probe.ts', `export const probe = ${call};\n`).said).toContain(
      'handed its clock',
    );
    expect(lint('extension/effects-probe.ts', `export const probe = ${call};\n`).said).not.toContain(
      'handed its clock',
    );
  });

  it.each(['globalThis', 'fetch', 'document', 'process'])('the domain may not reach for %s', (name) => {
    expect(lint('shared/verify/probe.ts', `export const probe = ${name};\n`).refused).toBe(true);
    expect(lint('extension/probe.ts', `export const probe = ${name};\n`).said).not.toContain(
      'noRestrictedGlobals',
    );
  });
});
