import { resolve } from 'node:path';
import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import { type BrowserName, manifestFor } from './manifest.config.ts';

const browser: BrowserName = process.env['BROWSER'] === 'firefox' ? 'firefox' : 'chromium';

/** The extension, once for each browser: `BROWSER=firefox vite build`. */
export default defineConfig({
  root: 'extension',
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [
    crx({
      manifest: manifestFor(browser) as unknown as Parameters<typeof crx>[0]['manifest'],
      browser: browser === 'firefox' ? 'firefox' : 'chrome',
    }),
  ],
  build: {
    outDir: resolve('dist', browser),
    emptyOutDir: true,
    // Older targets rewrite light-dark() into variables that Firefox 130 does not need.
    target: 'esnext',
    modulePreload: false,
  },
  clearScreen: false,
  logLevel: 'warn',
});
