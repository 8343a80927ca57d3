import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import { verifierAlias } from './verifier-alias.ts';

/** Styles of components are left to the page that they run in. */
export const withoutStyles: Plugin = {
  name: 'without-styles',
  enforce: 'pre',
  resolveId: (id) => (id.endsWith('.css') ? '\0style' : undefined),
  load: (id) => (id === '\0style' ? '' : undefined),
};

/**
 * Builds a script as one plain file that stands alone: one that the background puts into pages, or that a saved file
 * brings along. The extension's own plugin would list it as readable for every page, which could then tell by it who
 * has the extension (threat T63). Styles of its components are left to the page that it runs in.
 */
export function plainScript(entry: string, fileName: string): Plugin {
  return {
    name: 'plain-script',
    async generateBundle() {
      const built = await build({
        configFile: false,
        logLevel: 'warn',
        resolve: { alias: verifierAlias },
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        plugins: [withoutStyles],
        build: {
          write: false,
          target: 'esnext',
          rolldownOptions: { input: resolve(entry), output: { format: 'iife' } },
        },
      });
      const [output] = Array.isArray(built) ? built : [built];
      const chunks = output !== undefined && 'output' in output ? output.output : [];
      const [script, ...others] = chunks;
      if (script?.type !== 'chunk' || others.length > 0) throw new Error(`${entry} is not one file.`);
      this.emitFile({ type: 'asset', fileName, source: script.code });
    },
  };
}
