import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installOnce } from '../install-once.ts';

const folder = import.meta.dirname;

/** Installs what we compare with, once, from a lock of its own. */
export function installPeers(): void {
  installOnce(folder, 'what we compare with');
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
