import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Zippable, zipSync } from 'fflate';
import packageJson from '../package.json' with { type: 'json' };
import { build } from './build.ts';

const root = join(import.meta.dirname, '..');
// The earliest time that a zip can hold: the same files give the same bytes on every machine.
const fixedTime = new Date(1980, 0, 1);

/** A zip of a built folder: names sorted, times fixed, so that two builds can be compared byte for byte. */
export function zipOf(folder: string): Uint8Array {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // The bundler's own folder is no part of the extension, and the stores refuse hidden files.
    .filter((path) => !path.slice(folder.length).includes('/.vite/'))
    .sort();
  const entries: Zippable = {};
  for (const path of files)
    entries[path.slice(folder.length + 1)] = [readFileSync(path), { mtime: fixedTime, level: 9 }];
  return zipSync(entries);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await build(['chromium', 'firefox']);
    mkdirSync(join(root, 'dist', 'packages'), { recursive: true });
    for (const browser of ['chromium', 'firefox']) {
      const name = join('dist', 'packages', `backpack-${packageJson.version}-${browser}.zip`);
      const bytes = zipOf(join(root, 'dist', browser));
      writeFileSync(join(root, name), bytes);
      console.log(`${name}  ${(bytes.length / 1024).toFixed(0)} kB`);
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
