import type { Unbaked } from '../../../shared/baking/container.ts';
import { ok, type Result } from '../../../shared/model/result.ts';
import { unusual } from './unusual.ts';

const brace = '{'.charCodeAt(0);
const spaces: readonly (number | undefined)[] = [0x09, 0x0a, 0x0d, 0x20];

/** JSON alone; tokens and pictures need the whole verifier. */
export async function unbake(bytes: Uint8Array): Promise<Result<Unbaked>> {
  let first = 0;
  while (spaces.includes(bytes[first])) first += 1;
  if (bytes[first] !== brace) return unusual();
  return ok({ container: 'json', document: bytes, others: [], checksumBad: false });
}
