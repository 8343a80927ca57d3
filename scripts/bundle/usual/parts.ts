import type { Check } from '../../../shared/model/verdict.ts';
import { unusual } from './unusual.ts';

/** A record of several badges is verified by the whole verifier. */
export async function judgeCarriedParts(parts: readonly unknown[]): Promise<readonly Check[]> {
  return parts.length === 0 ? [] : unusual();
}

export const bytesOfPart = (): never => unusual();
