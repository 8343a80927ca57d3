import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { bundle } from './verifier-chunks.ts';

/**
 * Builds an entry with all that it imports before anything else sees it. What the builder shares out in chunks between
 * the pages and the background would bring words and views into a background that shows nothing.
 */
export function wholeModule(entry: string, define: Readonly<Record<string, string>>): Plugin {
  const file = resolve(entry);
  return {
    name: 'whole-module',
    apply: 'build',
    enforce: 'pre',
    load: (id) => (id === file ? bundle(file, [], define) : null),
  };
}
