import type { Format } from '../../../shared/formats/format.ts';
import { openBadges3 } from '../../../shared/formats/ob-3.ts';
import type { Generation } from '../../../shared/model/badge.ts';
import { unusual } from './unusual.ts';

/** Credentials of 3.0; other generations need the whole verifier. */
export function formatOf(generation: Generation): Format {
  return openBadges3.generations.includes(generation) ? openBadges3 : unusual();
}
