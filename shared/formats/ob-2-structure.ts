import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import { type Ob2Class, type Ob2Property, ob2Classes, ob2TypeWords, type Weight } from './ob-2-classes.ts';
import { isOldHash, namesUnknownHash } from './old-values.ts';
import {
  isCompactIri,
  isDataUri,
  isEmail,
  isIdentityHash,
  isIri,
  isWebAddress,
  primitiveValues,
} from './values.ts';

/** One slip in the form of an object; `field` is its path from the top, `badge.issuer.name`. */
export type StructureFinding = {
  readonly weight: Weight;
  readonly code:
    | 'missing-field'
    | 'wrong-type'
    | 'bad-value'
    | 'undefined-term'
    | 'field-loose'
    | 'unknown-context';
  readonly field: string;
};

export type Ob2Reading = {
  /** words of the document's own or extra contexts that may stand as a type, beside those of the standard */
  readonly words: ReadonlySet<string>;
};

/** Most findings of one document; a hostile one could otherwise have as many as it has bytes. */
const maxFindings = 50;

/**
 * Judges one object of Open Badges 2.0 with everything embedded in it; what it links to is judged when it is read.
 *
 * `as`: the class that it must be. Gives nothing when all is well; any `broken` finding means that it cannot be
 * read as a badge. Source: OB 2.0 §Data Classes.
 */
export function judgeOb2(
  object: JsonObject,
  as: Ob2Class,
  reading: Ob2Reading = readingOf(object),
): StructureFinding[] {
  const findings: StructureFinding[] = [];
  judgeObject(object, as, '', reading, findings);
  return findings;
}

/**
 * Judges an object whose class only its `type` says; an object of classes that are not the standard's is well formed
 * when each of them is an address. Source: OB 2.0 §JSON-LD (types), conformance vectors `rdf-*`.
 */
export function judgeOb2ByType(object: JsonObject): StructureFinding[] {
  const reading = readingOf(object);
  // What was taken back may say no more than that and which it was.
  const isStub = listOf(object['type'] ?? object['@type']).length === 0 && object['revoked'] === true;
  const named = isStub ? 'Assertion' : ob2ClassOf(object);
  if (named !== undefined) return judgeOb2(object, named, reading);
  const findings: StructureFinding[] = [];
  judgeTypes(object, '', reading, findings);
  return findings;
}

/** The first class of the standard that the object's `type` names. */
export function ob2ClassOf(object: JsonObject): Ob2Class | undefined {
  const words = typesOf(object);
  for (const [name, rules] of Object.entries(ob2Classes)) {
    if (rules.types.some((type) => words.includes(type))) return isOb2Class(name) ? name : undefined;
  }
  return undefined;
}

