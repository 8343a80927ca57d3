import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = import.meta.dirname;

/** Installs what we compare with, once, from a lock of its own. */
export function installPeers(): void {
  if (existsSync(join(folder, 'node_modules', '.package-lock.json'))) return;
  console.log('Installing what we compare with (once) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.status !== 0)
    throw new Error('What we compare with could not be installed; npm says why above.');
}

/** A peer's file on disk. */
export function peerFile(...path: readonly string[]): string {
  return join(folder, 'node_modules', ...path);
}

/** Loads a peer's module from the bench's own folder. */
export async function loadPeer(name: string, entry: string): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(peerFile(name, entry)).href)) as Record<string, unknown>;
}

/** Name and version of what was really loaded. */
export function peerName(name: string): string {
  const text = readFileSync(peerFile(name, 'package.json'), 'utf8');
  return `${name} ${(JSON.parse(text) as { version: string }).version}`;
}
