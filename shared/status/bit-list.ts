import { bytesOfBase64Url, bytesOfLooseBase64 } from '../model/bytes.ts';
import { failure, passed, warning } from '../model/check.ts';
import type { Facts } from '../model/errors.ts';
import { inflateBounded } from '../model/inflate.ts';
import { hasType, isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { askList } from './ask-list.ts';
import type { StatusDeps, StatusKind } from './status-kind.ts';

/** Entries below which a list may tell who is meant; the DCC's hold 100,000 (conformance rule 7). */
export const minEntries = 131_072;
/** Largest list after decompression: 128 million entries. */
const maxListBytes = 16 * 1024 * 1024;
const maxStatusSize = 32;
/** Most messages of one entry or list that are read. */
const maxMessages = 256;
/** The forms of credentials that a list may come in. */
const accepted = 'application/vc, application/vc+jwt, application/json;q=0.9, */*;q=0.1';

/** What one generation of bit lists calls its parts. */
export type BitListWords = {
  /** type of the entry in the badge */
  readonly entry: string;
  /** type of the list's credential, and of its subject */
  readonly credential: string;
  readonly list: string;
  /** names of the entry's place in the list, and of the list's address */
  readonly index: string;
  readonly address: string;
  /** the purpose of every entry and list that does not say one */
  readonly purpose?: string;
  /** `encodedList` is multibase; what comes without the prefix is read and told */
  readonly multibase: boolean;
  /** The draft does not say which end of a byte comes first, and software of its time took the right one. */
  readonly eitherOrder?: boolean;
  readonly source: string;
};

/**
 * One or more bits in a signed, compressed list at an address of its own. The list is verified as a credential first,
 * with its proof, keys and time: a list that does not hold says nothing, and nothing said is never `valid`.
 * Source: Bitstring Status List 1.0, and its two drafts.
 */
export function bitList(words: BitListWords): StatusKind {
  return {
    name: words.entry,
    recognises: (entry) => hasType(entry, words.entry),
    check: async (value, subject, deps) => {
      const entry = entryOf(value, words);
      if (entry === undefined)
        return [failure('status', 'malformed', 'bad-value', words.source, { field: 'credentialStatus' })];
      const list = await readList(entry, words, deps);
      const checks = 'refusal' in list ? [list.refusal] : await judgeEntry(entry, list, words, subject);
      return decides(entry.purpose) ? checks : checks.map(toldOnly);
    },
  };
}

function decides(purpose: string): boolean {
  return purpose === 'revocation' || purpose === 'suspension';
}

/** A list of news that does not hold is told; it has no say in the verdict (BSL §2.3). */
function toldOnly(check: Check): Check {
  return check.asks === undefined
    ? check
    : warning(check.check, check.detail.code, check.source, check.detail.facts);
}

type Entry = {
  readonly purpose: string;
  readonly index: number;
  readonly size: number;
  readonly address: string;
  readonly messages: Json | undefined;
};

/** Source: BSL §2.1; the index is a string of digits there, a number occurs. */
function entryOf(value: JsonObject, words: BitListWords): Entry | undefined {
  const { statusSize, statusMessage } = value;
  const purpose = value['statusPurpose'] ?? words.purpose;
  const index = value[words.index];
  const address = value[words.address];
  const digits = typeof index === 'number' ? String(index) : index;
  if (typeof purpose !== 'string' || typeof address !== 'string') return undefined;
  if (typeof digits !== 'string' || !/^\d{1,300}$/.test(digits)) return undefined;
  const size = statusSize === undefined ? 1 : statusSize;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > maxStatusSize)
    return undefined;
  return { purpose, index: Number(digits), size, address, messages: statusMessage };
}

type List = {
  readonly credential: JsonObject;
  readonly subject: JsonObject;
  readonly address: string;
  /** a document or an identifier says that its issuer signed it */
  readonly isConfirmed: boolean;
};

async function readList(
  entry: Entry,
  words: BitListWords,
  deps: StatusDeps,
): Promise<List | { readonly refusal: Check }> {
  const { address } = entry;
  const { source } = words;
  const asked = await askList(address, source, deps.session, accepted);
  if (!asked.ok) return { refusal: asked.error };
  const { answer, facts } = asked.value;
  const { verdict, subject, issuerProof } = await deps.verifyCredential(answer.bytes);
  const bad = (reason: string) => ({
    refusal: failure('status', 'invalid', 'status-list-bad', source, { ...facts, reason }),
  });
  // What is no document at all is a server that did not answer, not a list that lies.
  if (verdict.reason === 'not-json')
    return { refusal: failure('status', 'unreachable', 'status-unreachable', source, facts) };
  if (verdict.outcome === 'unreachable' || verdict.outcome === 'unsupported')
    return {
      refusal: failure('status', verdict.outcome, 'status-unreachable', source, {
        ...facts,
        reason: verdict.reason,
      }),
    };
  if (verdict.outcome !== 'valid' || subject === undefined) return bad(verdict.reason);
  const inner = listOf(subject.document['credentialSubject'])[0];
  if (!hasType(subject.document, words.credential) || !isJsonObject(inner)) return bad('wrong-type');
  if (!hasType(inner, words.list)) return bad('wrong-type');
  // A list for one purpose says nothing for another (BSL §3.2 step 8).
  if (!listOf(inner['statusPurpose'] ?? words.purpose).includes(entry.purpose)) return bad('statusPurpose');
  const size = inner['statusSize'];
  if (size !== undefined && size !== entry.size) return bad('statusSize');
  const isConfirmed = issuerProof.kind === 'host' || issuerProof.kind === 'key';
  // Anybody can sign in the issuer's name, and on an open way put his list in the place of the issuer's.
  if (!isConfirmed && ![answer.requested, answer.url].every((url) => url.startsWith('https:')))
    return { refusal: failure('status', 'unreachable', 'status-list-not-confirmed', source, facts) };
  return { credential: subject.document, subject: inner, address, isConfirmed };
}

