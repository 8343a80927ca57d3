import { parseUrl } from '../model/brands.ts';
import { failure, passed, warning } from '../model/check.ts';
import {
  isJsonObject,
  type Json,
  type JsonObject,
  listOf,
  parseJsonObject,
  stringOf,
} from '../model/json.ts';
import type { Check } from '../model/verdict.ts';
import { askList } from './ask-list.ts';
import type { StatusKind } from './status-kind.ts';
import { unreadList } from './unread-list.ts';

const source = 'OB 2.0 §RevocationList';

/**
 * The list in which an issuer of 2.0 names the signed badges that he took back. Not signed: its address is the
 * issuer's word. What cannot be had asks `unreachable`, what is no such list says nothing and asks `invalid`.
 * Source: OB 2.0 §RevocationList, §SignedBadge.
 */
export const revocationList: StatusKind = {
  name: 'RevocationList',
  recognises: (entry, subject) =>
    entry['type'] === 'RevocationList' && (subject.generation === '2.0' || subject.generation === '2.1'),
  check: async (entry, subject, { session }) => {
    const address = stringOf(entry['id']) ?? '';
    const asked = await askList(address, source, session);
    if (!asked.ok) return [asked.error];
    const { answer, facts } = asked.value;
    const parsed = parseJsonObject(answer.bytes);
    if (!parsed.ok) return [unreadList(parsed.error, source, facts)];
    const answered = judgeRevocationList(parsed.value, subject.document);
    const listed = stringOf(parsed.value['issuer']);
    const other = listed !== undefined && listed !== stringOf(subject.issuer?.['id']);
    const encrypted = new URL(answer.url).protocol === 'https:';
    return [
      answered,
      ...(other ? [warning('status', 'status-list-other-key', source, facts)] : []),
      ...(encrypted ? [] : [warning('status', 'not-encrypted', source, facts)]),
    ];
  },
};

/** Looks an assertion up in a list by its `id` and `uid`. */
export function judgeRevocationList(list: JsonObject, assertion: JsonObject): Check {
  const entries = list['revokedAssertions'];
  if (entries === undefined || entries === null)
    return failure('status', 'invalid', 'status-list-bad', source, {});
  const answered = judgeEntries(listOf(entries), namesIn(assertion), source);
  // What takes a badge back does so under any name; that it does not, only a list of revocations can say.
  const isList = listOf(list['type'] ?? list['@type']).some(isListType);
  return isList || answered.asks === 'revoked'
    ? answered
    : failure('status', 'invalid', 'status-list-bad', source, {});
}

/** The type as a word of the 2.0 context, with its prefix, or as an address. */
function isListType(type: Json): boolean {
  return typeof type === 'string' && /^(?:obi:|https:\/\/w3id\.org\/openbadges#)?RevocationList$/.test(type);
}

/**
 * Looks names up among entries, each a name or an object with one. An entry that names nobody could mean this badge:
 * then the list does not say that it holds.
 */
export function judgeEntries(entries: readonly Json[], names: readonly string[], from: string): Check {
  const entry = entries.find((one) => isRevoking(one) && namesIn(one).some((name) => names.includes(name)));
  if (entry !== undefined) {
    const reason = isJsonObject(entry) ? (stringOf(entry['revocationReason']) ?? '') : '';
    return failure('status', 'revoked', 'has-been-revoked', from, { reason: reason.slice(0, 500) });
  }
  return entries.every((one) => namesIn(one).length > 0)
    ? passed('status', 'not-revoked', from)
    : failure('status', 'invalid', 'status-list-bad', from, {});
}

function isRevoking(entry: Json): boolean {
  return !isJsonObject(entry) || entry['revoked'] !== false;
}

/** By what an assertion or an entry is called, as it is written and as every other spelling of it reads. */
export function namesIn(entry: Json): readonly string[] {
  const { id, '@id': alias, uid } = isJsonObject(entry) ? entry : { id: entry };
  return [id, alias, typeof uid === 'number' ? String(uid) : uid].flatMap((name) => {
    const written = typeof name === 'string' ? name.trim() : '';
    if (written === '') return [];
    return [...new Set([written, usualSpelling(written)])];
  });
}

/** A UUID means the same in either case, and so does the host of an address. Sources: RFC 9562 §4, RFC 3986 §6.2.2. */
function usualSpelling(name: string): string {
  if (/^urn:uuid:/i.test(name)) return name.toLowerCase();
  const address = parseUrl(name);
  return address.ok ? address.value : name;
}
