import type { Facts } from '../../model/errors.ts';
import { isJsonObject, type Json, type JsonObject, listOf } from '../../model/json.ts';
import type { ContextSource } from '../../model/session.ts';
import { misleadingName } from './own-contexts.ts';

/** Where all names of the credentials vocabulary begin. */
export const credentialsVocabulary = 'https://www.w3.org/2018/credentials#';
/** The type that every credential has. */
export const verifiableCredential = `${credentialsVocabulary}VerifiableCredential`;

/** Properties of the credential itself that a verdict rests on, by the name under which the product reads them. */
const decisive: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'issuer',
    'credentialSubject',
    'credentialStatus',
    'validFrom',
    'validUntil',
    'issuanceDate',
    'expirationDate',
  ].map((name) => [name, `${credentialsVocabulary}${name}`]),
);

/** Keywords that may stand as a name in a document; others move or hide what they hold. */
const allowedKeywords = new Set(['@context', '@value', '@language', '@direction', '@type']);

/**
 * Whether the document means what its names say, to a reader who knows the names and not JSON-LD.
 *
 * A signature covers statements, not words: whoever maps `name` to a description in a context of his own, writes
 * `credentialStatus` by its full address, or moves it below a keyword, leaves every signature good and shows readers
 * something else (threat T42). Gives what is wrong, or nothing. Source: VCDM 2.0 §Verification (context validation).
 *
 * `tally`: of the document's expanded form, by whatever expanded it.
 */
export function misleadingPart(
  document: JsonObject,
  tally: Tally | undefined,
  contexts: ContextSource,
): Facts | undefined {
  return misleadingNames(document, contexts) ?? hiddenProperty(document, tally);
}

/** The same of anything that is signed beside it: a proof that hides its end has none to its readers. */
export function misleadingNames(document: JsonObject, contexts: ContextSource): Facts | undefined {
  const naming: Naming = { used: new Set(), own: [], hasAddresses: false };
  const keyword = walk(document, naming);
  if (keyword !== undefined) return { field: keyword };
  const isUsual = naming.own.length === 0 && !naming.hasAddresses;
  const field = isUsual ? undefined : misleadingName(document, naming, contexts);
  return field === undefined ? undefined : { field };
}

/** By what a document names its properties, beside the words of the published contexts `used`. */
export type Naming = {
  readonly used: Set<string>;
  readonly own: JsonObject[];
  /** some have an address, whole or behind a prefix, in the place of a word */
  hasAddresses: boolean;
};

/** Collects the contexts that the document uses; gives the first keyword that has no place in it. */
function walk(value: Json, naming: Naming): string | undefined {
  for (const entry of Array.isArray(value) ? listOf(value) : []) {
    const found = walk(entry, naming);
    if (found !== undefined) return found;
  }
  if (!isJsonObject(value)) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (name.startsWith('@') && !allowedKeywords.has(name)) return name.slice(0, 60);
    if (name === '@context') {
      for (const context of Array.isArray(inner) ? listOf(inner) : [inner]) {
        if (typeof context === 'string') naming.used.add(context);
        else if (isJsonObject(context)) naming.own.push(context);
        // `null` would take every definition back.
        else return '@context';
      }
    } else {
      if (name.includes(':')) naming.hasAddresses = true;
      const found = walk(inner, naming);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A decisive property that stands somewhere else than under its own name at the top. */
function hiddenProperty(document: JsonObject, tally: Tally | undefined): Facts | undefined {
  if (tally === undefined) return { field: '@graph' };
  for (const [name, address] of Object.entries(decisive))
    if ((tally.get(address) ?? 0) > listOf(document[name]).length) return { field: name };
  return undefined;
}

/** How many values each property of the credentials vocabulary has among the credential's own statements. */
export type Tally = ReadonlyMap<string, number>;

/** Counts in an expanded document; `undefined` for one that is not a single node. */
export function tallyOf(expanded: readonly unknown[]): Tally | undefined {
  const [top] = expanded;
  if (expanded.length !== 1 || !isNode(top)) return undefined;
  const counts = new Map<string, number>();
  count(top, { id: top['@id'], counts }, 'top');
  return counts;
}

type ExpandedNode = { readonly [name: string]: unknown };

function isNode(value: unknown): value is ExpandedNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type Counting = { readonly id: unknown; readonly counts: Map<string, number> };

/**
 * Counts the values of properties of this credential's own statements. Graphs inside are documents of their own; other
 * credentials speak of themselves, but what stands in them below this one's name is said of this one.
 */
function count(value: unknown, own: Counting, place: 'top' | 'own' | 'apart'): void {
  if (Array.isArray(value)) for (const entry of value) count(entry, own, place);
  if (!isNode(value)) return;
  const types = value['@type'];
  const isCredential = Array.isArray(types) && types.includes(verifiableCredential);
  const isNamed = own.id !== undefined && value['@id'] === own.id;
  const isOwn = place === 'top' || isNamed || (place === 'own' && !isCredential);
  for (const [name, inner] of Object.entries(value)) {
    if (name === '@graph') continue;
    if (isOwn && name.startsWith(credentialsVocabulary) && Array.isArray(inner))
      own.counts.set(name, (own.counts.get(name) ?? 0) + inner.length);
    count(inner, own, isOwn ? 'own' : 'apart');
  }
}
