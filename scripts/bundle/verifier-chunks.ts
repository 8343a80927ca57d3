import { resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import { verifierAlias } from './verifier-alias.ts';

const root = resolve(import.meta.dirname, '..', '..');
const usual = (name: string) => resolve(import.meta.dirname, 'usual', name);

/** What stands in for the registries and for heavy parts in the chunk of the usual form. */
const standIns: Readonly<Record<string, string>> = {
  'shared/baking/registry.ts': usual('baking-registry.ts'),
  'shared/formats/credential-claims.ts': usual('credential-claims.ts'),
  'shared/proofs/json-ld/tell-alike-apart.ts': usual('tell-alike-apart.ts'),
  'shared/proofs/json-ld/own-contexts.ts': usual('own-contexts.ts'),
  'shared/verify/session.ts': usual('session.ts'),
  'shared/formats/registry.ts': usual('formats-registry.ts'),
  'shared/formats/generation.ts': usual('generation.ts'),
  'shared/proofs/registry.ts': usual('proofs-registry.ts'),
  'shared/proofs/proof-chain.ts': usual('proof-chain.ts'),
  'shared/keys/points.ts': usual('points.ts'),
  'shared/keys/other-kinds.ts': usual('other-kinds.ts'),
  'shared/keys/registry.ts': usual('keys-registry.ts'),
  'shared/status/registry.ts': usual('status-registry.ts'),
  'shared/contexts/bundled.ts': usual('bundled-contexts.ts'),
  'shared/proofs/issuer-binding.ts': usual('issuer-binding.ts'),
  'shared/verify/credential-schema.ts': usual('credential-schema.ts'),
  'shared/verify/enveloped.ts': usual('enveloped.ts'),
  'shared/verify/endorsements.ts': usual('endorsements.ts'),
  'shared/verify/good-one-beside.ts': usual('good-one-beside.ts'),
  'shared/verify/parts.ts': usual('parts.ts'),
  'shared/verify/presentation.ts': usual('presentation.ts'),
  'shared/verify/presentation-proof.ts': usual('presentation-proof.ts'),
  'shared/verify/refresh.ts': usual('refresh.ts'),
  'shared/verify/recipient.ts': usual('recipient.ts'),
  'shared/verify/unknown-proof.ts': usual('unknown-proof.ts'),
  'shared/proofs/json-ld/context-shape.ts': usual('context-shape.ts'),
  'shared/proofs/json-ld/load-library.ts': usual('load-library.ts'),
};

const standInPlugin: Plugin = {
  name: 'usual-verifier',
  enforce: 'pre',
  async resolveId(id, importer, options) {
    if (id === '@scure/base') return usual('base.ts');
    if (id.startsWith('@noble/hashes/')) return usual('sha2.ts');
    if (id === '@noble/secp256k1') return usual('secp256k1.ts');
    const found = await this.resolve(id, importer, { ...options, skipSelf: true });
    const name = found?.id.startsWith(root) === true ? found.id.slice(root.length + 1) : '';
    // A stand-in may still take a part of what it stands in for.
    return importer === standIns[name] ? found : (standIns[name] ?? found);
  },
};

/**
 * Chromium (136 and later) compiles every function of a script that begins with this while the script arrives, beside
 * the page; others read a comment. Four of five functions in the chunk run for its first badge, and to compile each
 * when it is called would hold up the page. Not for what is used in small parts: that only arrives later.
 */
const compileAtOnce = '//# allFunctionsCalledOnLoad';

/** The verifier as pages load it: the chunk for the usual form, and the whole with every part. Both are modules. */
export async function buildVerifierChunks(): Promise<{ readonly usual: string; readonly whole: string }> {
  return {
    usual: `${compileAtOnce}\n${await bundle(usual('check.ts'), [standInPlugin])}`,
    whole: await bundle(resolve(root, 'shared', 'verify', 'verify-badge.ts'), []),
  };
}

/** One entry as one minified module, every import in it. */
export async function bundle(
  entry: string,
  plugins: readonly Plugin[] = [],
  define: Readonly<Record<string, string>> = {},
): Promise<string> {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    define: { ...define },
    resolve: { alias: verifierAlias },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [...plugins],
    build: {
      write: false,
      target: 'esnext',
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict', output: { codeSplitting: false } },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  const chunk = outputs.find((output) => output.type === 'chunk' && output.isEntry);
  if (chunk?.type !== 'chunk') throw new Error(`Nothing was built of ${entry}.`);
  return chunk.code;
}
