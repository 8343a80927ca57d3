import { chmodSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** `dist/verify`: the command-line verifier as one file that needs nothing but Node, ready to be published. */
export default defineConfig({
  ssr: { noExternal: true },
  plugins: [packageFiles()],
  build: {
    ssr: 'scripts/verify.ts',
    outDir: resolve('dist/verify'),
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      output: { entryFileNames: 'verify.mjs', codeSplitting: false, banner: '#!/usr/bin/env node' },
    },
  },
  clearScreen: false,
  logLevel: 'warn',
});

/** What a published package has beside its one file. */
function packageFiles(): Plugin {
  return {
    name: 'package-files',
    generateBundle() {
      const { version, license } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>;
      const manifest = {
        name: 'backpack-verify',
        version,
        description: 'Verifies one Open Badge of any generation and says why',
        license,
        type: 'module',
        bin: { 'backpack-verify': 'verify.mjs' },
        files: ['verify.mjs'],
        engines: { node: '>=20.19' },
      };
      const emit = (fileName: string, source: string) => this.emitFile({ type: 'asset', fileName, source });
      emit('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
      emit('README.md', readFileSync('docs/verify.md', 'utf8'));
      emit('LICENSE', readFileSync('LICENSE', 'utf8'));
    },
    writeBundle() {
      chmodSync(resolve('dist/verify/verify.mjs'), 0o755);
    },
  };
}
