import { unusual } from './unusual.ts';

/** What to say of a proof that no suite recognises takes the whole verifier. */
export const judgeUnknownProof = (): never => unusual();
