import { isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';

/** One slip in the form of a credential; `broken` parts cannot be read as what they are, `loose` ones can. */
export type CredentialFinding = {
  readonly weight: 'broken' | 'loose';
  readonly code: 'missing-field' | 'wrong-type' | 'bad-value' | 'field-loose';
  readonly field: string;
};

type ClassRule = { readonly types: readonly string[]; readonly missing: 'broken' | 'loose' };

const profile: ClassRule = { types: ['Profile'], missing: 'broken' };

/**
 * Which class stands below which property, and what the lack of its `type` weighs. A `type` that names another class
 * is always broken. Source: OB 3.0 data model; conformance rule 10.
 */
const classes: Readonly<Record<string, ClassRule>> = {
  achievement: { types: ['Achievement'], missing: 'broken' },
  creator: profile,
  source: profile,
  parentOrg: profile,
  identifier: { types: ['IdentityObject'], missing: 'broken' },
  otherIdentifier: { types: ['IdentifierEntry'], missing: 'broken' },
  resultDescription: { types: ['ResultDescription'], missing: 'broken' },
  rubricCriterionLevel: { types: ['RubricCriterionLevel'], missing: 'broken' },
  result: { types: ['Result'], missing: 'broken' },
  alignment: { types: ['Alignment'], missing: 'broken' },
  evidence: { types: ['Evidence'], missing: 'broken' },
  related: { types: ['Related'], missing: 'broken' },
  address: { types: ['Address'], missing: 'loose' },
  geo: { types: ['GeoCoordinates'], missing: 'loose' },
  image: { types: ['Image'], missing: 'loose' },
};

/** Embedded credentials and their proofs are judged where they are verified. */
const notEntered = new Set(['@context', 'proof', 'endorsement', 'endorsementJwt', 'verifiableCredential']);
/** Most findings of one document; a hostile one could otherwise have as many as it has bytes. */
const maxFindings = 50;

/**
 * Judges the classes below an object by the properties that lead to them.
 * `path`: where the object stands, `credentialSubject.`, for naming the field.
 */
export function judgeClasses(object: JsonObject, path: string): readonly CredentialFinding[] {
  const findings: CredentialFinding[] = [];
  walk(object, path, findings);
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

function walk(object: JsonObject, path: string, findings: CredentialFinding[]): void {
  for (const [name, value] of Object.entries(object)) {
    if (notEntered.has(name) || findings.length >= maxFindings) continue;
    const rule = Object.hasOwn(classes, name) ? classes[name] : undefined;
    for (const entry of listOf(value)) judgeEntry(entry, rule, `${path}${name}`, findings);
  }
}

function judgeEntry(
  entry: Json,
  rule: ClassRule | undefined,
  field: string,
  findings: CredentialFinding[],
): void {
  if (!isJsonObject(entry)) return;
  const finding = rule === undefined ? undefined : judgeType(entry, rule.types, `${field}.`, rule.missing);
  if (finding !== undefined) findings.push(finding);
  walk(entry, `${field}.`, findings);
}
