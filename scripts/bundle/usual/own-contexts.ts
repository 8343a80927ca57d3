import { unusual } from './unusual.ts';

/** Documents with words of their own need the whole verifier. */
export const misleadingName = (): never => unusual();
