import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Every script that a built page loads by itself: its own and what those import; `import()` waits for a press there. */
export function scriptsOf(folder: string, page: string): readonly string[] {
  const html = readFileSync(join(folder, page), 'utf8');
  const first = [...html.matchAll(/<script[^>]+src="([^"]+)"/g)].map((match) =>
    resolve(folder, dirname(page), match[1]?.startsWith('/') ? `.${match[1]}` : (match[1] ?? '')),
  );
  return scriptsFrom(folder, first);
}

/** The scripts and all that they import. */
export function scriptsFrom(folder: string, first: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const queue = [...first];
  for (const file of queue) {
    const path = existsSync(file) ? file : join(folder, relative('/', file));
    if (found.has(path) || !existsSync(path)) continue;
    found.add(path);
    const text = readFileSync(path, 'utf8');
    for (const match of text.matchAll(/(?:from|import)\s*["'`](\.[^"'`]+\.js)["'`]/g))
      queue.push(resolve(dirname(path), match[1] ?? ''));
  }
  return [...found];
}
