import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';

/** One slip in the form of a credential; `broken` parts cannot be read as what they are, `loose` ones can. */
export type CredentialFinding = {
  readonly weight: 'broken' | 'loose';
  readonly code: 'missing-field' | 'wrong-type' | 'bad-value' | 'not-a-badge' | 'field-loose';
  readonly field: string;
};

/** What stands below a property: its class, and what the lack of a `type` weighs. A wrong `type` is always broken. */
type Part = { readonly class: string; readonly missing?: 'loose' };

const image: Part = { class: 'Image', missing: 'loose' };
const alignment: Part = { class: 'Alignment' };

/**
 * The classes of the standard and which class stands below which of their properties. A property that its class
 * does not have is not entered: it is an extension, and its words are for JSON-LD to judge.
 * Source: OB 3.0 and CLR 2.0 data models; conformance rule 10.
 */
const classes: Readonly<Record<string, Readonly<Record<string, Part>>>> = {
  Credential: { evidence: { class: 'Evidence' }, image },
  AchievementSubject: {
    achievement: { class: 'Achievement' },
    identifier: { class: 'IdentityObject' },
    result: { class: 'Result' },
    source: { class: 'Profile' },
    image,
  },
  ClrSubject: {
    achievement: { class: 'Achievement' },
    association: { class: 'Association' },
    identifier: { class: 'IdentityObject' },
  },
  Achievement: {
    alignment,
    creator: { class: 'Profile' },
    resultDescription: { class: 'ResultDescription' },
    related: { class: 'Related' },
    otherIdentifier: { class: 'IdentifierEntry' },
    image,
  },
  Profile: {
    otherIdentifier: { class: 'IdentifierEntry' },
    parentOrg: { class: 'Profile' },
    address: { class: 'Address', missing: 'loose' },
    image,
  },
  Address: { geo: { class: 'GeoCoordinates', missing: 'loose' } },
  Result: { alignment },
  ResultDescription: { alignment, rubricCriterionLevel: { class: 'RubricCriterionLevel' } },
  RubricCriterionLevel: { alignment },
};

/** Most findings of one document; a hostile one could otherwise have as many as it has bytes. */
const maxFindings = 50;

/**
 * Judges everything below an object of a class. `path`: where the object stands, `credentialSubject.`, for naming
 * the field.
 */
export function judgeParts(
  object: JsonObject,
  className: string,
  path: string,
): readonly CredentialFinding[] {
  const findings: CredentialFinding[] = [];
  walk(object, className, path, findings);
  return findings;
}

/** Whether `type` is one word or a list of words, and names one of `types`. */
export function judgeType(
  object: JsonObject,
  types: readonly string[],
  path: string,
  missing: 'broken' | 'loose' = 'broken',
): CredentialFinding | undefined {
  const words = listOf(object['type']);
  const field = `${path}type`;
  if (words.length === 0)
    return missing === 'broken'
      ? { weight: 'broken', code: 'missing-field', field }
      : { weight: 'loose', code: 'field-loose', field };
  if (words.some((word) => typeof word !== 'string' || word === ''))
    return { weight: 'broken', code: 'bad-value', field };
  return types.some((type) => words.includes(type))
    ? undefined
    : { weight: 'broken', code: 'wrong-type', field };
}

/** Every `type` anywhere in the document is a word or a list of words; extensions are no exception. */
export function judgeTypeWords(document: JsonObject): readonly CredentialFinding[] {
  const findings: CredentialFinding[] = [];
  const path: string[] = [];
  const visit = (value: Json | undefined): void => {
    if (findings.length >= maxFindings) return;
    if (Array.isArray(value)) for (const entry of listOf(value)) visit(entry);
    if (!isJsonObject(value)) return;
    for (const name of Object.keys(value)) {
      if (name === '@context') continue;
      path.push(name);
      if (name !== 'type') visit(value[name]);
      else if (!listOf(value[name]).every((word) => typeof word === 'string'))
        findings.push({ weight: 'broken', code: 'bad-value', field: path.join('.') });
      path.pop();
    }
  };
  visit(document);
  return findings;
}

function walk(object: JsonObject, className: string, path: string, findings: CredentialFinding[]): void {
  for (const [name, part] of Object.entries(classes[className] ?? {})) {
    for (const entry of listOf(object[name])) {
      if (!isJsonObject(entry) || findings.length >= maxFindings) continue;
      const finding = judgeType(entry, [part.class], `${path}${name}.`, part.missing);
      if (finding !== undefined) findings.push(finding);
      walk(entry, part.class, `${path}${name}.`, findings);
    }
  }
}
