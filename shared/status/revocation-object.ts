import { textOf } from '../model/bytes.ts';
import { failure, passed, warning } from '../model/check.ts';
import { isJsonObject, type Json, listOf, parseJson, stringOf } from '../model/json.ts';
import type { Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { askList } from './ask-list.ts';
import { judgeEntries, judgeRevocationList, namesIn } from './revocation-list.ts';
import type { StatusKind } from './status-kind.ts';
import { unreadList } from './unread-list.ts';

const source = 'OB 1.1 §Revoking';

/**
 * The list of 1.x in which an issuer takes signed badges back: a JSON object with the `uid` of each as name and the
 * reason as value. Issuers who have moved on serve the list of 2.0 at the same address; a plain list is what some
 * software writes, not least for an object without names. What is named but cannot be had asks `unreachable`.
 * Source: OB 1.1 §Revoking.
 */
export const revocationObject: StatusKind = {
  name: 'RevocationList of 1.x',
  recognises: (entry, { generation }) =>
    entry['type'] === 'RevocationList' && (generation === '1.0' || generation === '1.1'),
  check: async (entry, subject, { session }) => {
    const address = stringOf(entry['id']) ?? '';
    const asked = await askList(address, source, session);
    if (!asked.ok) return [asked.error];
    const { answer, facts } = asked.value;
    const parsed = parseJson(textOf(answer.bytes) ?? '');
    if (!parsed.ok) return [unreadList(parsed.error, source, facts)];
    const isEncrypted = new URL(answer.url).protocol === 'https:';
    return [
      judgeRevocationObject(parsed.value, subject),
      ...(isEncrypted ? [] : [warning('status', 'not-encrypted', source, facts)]),
    ];
  },
};

/** Looks an assertion up by its `uid` and, where it has one, its `id`. */
export function judgeRevocationObject(list: Json, { document }: Pick<Subject, 'document'>): Check {
  const names = namesIn(document);
  if (Array.isArray(list)) return judgeEntries(listOf(list), names, source);
  if (!isJsonObject(list)) return failure('status', 'invalid', 'status-list-bad', source, {});
  if ('revokedAssertions' in list) return judgeRevocationList(list, document);
  // Whoever stands in the list is taken back, with a reason or without; only a plain `false` says otherwise.
  const name = names.find((one) => Object.hasOwn(list, one) && list[one] !== false);
  if (name === undefined) return passed('status', 'not-revoked', source);
  const reason = stringOf(list[name]) ?? '';
  return failure('status', 'revoked', 'has-been-revoked', source, { reason: reason.slice(0, 500) });
}
