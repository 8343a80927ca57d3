export { isPlainIri } from '../../../shared/proofs/json-ld/context-shape.ts';

/** The contexts of this chunk are two, and tests hold both against the real question. */
export const isPlainContext = (context: unknown): boolean => context !== undefined;
