import type * as library from '../../../shared/proofs/json-ld/library.ts';
import { unusual } from './unusual.ts';

/** Documents of an unusual form need the whole verifier. */
export async function loadLibrary(): Promise<typeof library> {
  return unusual();
}
