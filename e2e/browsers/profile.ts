import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** An empty folder for one browser's profile, and its removal. */
export async function makeProfile(): Promise<{
  readonly path: string;
  readonly remove: () => Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'backpack-profile-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Where the builds lie: `dist`, or the folder that `BACKPACK_DIST` names. */
export const builds = process.env['BACKPACK_DIST'] ?? join(import.meta.dirname, '..', '..', 'dist');

/** Where the built extension for a browser lies. */
export function builtExtension(name: 'chromium' | 'firefox'): string {
  return join(builds, name);
}
