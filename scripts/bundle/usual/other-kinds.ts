import { unusual } from './unusual.ts';

/** To name a kind of key that is not used takes the whole verifier. */
export const otherKindOf = (): never => unusual();
