import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { withoutStyles } from './plain-script.ts';
import { buildVerifierChunks, bundle } from './verifier-chunks.ts';

const root = resolve(import.meta.dirname, '..', '..');

/** A built script under a name made of its content, so that it may be kept for ever. */
export type BuiltScript = { readonly name: string; readonly fileName: string; readonly code: string };

/**
 * The scripts of the server's pages: what `/check` begins with, and what it loads on demand: the two parts of the
 * verifier, and what finds pictures.
 */
export async function buildPageScripts(): Promise<readonly BuiltScript[]> {
  const { usual, whole } = await buildVerifierChunks();
  const picture = await bundle(resolve(root, 'shared', 'verify', 'picture.ts'));
  const parts = [named('usual', usual), named('whole', whole), named('picture', picture)];
  const paths = parts.map(({ name, fileName }) => [`${name}Script`, JSON.stringify(`/assets/${fileName}`)]);
  const entry = resolve(root, 'companion-server', 'check', 'main.tsx');
  const check = await bundle(entry, [withoutStyles], Object.fromEntries(paths));
  return [named('check', check), ...parts];
}

/** What the server reads of them: each as it is, and zipped. */
export function filesOf(scripts: readonly BuiltScript[]): readonly (readonly [string, Uint8Array])[] {
  return scripts.flatMap(({ fileName, code }) => {
    const plain = Buffer.from(code);
    return [[fileName, plain] as const, [`${fileName}.gz`, gzipSync(plain, { level: 9 })] as const];
  });
}

/** Puts them beside the built server. */
export function pageScripts(): Plugin {
  return {
    name: 'page-scripts',
    async generateBundle() {
      for (const [fileName, source] of filesOf(await buildPageScripts()))
        this.emitFile({ type: 'asset', fileName: `assets/${fileName}`, source });
    },
  };
}

function named(name: string, code: string): BuiltScript {
  const hash = createHash('sha256').update(code).digest('base64url').slice(0, 22);
  return { name, fileName: `${name}-${hash}.js`, code };
}
