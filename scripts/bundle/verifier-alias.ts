import { resolve } from 'node:path';

/** What a bundle that holds the verifier has to put in place of packages: `resolve: { alias: verifierAlias }`. */
export const verifierAlias: Readonly<Record<string, string>> = {
  setimmediate: resolve(import.meta.dirname, 'set-immediate.js'),
  'lru-cache': resolve(import.meta.dirname, 'last-used.cjs'),
};
