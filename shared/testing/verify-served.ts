import { parseUrl } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import type { BadgeInput } from '../verify/open-badge.ts';
import { type Verification, type VerifyOptions, verifyBadge } from '../verify/verify-badge.ts';
import type { BuiltBadge } from './build-badge.ts';
import { type Documents, fetcherOver, mergeDocuments, type Served } from './documents.ts';
import { fixedClock } from './seeded.ts';

/** Verifies with what issuers serve, at the moment of the tests. */
export function verify(
  input: BadgeInput,
  documents: Documents,
  options: VerifyOptions = {},
): Promise<Verification> {
  return verifyBadge(input, options, { fetch: fetcherOver(documents), clock: fixedClock() });
}

/** The same for whatever an address answers. */
export function verifyAt(
  address: string,
  documents: Documents,
  options: VerifyOptions = {},
): Promise<Verification> {
  const url = parseUrl(address);
  if (!url.ok) throw new Error(address);
  return verify({ kind: 'address', address: url.value }, documents, options);
}

/** What the badge's issuers serve, but for some addresses. */
export function withServed(
  { documents }: { readonly documents: Documents },
  changes: Readonly<Record<string, Served>>,
): Documents {
  return mergeDocuments(documents, new Map(Object.entries(changes)));
}

export function jsonAt({ documents }: Pick<BuiltBadge, 'documents'>, address: string): JsonObject {
  const served = documents.get(address);
  if (served === undefined) throw new Error(`nothing is served at ${address}`);
  return JSON.parse(new TextDecoder().decode(served.bytes));
}

/** Codes of the checks that ended so. */
export function codesOf({ verdict }: Verification, outcome: string): readonly string[] {
  return verdict.checks.filter((check) => check.outcome === outcome).map((check) => check.detail.code);
}

/** Answers other than a badge. */
export const gone: Served = { status: 410, mediaType: 'text/html', bytes: utf8('<h1>Gone</h1>') };
export const missing: Served = { status: 404, mediaType: 'text/html', bytes: utf8('') };
export const page: Served = {
  status: 200,
  mediaType: 'text/html',
  bytes: utf8('<!doctype html><title>Log in</title>'),
};

export function idOf(object: JsonObject): string {
  return String(object['id']);
}
