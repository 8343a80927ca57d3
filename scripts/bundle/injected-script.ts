import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';

/**
 * Builds a script that the background puts into pages as one plain file. The extension's own plugin would list it as
 * readable for every page, which could then tell by it who has the extension (threat T63).
 */
export function injectedScript(entry: string, fileName: string): Plugin {
  return {
    name: 'injected-script',
    async generateBundle() {
      const built = await build({
        configFile: false,
        logLevel: 'warn',
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
