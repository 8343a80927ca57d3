let met = 0;

/**
 * Ends a verification that needs a part which the chunk for the usual form does not hold. It is counted as well, for
 * some steps turn a thrown error into a finding of their own.
 */
export function unusual(): never {
  met += 1;
  throw new Error('This needs the whole verifier.');
}

/** How often that happened; when it did during a verification, its answer does not count. */
export function timesUnusual(): number {
  return met;
}
