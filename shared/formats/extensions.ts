import { textOf } from '../model/bytes.ts';
import { failure, passed, warning } from '../model/check.ts';
import { isJsonObject, type Json, type JsonObject, listOf, parseJson, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { judgeBySchema } from './json-schema.ts';
import { ob2TypeWords } from './ob-2-classes.ts';
import { isWebAddress } from './values.ts';

const source = 'OB 1.1 §Extensions; OB 2.0 §Extensions';

/** Most extensions of one badge that are looked at. */
const maxExtensions = 20;
/** What the standard's own contexts define is known; they name no schema of an extension. */
const standardContext =
  /^https?:\/\/(?:w3id\.org\/openbadges\/v[12]|openbadgespec\.org\/v[12]\/context\.json|purl\.imsglobal\.org\/spec\/ob\/v2p1\/ob_v2p1\.jsonld)$/;

/** Prefixes of the 2.0 context; 1.1 has all of them but `dc`. */
const prefixes: Terms = {
  extensions: 'https://w3id.org/openbadges/extensions#',
  obi: 'https://w3id.org/openbadges#',
  schema: 'http://schema.org/',
  dc: 'http://purl.org/dc/terms/',
  sec: 'https://w3id.org/security#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/** How drafts wrote the prefix of extensions, and contexts and badges still do: `obi:extensions/#ApplyLink`. */
const draftOfExtensions = 'https://w3id.org/openbadges#extensions/#';

type Terms = Readonly<Record<string, Json>>;
type Validation = { readonly type: string; readonly schema: string; readonly terms: Terms };
type Scope = {
  readonly terms: Terms;
  readonly validations: readonly Validation[];
  readonly unknown: readonly string[];
};
type Extension = { readonly node: JsonObject; readonly scope: Scope };

/**
 * Judges the extensions of a badge, its class and its issuer by the JSON schemas that their contexts name.
 *
 * One that breaks its schema, or is of a type that none of its contexts defines, asks `malformed`. Where a context is
 * not in the package or a schema cannot be had, nothing rests on the extension: that is said and no more.
 * Source: OB 1.1 §Extensions; OB 2.0 §Extensions, §Extension Validation.
 */
export async function judgeExtensions(
  { document, badgeClass, issuer }: Pick<Subject, 'document' | 'badgeClass' | 'issuer'>,
  session: Session,
): Promise<readonly Check[]> {
  const found: Extension[] = [];
  for (const part of [document, badgeClass, issuer])
    if (part !== undefined) collect(part, { terms: prefixes, validations: [], unknown: [] }, session, found);
  const checks = await Promise.all(
    found.slice(0, maxExtensions).map((extension) => judgeOne(extension, session)),
  );
  return found.length > maxExtensions ? [...checks.flat(), tooMany] : checks.flat();
}

const tooMany = warning('limits', 'some-not-checked', 'ours', { what: 'extensions', limit: maxExtensions });

function collect(value: Json, outer: Scope, session: Session, found: Extension[]): void {
  if (found.length > maxExtensions) return;
  if (Array.isArray(value))
    for (const entry of value as readonly Json[]) collect(entry, outer, session, found);
  if (!isJsonObject(value)) return;
  const scope = withContexts(outer, listOf(value['@context']), session);
  // A class inside its assertion is met twice.
  if (isExtension(value, scope) && !found.some(({ node }) => node === value))
    found.push({ node: value, scope });
  for (const [name, part] of Object.entries(value))
    if (name !== '@context') collect(part, scope, session, found);
}

/** One that does not call itself so is one by a type that its contexts know how to judge. */
function isExtension(value: JsonObject, { validations, terms }: Scope): boolean {
  return listOf(value['type'] ?? value['@type']).some(
    (type) =>
      type === 'Extension' ||
      (typeof type === 'string' && validations.some((one) => one.type === typeNamed(type, terms))),
  );
}

function withContexts(outer: Scope, contexts: readonly Json[], session: Session): Scope {
  let { terms, validations, unknown } = outer;
  for (const context of contexts) {
    if (isJsonObject(context)) terms = { ...terms, ...context };
    if (typeof context !== 'string' || standardContext.test(context)) continue;
    const document = session.contexts(context);
    if (document === undefined) {
      unknown = [...unknown, context];
      continue;
    }
    const own = isJsonObject(document['@context']) ? document['@context'] : {};
    terms = { ...terms, ...own };
    validations = [...validations, ...validationsOf(document, { ...prefixes, ...own })];
  }
  return { terms, validations, unknown };
}

function validationsOf(document: JsonObject, terms: Terms): readonly Validation[] {
  return listOf(document['obi:validation'] ?? document['validation']).flatMap((entry) => {
    if (!isJsonObject(entry)) return [];
    const type = stringOf(entry['obi:validatesType'] ?? entry['validatesType']);
    const schema = stringOf(entry['obi:validationSchema'] ?? entry['validationSchema']);
    return type === undefined || schema === undefined
      ? []
      : [{ type: typeNamed(type, terms), schema, terms }];
  });
}

async function judgeOne({ node, scope }: Extension, session: Session): Promise<readonly Check[]> {
  const named = listOf(node['type'] ?? node['@type']);
  const types = named.filter((type) => typeof type === 'string' && !ob2TypeWords.has(type));
  // A class of the standard that calls itself an extension as well adds nothing that could be held to a schema.
  if (types.length === 0 && named.length > 1) return [];
  const name = String(types[0] ?? 'Extension').slice(0, 200);
  const expanded = types.map((type) => typeNamed(String(type), scope.terms));
  const validations = scope.validations.filter(({ type }) => expanded.includes(type));
  const isWhole = named.every((type) => typeof type === 'string');
  if (validations.length === 0 || !isWhole) {
    const [address] = scope.unknown;
    // What has no address is no context, and what is no word no type.
    return address === undefined || !isWebAddress(address) || !isWhole
      ? [failure('extension', 'malformed', 'extension-bad', source, { extension: name })]
      : [warning('extension', 'unknown-context', source, { address: address.slice(0, 200) })];
  }
  return Promise.all(
    validations.map((validation) => judgeByValidation(node, name, validation, scope, session)),
  );
}

async function judgeByValidation(
  node: JsonObject,
  extension: string,
  validation: Validation,
  scope: Scope,
  session: Session,
): Promise<Check> {
  const unavailable = warning('extension', 'schema-unavailable', source, {
    extension,
    address: validation.schema.slice(0, 200),
  });
  const answer = await session.read(validation.schema);
  if (!answer.ok || answer.value.status !== 200) return unavailable;
  const schema = parseJson(textOf(answer.value.bytes) ?? '');
  if (!schema.ok) return unavailable;
  const judged = judgeBySchema(inWordsOf(node, schema.value, validation.terms, scope.terms), schema.value);
  if (judged.kind === 'cannot-judge') return unavailable;
  if (judged.broken.length === 0 && !judged.isWhole) return unavailable;
  return judged.broken.length === 0
    ? passed('extension', 'well-formed', source, { extension })
    : failure('extension', 'malformed', 'extension-bad', source, {
        extension,
        field: (judged.broken[0] ?? '').slice(0, 200),
      });
}

/** The extension with its properties under the names that the schema knows, whichever way they were written. */
function inWordsOf(node: JsonObject, schema: Json, schemaTerms: Terms, terms: Terms): JsonObject {
  const properties =
    isJsonObject(schema) && isJsonObject(schema['properties']) ? Object.keys(schema['properties']) : [];
  const wordOf = new Map(properties.map((word) => [expand(word, schemaTerms), word]));
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name]) => name !== '@context')
      .map(([name, value]) => [wordOf.get(expand(name, terms)) ?? name, value]),
  );
}

/** The address of a type. */
function typeNamed(word: string, terms: Terms): string {
  const address = expand(word, terms);
  return address.startsWith(draftOfExtensions)
    ? `${prefixes['extensions']}${address.slice(draftOfExtensions.length)}`
    : address;
}

/** The address that a word or a shortened address stands for; the word itself when nothing defines it. */
function expand(word: string, terms: Terms, depth = 0): string {
  if (depth > 8) return word;
  const term = Object.hasOwn(terms, word) ? terms[word] : undefined;
  const defined = isJsonObject(term) ? stringOf(term['@id']) : stringOf(term);
  if (defined !== undefined && defined !== word) return expand(defined, terms, depth + 1);
  const colon = word.indexOf(':');
  const prefix = word.slice(0, Math.max(colon, 0));
  if (prefix === '' || word.startsWith('//', colon + 1) || !Object.hasOwn(terms, prefix)) return word;
  return `${expand(prefix, terms, depth + 1)}${word.slice(colon + 1)}`;
}
