import { textOf } from '../model/bytes.ts';
import { failure, warning } from '../model/check.ts';
import { hasType, isJsonObject, type JsonObject, listOf, parseJson, stringOf } from '../model/json.ts';
import type { Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { askList } from './ask-list.ts';
import { judgeEntries, namesIn } from './revocation-list.ts';
import type { StatusKind } from './status-kind.ts';
import { unreadList } from './unread-list.ts';

const source = '1EdTech Verifiable Credential Revocation List 1.0';

/**
 * A plain list of revoked credentials at an address of its own. Nothing in it is signed: its address is the issuer's
 * word, so that one which did not come over https says nothing (OB 3.0 §verification asks for TLS).
 */
export const oneEdTechRevocationList: StatusKind = {
  name: '1EdTechRevocationList',
  recognises: (entry) => hasType(entry, '1EdTechRevocationList'),
  check: async (entry, subject, { session }) => {
    const address = stringOf(entry['id']);
    if (address === undefined)
      return [failure('status', 'malformed', 'bad-value', source, { field: 'credentialStatus.id' })];
    const asked = await askList(address, source, session);
    if (!asked.ok) return [asked.error];
    const { answer, facts } = asked.value;
    // Whoever stands on the way could leave a name out of it. To which host the signed address leads on is its own word.
    if (![answer.requested, answer.url].every((url) => url.startsWith('https:')))
      return [failure('status', 'unreachable', 'not-encrypted', source, facts)];
    const parsed = parseJson(textOf(answer.bytes) ?? '');
    // What is no document at all is a server that did not answer, not a list that lies.
    if (!parsed.ok && parsed.error.code === 'malformed-json')
      return [failure('status', 'unreachable', 'status-unreachable', source, facts)];
    if (!parsed.ok) return [unreadList(parsed.error, source, facts)];
    if (!isJsonObject(parsed.value)) return [failure('status', 'invalid', 'status-list-bad', source, facts)];
    return [judgeList(parsed.value, subject), ...strangers(parsed.value, subject)];
  },
};

/** What a list says of itself. No list is written without entries (OB 3.0 §Serialization): then it is these alone. */
const bareMembers = new Set(['@context', 'id', 'type', 'issuer']);

function judgeList(list: JsonObject, { document }: Subject): Check {
  const entries = list['revokedCredential'] ?? undefined;
  const isBare = list['issuer'] !== undefined && Object.keys(list).every((name) => bareMembers.has(name));
  // Whoever names its entries otherwise may have revoked this very badge in words that are not read here.
  if (entries === undefined && !isBare)
    return failure('status', 'invalid', 'status-list-bad', source, { reason: 'revokedCredential' });
  return judgeEntries(listOf(entries), namesIn({ id: document['id'] ?? null }), source);
}

/** A list in another issuer's name is told: whoever reads it must trust both. */
function strangers(list: JsonObject, { document }: Subject): readonly Check[] {
  const nameOf = (value: JsonObject) => {
    const issuer = listOf(value['issuer'])[0];
    return stringOf(isJsonObject(issuer) ? issuer['id'] : issuer);
  };
  const lister = nameOf(list);
  return lister === undefined || lister === nameOf(document)
    ? []
    : [warning('status', 'status-list-other-key', source, { issuer: lister.slice(0, 300) })];
}
