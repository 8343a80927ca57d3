import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPageScripts, filesOf } from '../../scripts/bundle/page-scripts.ts';
import { type PageScripts, readPageScripts } from '../pages/page-scripts.ts';

/** The scripts of `/check` and `/claim` as they are shipped, for a server in the test's own process. */
export async function builtScripts(): Promise<PageScripts> {
  const folder = mkdtempSync(join(tmpdir(), 'backpack-scripts-'));
  try {
    for (const [fileName, bytes] of filesOf(await buildPageScripts()))
      writeFileSync(join(folder, fileName), bytes);
    return readPageScripts(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
