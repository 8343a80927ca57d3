import { unusual } from './unusual.ts';

/** A state that must be asked for takes another credential, so the whole verifier. */
export const statusKindOf = (): never => unusual();
