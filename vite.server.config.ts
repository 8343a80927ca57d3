import { resolve } from 'node:path';
import { defineConfig } from 'vite';
import { pageScripts } from './scripts/bundle/page-scripts.ts';

/** The companion server with its pages, for Node 24; dependencies stay in node_modules. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [pageScripts()],
  build: {
    ssr: 'companion-server/main.ts',
    outDir: resolve('dist/server'),
    emptyOutDir: true,
    target: 'node24',
  },
  clearScreen: false,
  logLevel: 'warn',
});
