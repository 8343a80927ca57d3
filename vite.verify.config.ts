import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** `dist/verify`: the command-line verifier as one file that needs nothing but Node. */
export default defineConfig({
  ssr: { noExternal: true },
  build: {
    ssr: 'scripts/verify.ts',
    outDir: resolve('dist/verify'),
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: { output: { entryFileNames: 'verify.mjs', codeSplitting: false } },
  },
  clearScreen: false,
  logLevel: 'warn',
});
