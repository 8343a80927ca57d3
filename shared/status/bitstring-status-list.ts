import { bytesOfBase64Url, bytesOfLooseBase64 } from '../model/bytes.ts';
import { failure, passed, warning } from '../model/check.ts';
import { hasType, isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { inflateList } from './inflate-list.ts';
import type { StatusDeps, StatusKind } from './status-kind.ts';

const source = 'BSL §3.2 (validate algorithm)';
/** Entries below which a list may tell who is meant; the DCC's hold 100,000 (conformance rule 7). */
export const minEntries = 131_072;
const maxStatusSize = 32;

/**
 * One bit in a signed, compressed list at an address of its own. The list is verified as a credential first, with
 * its proof, keys and time: a list that does not hold says nothing, and nothing said is never `valid`.
 * Source: Bitstring Status List 1.0.
 */
export const bitstringStatusList: StatusKind = {
  name: 'BitstringStatusListEntry',
  recognises: (entry) => hasType(entry, 'BitstringStatusListEntry'),
  check: async (value, subject, deps) => {
    const entry = entryOf(value);
    if (entry === undefined)
      return [failure('status', 'malformed', 'bad-value', source, { field: 'credentialStatus' })];
    const list = await readList(entry, deps);
    return 'refusal' in list ? [list.refusal] : judgeEntry(entry, list, subject);
  },
};

type Entry = {
  readonly purpose: string;
  readonly index: number;
  readonly size: number;
  readonly address: string;
};

/** Source: BSL §2.1; the index is a string of digits there, a number occurs. */
function entryOf(value: JsonObject): Entry | undefined {
  const { statusPurpose, statusListIndex, statusListCredential, statusSize } = value;
  const digits = typeof statusListIndex === 'number' ? String(statusListIndex) : statusListIndex;
  if (typeof statusPurpose !== 'string' || typeof statusListCredential !== 'string') return undefined;
  if (typeof digits !== 'string' || !/^\d{1,12}$/.test(digits)) return undefined;
  const size = statusSize === undefined ? 1 : statusSize;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > maxStatusSize)
    return undefined;
  return { purpose: statusPurpose, index: Number(digits), size, address: statusListCredential };
}

type List = { readonly credential: JsonObject; readonly subject: JsonObject; readonly address: string };

async function readList(entry: Entry, deps: StatusDeps): Promise<List | { readonly refusal: Check }> {
  const { address } = entry;
  const facts = { host: URL.canParse(address) ? new URL(address).host : address.slice(0, 100) };
  const answer = await deps.session.read(
    address,
    'application/vc, application/vc+jwt, application/json;q=0.9, */*;q=0.1',
  );
  if (!answer.ok || answer.value.status !== 200)
    return { refusal: failure('status', 'unreachable', 'status-unreachable', source, facts) };
  const { verdict, subject } = await deps.verifyCredential(answer.value.bytes);
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
  if (!hasType(subject.document, 'BitstringStatusListCredential') || !isJsonObject(inner))
    return bad('wrong-type');
  if (!hasType(inner, 'BitstringStatusList')) return bad('wrong-type');
  // A list for one purpose says nothing for another (BSL §3.2 step 8).
  if (!listOf(inner['statusPurpose']).includes(entry.purpose)) return bad('statusPurpose');
  const size = inner['statusSize'];
  if (size !== undefined && size !== entry.size) return bad('statusSize');
  return { credential: subject.document, subject: inner, address };
}

async function judgeEntry(entry: Entry, list: List, badge: Subject): Promise<readonly Check[]> {
  const encoded = stringOf(list.subject['encodedList']) ?? '';
  const isMultibase = encoded.startsWith('u');
  const packed = isMultibase ? bytesOfBase64Url(encoded.slice(1)) : bytesOfLooseBase64(encoded);
  const inflated = packed === undefined ? undefined : await inflateList(packed);
  if (inflated === undefined || !inflated.ok)
    return [
      inflated?.why === 'too-large'
        ? failure('limits', 'unsupported', 'beyond-limits', source, { what: 'status list' })
        : failure('status', 'invalid', 'status-list-bad', source, { reason: 'encodedList' }),
    ];
  const { bits } = inflated;
  const entries = Math.floor((bits.length * 8) / entry.size);
  if (entry.index >= entries)
    return [
      failure('status', 'invalid', 'status-index-out-of-range', source, { index: entry.index, entries }),
    ];
  return [
    judgeValue(entry, valueAt(bits, entry.index * entry.size, entry.size)),
    ...looseness(entries, isMultibase, list, badge),
  ];
}

/** The bits of one entry as a number; the first bit of a byte is its most significant. Source: BSL §2.2. */
export function valueAt(bits: Uint8Array, start: number, size: number): number {
  let value = 0;
  for (let bit = start; bit < start + size; bit += 1)
    value = value * 2 + (((bits[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  return value;
}

function judgeValue({ purpose }: Entry, value: number): Check {
  if (purpose === 'revocation' && value !== 0)
    return failure('status', 'revoked', 'has-been-revoked', source, {});
  if (purpose === 'suspension' && value !== 0)
    return failure('status', 'revoked', 'is-suspended', source, {});
  // Messages and hints to refresh are news, never a verdict (BSL §2.3).
  return passed('status', 'not-revoked', source, { purpose: purpose.slice(0, 60) });
}

function looseness(entries: number, isMultibase: boolean, list: List, badge: Subject): readonly Check[] {
  const checks: Check[] = [];
  if (!isMultibase) checks.push(warning('status', 'field-loose', source, { field: 'encodedList' }));
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
