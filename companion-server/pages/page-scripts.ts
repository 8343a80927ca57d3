import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

export type PageScript = {
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly zipped: Uint8Array<ArrayBuffer>;
};

/** The built scripts of the pages that have any, by file name; `check`: the name of the one that `/check` begins with. */
export type PageScripts = {
  readonly check: string | undefined;
  readonly files: ReadonlyMap<string, PageScript>;
};

export const noScripts: PageScripts = { check: undefined, files: new Map() };

/** Reads what the build has put beside the server; none where nothing was built. */
export function readPageScripts(folder: string): PageScripts {
  if (!existsSync(folder)) return noScripts;
  const names = readdirSync(folder).filter((name) => name.endsWith('.js'));
  const files = new Map(
    names.map((name): [string, PageScript] => {
      const plain = new Uint8Array(readFileSync(join(folder, name)));
      return [name, { plain, zipped: new Uint8Array(gzipSync(plain, { level: 9 })) }];
    }),
  );
  return { check: names.find((name) => name.startsWith('check-')), files };
}
