import { isJsonObject, type JsonObject, listOf } from '../model/json.ts';
import { generationOf } from './generation.ts';
import { judgeOb2, type StructureFinding, typesOf } from './ob-2-structure.ts';
import { fieldOf, judgeFields, type OldField } from './old-structure.ts';
import * as old from './old-values.ts';
import { isIri } from './values.ts';

export type Ob1Class = 'Assertion' | 'BadgeClass' | 'Issuer';

/** Words of `type` in 1.1; small letters and the alias of the first drafts occur. */
const typeWords: Readonly<Record<Ob1Class, RegExp>> = {
  Assertion: /^assertion$/i,
  BadgeClass: /^badgeclass$/i,
  Issuer: /^(?:issuer|issuerorg|profile)$/i,
};

const id: OldField = { name: 'id', alias: '@id', judge: (value) => (isIri(value) ? 'good' : 'broken') };

const assertion: readonly OldField[] = [
  id,
  {
    name: 'recipient',
    required: 'broken',
    fields: [
      { name: 'identity', required: 'broken', judge: old.judgeIdentity },
      { name: 'type', alias: '@type', required: 'broken', judge: old.judgeIdentityType },
      { name: 'hashed', required: 'broken', judge: old.judgeBoolean },
      { name: 'salt', judge: old.judgeText },
    ],
  },
  { name: 'badge', required: 'broken', judge: old.judgeAddress },
  { name: 'issuedOn', required: 'broken', judge: old.judgeTime },
  { name: 'expires', judge: old.judgeTime },
  { name: 'image', judge: old.judgeImage },
  { name: 'evidence', judge: old.judgeEvidence },
  { name: 'revoked', judge: old.judgeRevoked },
];

const alignment: readonly OldField[] = [
  { name: 'name', required: 'broken', judge: old.judgeText },
  { name: 'url', required: 'broken', judge: old.judgeAddress },
  { name: 'description', judge: old.judgeText },
];

const badgeClass: readonly OldField[] = [
  id,
  { name: 'name', required: 'broken', judge: old.judgeText },
  { name: 'description', required: 'broken', judge: old.judgeText },
  { name: 'image', required: 'broken', judge: old.judgeImage },
  { name: 'criteria', required: 'broken', judge: old.judgeAddress },
  { name: 'issuer', required: 'broken', judge: old.judgeAddress },
  { name: 'alignment', entries: alignment },
  { name: 'tags', judge: old.judgeTags },
];

const issuer: readonly OldField[] = [
  id,
  { name: 'name', required: 'broken', judge: old.judgeText },
  { name: 'url', required: 'broken', judge: old.judgeAddress },
  { name: 'description', judge: old.judgeText },
  { name: 'image', judge: old.judgeImage },
  { name: 'email', judge: old.judgeEmail },
  { name: 'revocationList', judge: old.judgeAddress },
];

/**
 * Judges one object of 1.0 or 1.1 as the class that it must be. An issuer who has moved on to 2.0 serves its badge
 * class and profile in that form at the old addresses: those are judged as what they are.
 * Source: OB 1.1 §Assertion, §BadgeClass, §IssuerOrganization.
 */
export function judgeOb1(object: JsonObject, as: Ob1Class): readonly StructureFinding[] {
  const generation = generationOf(object);
  if (generation === '2.0') return judgeOb2(object, as === 'Issuer' ? 'Profile' : as);
  const types = judgeTypes(object, as);
  if (as === 'BadgeClass') return [...types, ...judgeFields(object, badgeClass)];
  if (as === 'Issuer') return [...types, ...judgeFields(object, issuer)];
  return [...types, ...judgeAssertion(object)];
}

/** The class of an object: 1.1 says it, 1.0 shows it by the properties that only that class has. */
export function ob1ClassOf(object: JsonObject): Ob1Class | undefined {
  const named = typesOf(object).flatMap((word) =>
    (['Assertion', 'BadgeClass', 'Issuer'] as const).filter((name) => typeWords[name].test(word)),
  )[0];
  if (named !== undefined) return named;
  if (['recipient', 'verify', 'verification', 'badge', 'uid', 'issuedOn'].some((name) => name in object))
    return 'Assertion';
  if ('criteria' in object || 'issuer' in object) return 'BadgeClass';
  return 'url' in object || 'email' in object || 'revocationList' in object ? 'Issuer' : undefined;
}

/** `hosted` or `signed`, whatever its letters. Source: OB 1.1 §VerificationObject. */
export function ob1VerificationOf(document: JsonObject): 'hosted' | 'signed' | undefined {
  const verify = fieldOf(document, 'verify', 'verification');
  const word = isJsonObject(verify) ? String(listOf(verify['type'])[0]).toLowerCase() : '';
  if (word === 'hosted' || word === 'hostedbadge') return 'hosted';
  return word === 'signed' || word === 'signedbadge' ? 'signed' : undefined;
}

/** The Mozilla backpack baked assertions of 1.0 with class and issuer inside and the recipient's hash alone (trap 5). */
export function isBackpackCopy(document: JsonObject): boolean {
  const badge = document['badge'];
  return isJsonObject(badge) && isJsonObject(badge['issuer']) && isJsonObject(document['verify']);
}

function judgeAssertion(object: JsonObject): readonly StructureFinding[] {
  const isNamed = isWeb(object['id'] ?? object['@id']);
  const verify: OldField = {
    name: 'verify',
    alias: 'verification',
    required: 'broken',
    fields: [
      { name: 'type', alias: '@type', required: 'broken', judge: old.judgeVerificationType },
      // 1.1 may say its address as `id` alone.
      { name: 'url', ...(isNamed ? {} : { required: 'broken' as const }), judge: old.judgeAddress },
    ],
  };
  const uid: OldField = {
    name: 'uid',
    required: listOf(object['@context']).length === 0 ? 'broken' : 'loose',
    judge: old.judgeText,
  };
  if (!isBackpackCopy(object)) return judgeFields(object, [uid, verify, ...assertion]);
  // The copy is only a pointer to the assertion; what stands at that address is judged in full.
  const findings = judgeFields(object, [uid, verify]);
  return [...findings, { weight: 'loose', code: 'field-loose', field: 'badge' }];
}

function isWeb(value: JsonObject[string] | undefined): boolean {
  return value !== undefined && old.judgeAddress(value) === 'good';
}

/** Only 1.1 has types, and there every object has one. */
function judgeTypes(object: JsonObject, as: Ob1Class): readonly StructureFinding[] {
  if (listOf(object['@context']).length === 0) return [];
  const words = typesOf(object);
  if (words.length === 0) return [{ weight: 'loose', code: 'missing-field', field: 'type' }];
  return words.some((word) => typeWords[as].test(word))
    ? []
    : [{ weight: 'broken', code: 'wrong-type', field: 'type' }];
}
