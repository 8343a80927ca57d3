import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { pageScripts } from './scripts/bundle/page-scripts.ts';

/** What runs in a thread of its own is a file beside the program, which it finds there by its name. */
const threads: Plugin = {
  name: 'threads',
  buildStart() {
    this.emitFile({
      type: 'chunk',
      id: resolve('companion-server/storage/checkpoint-thread.ts'),
      fileName: 'checkpoint-thread.js',
    });
  },
};

/** The companion server with its pages, for Node 24; dependencies stay in node_modules. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [pageScripts(), threads],
  build: {
    ssr: 'companion-server/main.ts',
    outDir: resolve('dist/server'),
    emptyOutDir: true,
    target: 'node24',
  },
  clearScreen: false,
  logLevel: 'warn',
});
