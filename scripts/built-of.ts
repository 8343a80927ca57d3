import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type BuildName = 'chromium' | 'firefox' | 'server' | 'verify';

const root = join(import.meta.dirname, '..');
const everybodys = ['shared/**', 'package.json', 'package-lock.json'];
const extension = [
  ...everybodys,
  'extension/**',
  'scripts/bundle/**',
  'manifest.config.ts',
  'vite.config.ts',
];
/** What each build is made of; tests and what they alone use are no part of it. */
const sourcesOf: Record<BuildName, readonly string[]> = {
  chromium: extension,
  firefox: extension,
  server: [...everybodys, 'companion-server/**', 'scripts/bundle/**', 'vite.server.config.ts'],
  verify: [...everybodys, 'scripts/verify{.ts,/**}', 'docs/verify.md', 'LICENSE', 'vite.verify.config.ts'],
};
const ofTests = ['**/*.test.{ts,tsx}', '**/testing/**'];

/** One text for the names and contents of all that a build is made of. `folder`: the tree that it is made in. */
export function sourcesHash(name: BuildName, folder: string = root): string {
  const hash = createHash('sha256');
  const entries = globSync(sourcesOf[name], { cwd: folder, exclude: ofTests, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    const bytes = readFileSync(file);
    hash.update(`${file.slice(folder.length)}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

/** Forgets what a build was made of, before it is made; what is given back notes what it is made of, once it is. */
export function noting(name: BuildName, folder: string = root): () => void {
  const note = noteOf(name, folder);
  const hash = sourcesHash(name, folder);
  rmSync(note, { force: true });
  return () => writeFileSync(note, hash);
}

/** Throws one sentence where a build is not there, or was made of other sources than those there are now. */
export function refuseOldBuilds(names: readonly BuildName[], folder: string = root): void {
  const old = names.filter((name) => {
    const note = noteOf(name, folder);
    return !existsSync(note) || readFileSync(note, 'utf8') !== sourcesHash(name, folder);
  });
  if (old.length === 0) return;
  const builds = old.map((name) => `dist/${name}`).join(', ');
  throw new Error(
    `Not built of the sources as they are: ${builds}. Run \`node scripts/build.ts ${old.join(' ')}\` first.`,
  );
}

/** Beside the build, which is packaged whole. */
function noteOf(name: BuildName, folder: string): string {
  return join(folder, 'dist', `${name}.sources`);
}
