import { unbake } from '../baking/registry.ts';
import { credentialOfClaims } from '../formats/credential-claims.ts';
import { claimsOpenBadges, generationOfPart } from '../formats/generation.ts';
import { ob2Classes } from '../formats/ob-2-classes.ts';
import { ob2ClassOf, typesOf, weightOfTypes } from '../formats/ob-2-structure.ts';
import { formatOf } from '../formats/registry.ts';
import { instantOf, parseUrl, type Url } from '../model/brands.ts';
import { textOf } from '../model/bytes.ts';
import { failure } from '../model/check.ts';
import type { BackpackError } from '../model/errors.ts';
import { type JsonObject, listOf, parseJsonObject, stringOf } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { type Check, decide, type FindingCode, type Outcome } from '../model/verdict.ts';
import { parseCompactToken } from './read-document.ts';

/** `valid`: well formed. `malformed`: not. `unsupported`: of a kind whose form we cannot judge. */
export type StructureVerdict = {
  readonly outcome: Extract<Outcome, 'valid' | 'malformed' | 'unsupported'>;
  readonly reason: FindingCode;
  readonly checks: readonly Check[];
};

/** Longest address that is looked at, in bytes. */
const maxAddressBytes = 65_536;

/** Takes a document that is at hand already; nothing is fetched for a question of form. */
export type DocumentAtHand = (address: Url) => JsonObject | undefined;

/**
 * Judges only whether an object is well formed: no signature, no hosting, no time. Parts may stand alone, a badge
 * class without its issuer; a part that is linked and at hand must at least be of its class.
 * Source: each generation's data model; conformance README §Scopes (`structure`).
 */
export async function judgeStructure(
  bytes: Uint8Array,
  atHand: DocumentAtHand = () => undefined,
): Promise<StructureVerdict> {
  const read = await readJsonWithin(bytes);
  if (!read.ok) {
    // An address, as offers of other protocols are: not ours to judge, and no broken badge either.
    const isAddress = /^[a-z][a-z0-9+.-]*:\S+$/i.test(
      textOf(bytes.subarray(0, maxAddressBytes))?.trim() ?? '',
    );
    return isAddress
      ? { outcome: 'unsupported', reason: 'unknown-generation', checks: [] }
      : { outcome: 'malformed', reason: read.error, checks: [] };
  }
  const document = read.value;
  const generation = generationOfPart(document);
  const format = generation === undefined ? undefined : formatOf(generation);
  if (generation === undefined && claimsOpenBadges(document))
    return { outcome: 'malformed', reason: 'unknown-context', checks: [] };
  if (format === undefined)
    return {
      outcome: 'unsupported',
      reason: generation === undefined ? 'unknown-generation' : 'generation-not-supported',
      checks: [],
    };
  const checks = [
    ...format.judge(document),
    ...(generation === '2.0' ? judgeLinkedClasses(document, atHand) : []),
  ];
  const { outcome, reason } = decide(checks, [], instantOf(0));
  if (outcome === 'valid') return { outcome, reason, checks };
  return { outcome: outcome === 'unsupported' ? 'unsupported' : 'malformed', reason, checks };
}

/** The JSON object of a document, token or baked picture, unverified. The failure says what it is instead. */
export async function readJsonWithin(bytes: Uint8Array): Promise<Result<JsonObject, FindingCode>> {
  const unbaked = await unbake(bytes);
  if (!unbaked.ok) return failed('not-a-badge');
  if (unbaked.value.reference !== undefined) return failed('not-a-badge');
  const parsed = parseJsonObject(unbaked.value.document);
  if (parsed.ok) return ok(parsed.value);
  if (parsed.error.code !== 'malformed-json') return failed(codeOf(parsed.error));
  const token = parseCompactToken(textOf(unbaked.value.document)?.trim() ?? '');
  if (!token.ok) return failed(codeOf(token.error));
  const { payload } = token.value;
  return ok(credentialOfClaims(payload) ?? payload);
}

function codeOf({ code }: BackpackError): FindingCode {
  return code === 'too-deep' || code === 'too-many-values' ? code : 'not-json';
}

/** What a property links to must be of its class; types that may be left out may be left out there too. */
function judgeLinkedClasses(document: JsonObject, atHand: DocumentAtHand): readonly Check[] {
  const named = ob2ClassOf(document);
  if (named === undefined) return [];
  return ob2Classes[named].properties.flatMap(({ name, object }) => {
    if (object === undefined) return [];
    const wrong = listOf(document[name]).some((value) => {
      const address = parseUrl(stringOf(value) ?? '');
      const linked = address.ok ? atHand(address.value) : undefined;
      if (linked === undefined) return false;
      const types = typesOf(linked);
      if (types.length === 0) return ob2Classes[object].typeOptional !== true;
      return weightOfTypes(types, object) === 'broken';
    });
    return wrong
      ? [failure('form', 'malformed', 'wrong-type', 'OB 2.0 §Data Classes', { field: `${name}.type` })]
      : [];
  });
}