/** The object's types with the standard's own addresses and prefix taken off: `obi:Assertion` reads `Assertion`. */
export function typesOf(object: JsonObject): readonly string[] {
  return listOf(object['type'] ?? object['@type'])
    .filter((type): type is string => typeof type === 'string')
    .map((type) => type.replace(/^(?:obi:|https?:\/\/w3id\.org\/openbadges#)/, ''));
}

/** What the document's own context adds to the words of the standard. */
export function readingOf(document: JsonObject): Ob2Reading {
  const words = new Set(ob2TypeWords);
  for (const context of listOf(document['@context'])) {
    if (isJsonObject(context)) for (const word of Object.keys(context)) words.add(word);
  }
  return { words };
}

/** True for the plain form of `hosted` or `HostedBadge`. Source: OB 2.0 §VerificationObject. */
export function verificationKindOf(assertion: JsonObject): 'hosted' | 'signed' | undefined {
  const [verification] = listOf(assertion['verification'] ?? assertion['verify']);
  const types = isJsonObject(verification) ? typesOf(verification) : [];
  if (types.includes('hosted') || types.includes('HostedBadge')) return 'hosted';
  return types.includes('signed') || types.includes('SignedBadge') ? 'signed' : undefined;
}

function judgeObject(
  object: JsonObject,
  as: Ob2Class,
  path: string,
  reading: Ob2Reading,
  findings: StructureFinding[],
): void {
  const rules = ob2Classes[as];
  const types = typesOf(object);
  const revokedStub = (as === 'Assertion' || as === 'Endorsement') && object['revoked'] === true;
  if (as !== 'IdentityObject') {
    judgeTypes(object, path, reading, findings, (rules.typeOptional === true && path !== '') || revokedStub);
    const weight = types.length === 0 ? undefined : weightOfTypes(types, as);
    if (weight !== undefined) add(findings, weight, 'wrong-type', `${path}type`);
  }
  for (const property of rules.properties) {
    const required = revokedStub && property.name !== 'id' ? undefined : property.required;
    judgeProperty(object, property, required, path, reading, findings);
  }
  if (as === 'IdentityObject') judgeIdentity(object, path, findings);
  if (as === 'Assertion' && !revokedStub) judgeVerificationKind(object, path, findings);
  if (as === 'Assertion') judgeOwnPicture(object, path, findings);
  if (as === 'Endorsement' && !revokedStub) judgeVerificationKind(object, path, findings);
  if (as === 'RevocationList') judgeRevoked(object['revokedAssertions'] ?? undefined, path, findings);
  // Criteria say how the badge is earned, at an address or in words; with neither they are none.
  if (as === 'Criteria' && !['id', '@id', 'narrative'].some((name) => listOf(object[name]).length > 0))
    add(findings, 'broken', 'missing-field', `${path}narrative`);
}

/**
 * What types weigh where a class is expected. One of somebody else beside the right one is allowed; in its place only
 * where no type is needed to know the class, as a picture may be a `schema:ImageObject`.
 */
export function weightOfTypes(types: readonly string[], as: Ob2Class): Weight | undefined {
  const rules = ob2Classes[as];
  if (rules.types.length === 0 || rules.types.some((type) => types.includes(type))) return undefined;
  return rules.typeOptional === true && !types.some((type) => ob2TypeWords.has(type)) ? 'loose' : 'broken';
}

function judgeTypes(
  object: JsonObject,
  path: string,
  reading: Ob2Reading,
  findings: StructureFinding[],
  optional = false,
): void {
  const types = listOf(object['type'] ?? object['@type']);
  if (types.length === 0) {
    if (!optional) add(findings, 'broken', 'missing-field', `${path}type`);
    return;
  }
  for (const type of types) {
    if (typeof type !== 'string' || type === '') add(findings, 'broken', 'bad-value', `${path}type`);
    else if (!reading.words.has(type) && !isWebAddress(type) && !isCompactIri(type))
      add(findings, 'broken', 'undefined-term', `${path}type`);
  }
}

function judgeProperty(
  object: JsonObject,
  property: Ob2Property,
  required: Weight | undefined,
  path: string,
  reading: Ob2Reading,
  findings: StructureFinding[],
): void {
  const value = object[property.name] ?? (property.alias === undefined ? undefined : object[property.alias]);
  const field = `${path}${property.name}`;
  const entries = listOf(value);
  // In JSON-LD nothing is nothing, in a list as well.
  if (entries.every((entry) => entry === null)) {
    if (required !== undefined) add(findings, required, 'missing-field', field);
    return;
  }
  if (property.values === undefined && property.object === undefined) return;
  if (Array.isArray(value) && property.many !== true && entries.length > 1) {
    add(findings, property.wrong ?? 'broken', 'bad-value', field);
    return;
  }
  for (const entry of entries) {
    const link = isJsonObject(entry) && property.name !== 'id' ? linkIn(entry) : undefined;
    const isLink = link !== undefined && property.values?.includes('iri') === true && isOneOf(property, link);
    if (isJsonObject(entry) && property.object !== undefined && !isLink) {
      judgeEmbedded(entry, property, property.object, `${field}.`, reading, findings);
    } else if (!isLink && !isOneOf(property, plainOf(entry))) {
      add(findings, property.wrong ?? 'broken', 'bad-value', field);
    } else if (required === 'broken' && typeof entry === 'string' && entry.trim() === '') {
      add(findings, property.blank ?? 'loose', 'bad-value', field);
    }
  }
}

function isOneOf({ values = [] }: Ob2Property, value: Json): boolean {
  return values.some((name) => primitiveValues[name]?.(value) === true);
}

/** `{ "id": … }` alone is a link in JSON-LD, not an object that lacks everything. */
export function linkIn(object: JsonObject): Json | undefined {
  const [key, ...others] = Object.keys(object).filter((name) => object[name] !== null);
  return others.length === 0 && (key === 'id' || key === '@id') ? object[key] : undefined;
}

function judgeEmbedded(
  object: JsonObject,
  property: Ob2Property,
  as: Ob2Class,
  path: string,
  reading: Ob2Reading,
  findings: StructureFinding[],
): void {
  const inner: StructureFinding[] = [];
  judgeObject(object, as, path, reading, inner);
  for (const finding of inner) {
    const weight = property.wrong === 'loose' ? 'loose' : finding.weight;
    add(findings, weight, finding.code, finding.field);
  }
}

function judgeIdentity(object: JsonObject, path: string, findings: StructureFinding[]): void {
  const identity = stringOf(plainOf(listOf(object['identity'])[0] ?? null));
  if (identity === undefined) return;
  const types = typesOf(object);
  if (!types.some((type) => ['email', 'url', 'telephone', 'id', '@id'].includes(type)))
    add(findings, 'loose', 'field-loose', `${path}type`);
  if (listOf(object['hashed'])[0] === true) {
    if (isIdentityHash(identity)) return;
    // 2.0 names sha256 and md5; others of the older generations are read, and said.
    if (isOldHash(identity) || namesUnknownHash(identity))
      add(findings, 'loose', 'field-loose', `${path}identity`);
    else add(findings, 'broken', 'bad-value', `${path}identity`);
    return;
  }
  // A hash that is called plain names nobody: no text of a person's is compared with it.
  if (isOldHash(identity)) add(findings, 'broken', 'bad-value', `${path}identity`);
  else if (types.includes('email') && !isEmail(identity))
    add(findings, 'loose', 'field-loose', `${path}identity`);
}

/** The list may be empty, as long as nobody was revoked; it may not be left out. Source: OB 2.0 §RevocationList. */
function judgeRevoked(revoked: Json | undefined, path: string, findings: StructureFinding[]): void {
  const field = `${path}revokedAssertions`;
  if (revoked === undefined) add(findings, 'broken', 'missing-field', field);
  else if (!listOf(revoked).every(isRevokedEntry)) add(findings, 'broken', 'bad-value', field);
}

/** An id, or an object with one or with a `uid`. */
function isRevokedEntry(entry: Json): boolean {
  if (!isJsonObject(entry)) return isIri(entry);
  const id = entry['id'] ?? entry['@id'];
  return id === undefined ? typeof entry['uid'] === 'string' : isIri(id);
}

/** What may not stand as the assertion's picture may not stand inside it either. */
function judgeOwnPicture(object: JsonObject, path: string, findings: StructureFinding[]): void {
  const [picture] = listOf(object['image']);
  if (isJsonObject(picture) && isDataUri(picture['id'] ?? picture['@id']))
    add(findings, 'broken', 'bad-value', `${path}image.id`);
}

function judgeVerificationKind(object: JsonObject, path: string, findings: StructureFinding[]): void {
  const [verification] = listOf(object['verification'] ?? object['verify']);
  if (isJsonObject(verification) && verificationKindOf(object) === undefined)
    add(findings, 'broken', 'bad-value', `${path}verification.type`);
}

/** A text may carry its language: `{ "@value": "Insignia", "@language": "es" }`. */
function plainOf(entry: Json): Json {
  return isJsonObject(entry) && typeof entry['@value'] === 'string' ? entry['@value'] : entry;
}

function isOb2Class(name: string): name is Ob2Class {
  return name in ob2Classes;
}

function add(
  findings: StructureFinding[],
  weight: Weight,
  code: StructureFinding['code'],
  field: string,
): void {
  // A later broken finding must never be lost behind many loose ones.
  if (findings.length < maxFindings) findings.push({ weight, code, field });
  else if (weight === 'broken' && !findings.some((finding) => finding.weight === 'broken'))
    findings[0] = { weight, code, field };
}
