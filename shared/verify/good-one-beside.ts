import { contentOf } from '../baking/content.ts';
import type { Sha256 } from '../model/brands.ts';
import { warning } from '../model/check.ts';
import type { Session } from '../model/session.ts';
import { openAddress, openBytes, type Refused, type Unwrapped, unwrapped } from './open-badge.ts';
import type { SubjectVerification } from './verify-subject.ts';

export type Verified = {
  readonly opened: Unwrapped | Refused;
  readonly verified: SubjectVerification;
  readonly ownHash: Sha256 | undefined;
};

/** Most further badges of one picture that are tried where the first does not pass. */
const maxBeside = 3;

/**
 * A picture that was baked twice holds an older badge beside the newer one. Where the newest does not pass, the next
 * that does is the badge, and it is told; where none does, the newest stays what is judged.
 * Source: OB 3.0 §Baked Badge; OB 2.0 Baking (one badge a picture).
 */
export async function goodOneBeside(
  { opened, verified }: Verified,
  session: Session,
  verify: (opened: Unwrapped) => Promise<Verified>,
): Promise<Verified | undefined> {
  if ('refusal' in opened || opened.others === undefined) return undefined;
  if (verified.checks.every((check) => check.asks === undefined)) return undefined;
  for (const bytes of opened.others.slice(0, maxBeside)) {
    const content = contentOf(bytes);
    const beside =
      content?.kind === 'address'
        ? await openAddress(content.reference, session, false)
        : await openBytes(bytes, undefined, session, false);
    const other = unwrapped(beside);
    if ('refusal' in other) continue;
    const told = warning('form', 'older-bake-used', 'OB 3.0 §Baked Badge');
    const { original, container } = opened;
    const tried = await verify({ ...other, original, container, notes: [...other.notes, told] });
    if (tried.verified.checks.every((check) => check.asks === undefined)) return tried;
  }
  return undefined;
}
