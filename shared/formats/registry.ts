import type { Generation } from '../model/badge.ts';
import { clr2 } from './clr-2.ts';
import type { Format } from './format.ts';
import { openBadges05 } from './ob-0.5.ts';
import { openBadges1 } from './ob-1.ts';
import { openBadges2 } from './ob-2.ts';
import { openBadges3 } from './ob-3.ts';
import { plainCredential } from './vc-2.ts';

/** Every generation that can be read. */
export const formats: readonly Format[] = [
  openBadges05,
  openBadges1,
  openBadges2,
  openBadges3,
  clr2,
  plainCredential,
];

/** The format of a generation; `undefined` for one that cannot be read yet. */
export function formatOf(generation: Generation): Format | undefined {
  return formats.find((format) => format.generations.includes(generation));
}
