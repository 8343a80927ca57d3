import { resolve } from 'node:path';
import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vite';
import { type BrowserName, manifestFor } from './manifest.config.ts';
import { plainScript } from './scripts/bundle/plain-script.ts';
import { verifierAlias } from './scripts/bundle/verifier-alias.ts';
import { wholeModule } from './scripts/bundle/whole-module.ts';

const browser: BrowserName = process.env['BROWSER'] === 'firefox' ? 'firefox' : 'chromium';

const defaultServer = process.env['DEFAULT_SERVER'];
// A development build knows the server of `npm start`; one for the stores knows none until the learner names it.
const define = {
  backpackDefaultServer: defaultServer === undefined ? 'undefined' : JSON.stringify(defaultServer),
};

/** The extension, once for each browser: `BROWSER=firefox vite build`. */
export default defineConfig({
  root: 'extension',
  define,
  base: './',
  resolve: { alias: verifierAlias },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [
    wholeModule('extension/background/index.ts', define),
    plainScript('extension/content/read-offers.ts', 'content/read-offers.js'),
    plainScript('extension/archive/checker.tsx', 'archive/check.js'),
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
