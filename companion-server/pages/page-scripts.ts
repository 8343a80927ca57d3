import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asset } from './asset.ts';

/** The built scripts of the pages that have any, by file name; `check`: the name of the one that `/check` begins with. */
export type PageScripts = {
  readonly check: string | undefined;
  readonly files: ReadonlyMap<string, Asset>;
};

export const noScripts: PageScripts = { check: undefined, files: new Map() };

/** Reads what the build has put beside the server, each file with its zipped twin; none where nothing was built. */
export function readPageScripts(folder: string): PageScripts {
  if (!existsSync(folder)) return noScripts;
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
  const files = names.map((name): [string, Asset] => [
    name,
    { mediaType: 'text/javascript; charset=utf-8', plain: read(name), zipped: read(`${name}.gz`) },
  ]);
  return { check: names.find((name) => name.startsWith('check-')), files: new Map(files) };
}
