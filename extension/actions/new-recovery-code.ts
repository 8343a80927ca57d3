import type { Random } from '../../shared/model/effects.ts';
import {
  groupMatches,
  groupsToTypeBack,
  newRecoverySecret,
  recoveryCodeOf,
} from '../../shared/sync/recovery-code.ts';

/** A code that was just made, and which two of its groups the learner types back. Nothing is kept or sent yet. */
export type NewRecoveryCode = { readonly code: string; readonly groups: readonly [number, number] };

/** Makes a fresh recovery code for the page to show. */
export function newRecoveryCode(random: Random): NewRecoveryCode {
  return { code: recoveryCodeOf(newRecoverySecret(random)), groups: groupsToTypeBack(random) };
}

/** True when both groups were typed back as the code has them, in the order in which they were asked for. */
export function isTypedBack(made: NewRecoveryCode, typed: readonly string[]): boolean {
  return made.groups.every((group, index) => groupMatches(made.code, group, typed[index] ?? ''));
}
