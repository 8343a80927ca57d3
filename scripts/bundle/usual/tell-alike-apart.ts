/** Nodes that look alike need the whole verifier. */
export const nameAlike = (): boolean => false;
