import { failure, passed, warning } from '../model/check.ts';
import { hasType, isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import { parseZonedTime } from '../model/time.ts';
import type { Check } from '../model/verdict.ts';
import { type CredentialFinding, judgeParts, judgeType, judgeTypeWords } from './credential-classes.ts';

const source = 'OB 3.0 §Data Model; VCDM 2.0 §Basic Concepts';

const credentialContexts = ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/2018/credentials/v1'];
/** Most findings that a record's own lists are told for. */
const maxRecordFindings = 50;
const clrContext = /^https:\/\/purl\.imsglobal\.org\/spec\/clr\/v2p0\/context(?:-\d+\.\d+\.\d+)*\.json$/;
/** Where drafts of both kept theirs. What stands there is for whoever knows contexts to say. */
const draftContext = /^https:\/\/(?:dc\.imsglobal\.org\/draft|imsglobal\.github\.io)\//;
const badgeContext = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(?:-\d+\.\d+\.\d+)*\.json$/;

/** Judges a credential that is a badge. Source: OB 3.0 OpenBadgeCredential; conformance rule 10. */
export function judgeBadgeCredential(document: JsonObject): readonly Check[] {
  return checksOf([
    ...judgeEnvelope(document),
    ...judgeBadgeContext(document),
    ...judgeSubject(document, 'AchievementSubject', judgeAchievement),
    ...judgeParts(document, 'Credential', ''),
  ]);
}

/** Judges an endorsement that stands alone. Source: OB 3.0 EndorsementCredential. */
export function judgeEndorsementCredential(document: JsonObject): readonly Check[] {
  return checksOf([
    ...judgeEnvelope(document),
    ...judgeBadgeContext(document),
    ...judgeSubject(document, 'EndorsementSubject', (subject) =>
      stringOf(subject['id']) === undefined ? [broken('missing-field', 'credentialSubject.id')] : [],
    ),
    ...judgeParts(document, 'Credential', ''),
  ]);
}

/**
 * Judges a record of several achievements. Its parts are credentials with a form of their own, judged when they are
 * verified. Source: CLR 2.0 §ClrCredential, §ClrSubject.
 */
export function judgeClrCredential(document: JsonObject): readonly Check[] {
  return checksOf([
    ...judgeEnvelope(document),
    ...judgeContext(document, clrContext),
    ...judgeIssuerProfile(document['issuer']),
    ...(plainText(document['name']) === undefined ? [loose('name')] : []),
    ...judgeSubject(document, 'ClrSubject', judgeRecord),
    ...judgeParts(document, 'Credential', ''),
  ]);
}

/** A record holds credentials, definitions of achievements, or both; one that holds nothing awards nothing. */
function judgeRecord(subject: JsonObject): readonly CredentialFinding[] {
  const path = 'credentialSubject';
  const findings: CredentialFinding[] = [];
  const parts = listOf(subject['verifiableCredential']);
  if (!parts.every((part) => isJsonObject(part) || typeof part === 'string'))
    findings.push(broken('bad-value', `${path}.verifiableCredential`));
  if (parts.length === 0 && listOf(subject['achievement']).length === 0)
    findings.push(broken('not-a-badge', `${path}.verifiableCredential`));
  for (const achievement of listOf(subject['achievement'])) {
    if (!isJsonObject(achievement) || plainText(achievement['name']) === undefined)
      findings.push(broken('bad-value', `${path}.achievement`));
  }
  for (const association of listOf(subject['association'])) {
    const ends = isJsonObject(association) ? [association['sourceId'], association['targetId']] : [];
    if (ends.length === 0 || !ends.every(isUri)) findings.push(broken('bad-value', `${path}.association`));
  }
  if (subject['id'] === undefined && listOf(subject['identifier']).length === 0)
    findings.push(loose(`${path}.id`));
  return findings.slice(0, maxRecordFindings);
}

/**
 * Judges any other credential. A status list must also call itself one, and whoever speaks of an achievement in the
 * words of badges uses their classes. Source: VCDM 2.0; BSL §2.2; OB 3.0 §Data Model.
 */
export function judgePlainCredential(document: JsonObject): readonly Check[] {
  const all = listOf(document['credentialSubject']);
  const subjects = all.filter(isJsonObject);
  const findings: CredentialFinding[] = [...judgeEnvelope(document)];
  if (all.length === 0 || subjects.length < all.length)
    findings.push(broken('missing-field', 'credentialSubject'));
  const speaksOfBadges = contextsOf(document).some((address) => badgeContext.test(address));
  for (const subject of speaksOfBadges ? subjects : [])
    if (isJsonObject(listOf(subject['achievement'])[0]))
      findings.push(
        ...judgeIssuerProfile(document['issuer']),
        ...judgeAchievement(subject),
        ...judgeParts(subject, 'AchievementSubject', 'credentialSubject.'),
      );
  const lists = subjects.filter((subject) => hasType(subject, 'BitstringStatusList'));
  const isNamed = hasType(document, 'BitstringStatusListCredential');
  if (lists.length > 0 && !isNamed) findings.push(broken('wrong-type', 'type'));
  if (lists.length === 0 && isNamed) findings.push(broken('wrong-type', 'credentialSubject.type'));
  for (const name of ['statusPurpose', 'encodedList'])
    if (lists.some((list) => listOf(list[name]).length === 0))
      findings.push(broken('missing-field', `credentialSubject.${name}`));
  if (lists.some(({ encodedList = 'H4sI' }) => !zipped.test(stringOf(encodedList) ?? '')))
    findings.push(broken('bad-value', 'credentialSubject.encodedList'));
  return checksOf(findings);
}

/** How all that GZIP makes begins, in base64url with its multibase prefix or in the forms of drafts. RFC 1952 §2.3.1. */
const zipped = /^u?H4sI[\w+/-]*={0,2}$/;

/** True for a document that calls itself a credential, whatever else it lacks. */
export function claimsCredential(document: JsonObject): boolean {
  return [
    'VerifiableCredential',
    'OpenBadgeCredential',
    'AchievementCredential',
    'EndorsementCredential',
  ].some((type) => hasType(document, type));
}

/** An absolute URI by its form: a scheme and something after it. Source: RFC 3986 §3; VCDM 2.0 §Identifiers. */
export function isUri(value: Json | undefined): value is string {
  return (
    typeof value === 'string' && value.length <= 65_536 && /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(value)
  );
}

function judgeEnvelope(document: JsonObject): readonly CredentialFinding[] {
  const findings: CredentialFinding[] = [];
  const contexts = listOf(document['@context']);
  if (contexts.length === 0) findings.push(broken('missing-field', '@context'));
  else if (!credentialContexts.some((context) => context === contexts[0]))
    findings.push(broken('bad-value', '@context'));
  const type = judgeType(document, ['VerifiableCredential'], '');
  if (type !== undefined) findings.push(type);
  findings.push(...judgeTypeWords(document));
  if (document['id'] !== undefined && !isUri(document['id'])) findings.push(broken('bad-value', 'id'));
  findings.push(...judgeIssuer(document['issuer']));
  for (const name of ['validFrom', 'validUntil', 'issuanceDate', 'expirationDate', 'awardedDate']) {
    const value = document[name];
    if (value !== undefined && (typeof value !== 'string' || parseZonedTime(value) === undefined))
      findings.push(broken('bad-value', name));
  }
  if (document['validFrom'] === undefined && document['issuanceDate'] === undefined)
    findings.push(loose('validFrom'));
  // The second data model has other words for these; signed as RDF they are undefined there (trap 9).
  if (contexts[0] === credentialContexts[0])
    for (const name of ['issuanceDate', 'expirationDate'])
      if (document[name] !== undefined) findings.push(loose(name));
  for (const entry of listOf(document['credentialStatus']))
    if (!isJsonObject(entry) || listOf(entry['type']).length === 0)
      findings.push(broken('bad-value', 'credentialStatus'));
  return findings;
}

function judgeIssuer(value: Json | undefined): readonly CredentialFinding[] {
  const [issuer, ...others] = listOf(value);
  if (issuer === undefined) return [broken('missing-field', 'issuer')];
  if (others.length > 0) return [broken('bad-value', 'issuer')];
  if (!isJsonObject(issuer)) return isUri(issuer) ? [] : [broken('bad-value', 'issuer')];
  if (issuer['id'] === undefined) return [broken('missing-field', 'issuer.id')];
  return isUri(issuer['id']) ? [] : [broken('bad-value', 'issuer.id')];
}

/** Whether the context of a vocabulary is there, and stands behind that of credentials. */
function judgeContext(document: JsonObject, wanted: RegExp): readonly CredentialFinding[] {
  const addresses = contextsOf(document);
  const at = addresses.findIndex((address) => wanted.test(address));
  if (at === -1)
    return addresses.some((address) => draftContext.test(address))
      ? [loose('@context')]
      : [broken('missing-field', '@context')];
  return at > 1 ? [loose('@context')] : [];
}

function contextsOf(document: JsonObject): readonly string[] {
  return listOf(document['@context']).map((context) => stringOf(context) ?? '');
}

function judgeBadgeContext(document: JsonObject): readonly CredentialFinding[] {
  const findings = [...judgeContext(document, badgeContext)];
  findings.push(...judgeIssuerProfile(document['issuer']));
  if (document['id'] === undefined) findings.push(loose('id'));
  return findings;
}

function judgeIssuerProfile(value: Json | undefined): readonly CredentialFinding[] {
  const issuer = listOf(value)[0];
  if (typeof issuer === 'string') return [loose('issuer')];
  if (!isJsonObject(issuer)) return [];
  const type = judgeType(issuer, ['Profile'], 'issuer.');
  return [...(type === undefined ? [] : [type]), ...judgeParts(issuer, 'Profile', 'issuer.')];
}

function judgeSubject(
  document: JsonObject,
  type: string,
  judge: (subject: JsonObject) => readonly CredentialFinding[],
): readonly CredentialFinding[] {
  const [subject, ...others] = listOf(document['credentialSubject']);
  if (!isJsonObject(subject)) return [broken('missing-field', 'credentialSubject')];
  if (others.length > 0) return [broken('bad-value', 'credentialSubject')];
  const wrong = judgeType(subject, [type], 'credentialSubject.');
  return [
    ...(wrong === undefined ? [] : [wrong]),
    ...(subject['id'] === undefined || isUri(subject['id'])
      ? []
      : [broken('bad-value', 'credentialSubject.id')]),
    ...judge(subject),
    ...judgeParts(subject, type, 'credentialSubject.'),
  ];
}

function judgeAchievement(subject: JsonObject): readonly CredentialFinding[] {
  const path = 'credentialSubject.achievement';
  const [achievement, ...others] = listOf(subject['achievement']);
  if (!isJsonObject(achievement)) return [broken('not-a-badge', path)];
  if (others.length > 0) return [broken('bad-value', path)];
  const findings: CredentialFinding[] = [];
  if (plainText(achievement['name']) === undefined) findings.push(broken('not-a-badge', `${path}.name`));
  if (achievement['id'] !== undefined && !isUri(achievement['id']))
    findings.push(broken('bad-value', `${path}.id`));
  for (const name of ['id', 'description', 'criteria'])
    if (achievement[name] === undefined) findings.push(loose(`${path}.${name}`));
  // Recipients may be named by id or by identifier; a badge that does neither can never be matched.
  if (subject['id'] === undefined && listOf(subject['identifier']).length === 0)
    findings.push(loose('credentialSubject.id'));
  return findings;
}

/** The text of a value that may carry its language. Source: VCDM 2.0 §Language and Base Direction. */
export function plainText(value: Json | undefined): string | undefined {
  for (const entry of listOf(value)) {
    const text = isJsonObject(entry) ? entry['@value'] : entry;
    if (typeof text === 'string' && text.trim() !== '') return text;
  }
  return undefined;
}

function broken(code: CredentialFinding['code'], field: string): CredentialFinding {
  return { weight: 'broken', code, field };
}

function loose(field: string): CredentialFinding {
  return { weight: 'loose', code: 'field-loose', field };
}

function checksOf(findings: readonly CredentialFinding[]): readonly Check[] {
  const checks = findings.map(({ weight, code, field }) =>
    weight === 'broken'
      ? failure('form', 'malformed', code, source, { field })
      : warning('form', code, source, { field }),
  );
  const isBroken = findings.some(({ weight }) => weight === 'broken');
  return isBroken ? checks : [passed('form', 'well-formed', source), ...checks];
}
