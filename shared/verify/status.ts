import { failure, passed } from '../model/check.ts';
import type { JsonObject } from '../model/json.ts';
import { listOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { statusKindOf } from '../status/registry.ts';
import type { VerifyCredential } from '../status/status-kind.ts';

const source = 'OB 3.0 §verification; OB 2.0 §Revocation';

/** Most places that are asked for one badge. */
const maxStatuses = 10;

/** Asks every place that keeps the subject's state. A kind that is not known leaves the verdict open. */
export async function judgeStatus(
  entries: readonly JsonObject[],
  subject: Subject,
  session: Session,
  verifyCredential: VerifyCredential,
): Promise<readonly Check[]> {
  if (entries.length === 0) return [passed('status', 'no-status', source)];
  // Whichever were left out could be the one that says revoked.
  if (entries.length > maxStatuses) {
    const facts = { what: 'status entries', limit: maxStatuses };
    return [failure('limits', 'unsupported', 'beyond-limits', 'ours', facts)];
  }
  const checks: Check[] = [];
  for (const entry of entries) {
    const kind = statusKindOf(entry, subject);
    if (kind === undefined) {
      const type = String(listOf(entry['type'])[0] ?? 'unnamed').slice(0, 100);
      checks.push(failure('status', 'unsupported', 'status-kind-not-supported', source, { kind: type }));
    } else checks.push(...(await kind.check(entry, subject, { session, verifyCredential })));
  }
  return checks;
}