async function judgeEntry(
  entry: Entry,
  list: List,
  words: BitListWords,
  badge: Subject,
): Promise<readonly Check[]> {
  const { source } = words;
  const encoded = stringOf(list.subject['encodedList']) ?? '';
  const isMultibase = words.multibase && encoded.startsWith('u');
  const text = isMultibase ? encoded.slice(1) : encoded;
  const strict = bytesOfBase64Url(text);
  const packed = strict ?? bytesOfLooseBase64(text);
  const inflated = packed === undefined ? undefined : await inflateBounded(packed, 'gzip', maxListBytes);
  if (inflated === undefined || !inflated.ok)
    return [
      inflated?.why === 'too-large'
        ? failure('limits', 'unsupported', 'beyond-limits', source, { what: 'status list' })
        : failure('status', 'invalid', 'status-list-bad', source, { reason: 'encodedList' }),
    ];
  const { bytes: bits } = inflated;
  const entries = Math.floor((bits.length * 8) / entry.size);
  if (entry.index >= entries)
    return [
      failure('status', 'invalid', 'status-index-out-of-range', source, { index: entry.index, entries }),
    ];
  const value = valueAt(bits, entry.index * entry.size, entry.size);
  // What only the other reading calls revoked is not known to hold.
  if (words.eitherOrder === true && value === 0 && valueAt(bits, entry.index ^ 7, 1) === 1)
    return [failure('status', 'unsupported', 'status-order-unclear', source, { index: entry.index })];
  return [
    judgeValue(entry, value, list, source),
    ...unsaid(entry, list, source),
    ...looseness(entries, strict !== undefined && isMultibase === words.multibase, list, badge, source),
  ];
}

/** Of entries of several bits, badge or list has to say what each of their values means. Source: BSL §2.1. */
function unsaid({ size, messages }: Entry, list: List, source: string): readonly Check[] {
  const said = listOf(messages ?? list.subject['statusMessages'] ?? list.subject['statusMessage']);
  return size === 1 || said.length === 2 ** size
    ? []
    : [warning('status', 'field-loose', source, { field: 'statusMessage' })];
}

/** The bits of one entry as a number; the first bit of a byte is its most significant. Source: BSL §2.2. */
export function valueAt(bits: Uint8Array, start: number, size: number): number {
  let value = 0;
  for (let bit = start; bit < start + size; bit += 1)
    value = value * 2 + (((bits[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  return value;
}

/** Only revocation and suspension speak against a badge; everything else is news (BSL §2.3). */
function judgeValue(entry: Entry, value: number, list: List, source: string): Check {
  const { purpose } = entry;
  const message = messageOf(entry, value, list);
  const reason: Facts = message === undefined ? {} : { reason: message };
  if (purpose === 'revocation' && value !== 0)
    return failure('status', 'revoked', 'has-been-revoked', source, reason);
  if (purpose === 'suspension' && value !== 0)
    return failure('status', 'revoked', 'is-suspended', source, reason);
  if (purpose === 'refresh' && value !== 0) return passed('status', 'newer-version', source, {});
  if (message !== undefined) return passed('status', 'status-message', source, { message });
  return purpose === 'revocation' || purpose === 'suspension'
    ? passed('status', 'not-revoked', source, { purpose })
    : passed('status', 'status-value', source, { purpose: purpose.slice(0, 60), value });
}

/** What the value means, in the words of the badge or of the list. Source: BSL §2.1 (statusMessage), §2.2. */
function messageOf({ messages }: Entry, value: number, list: List): string | undefined {
  for (const said of [messages, list.subject['statusMessages'], list.subject['statusMessage']])
    for (const one of listOf(said).slice(0, maxMessages)) {
      if (!isJsonObject(one)) continue;
      const status = stringOf(one['status']);
      const message = stringOf(one['message'] ?? one['value']);
      if (status === undefined || message === undefined || !/^(?:0x)?[0-9a-f]{1,8}$/i.test(status)) continue;
      if (Number.parseInt(status.replace(/^0x/i, ''), 16) === value) return message.slice(0, 300);
    }
  return undefined;
}

function looseness(
  entries: number,
  isWritten: boolean,
  list: List,
  badge: Subject,
  source: string,
): readonly Check[] {
  const checks: Check[] = [];
  if (!list.isConfirmed) checks.push(warning('status', 'status-list-not-confirmed', source, {}));
  if (!isWritten) checks.push(warning('status', 'field-loose', source, { field: 'encodedList' }));
  if (entries < minEntries) checks.push(warning('status', 'status-list-short', source, { entries }));
  if (list.credential['id'] !== list.address)
    checks.push(warning('status', 'status-list-id-differs', source, { address: list.address.slice(0, 300) }));
  const signer = issuerOf(list.credential['issuer']);
  if (signer !== issuerOf(badge.document['issuer']))
    checks.push(warning('status', 'status-list-other-key', source, { issuer: (signer ?? '').slice(0, 300) }));
  return checks;
}

function issuerOf(value: Json | undefined): string | undefined {
  const issuer = listOf(value)[0];
  return stringOf(isJsonObject(issuer) ? issuer['id'] : issuer);
}
