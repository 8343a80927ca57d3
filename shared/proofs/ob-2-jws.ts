import { onlyTextOf, readCryptographicKey } from '../keys/cryptographic-key.ts';
import type { FindKey, FoundKey, KeyAnswer } from '../keys/key-source.ts';
import type { IssuerProof } from '../model/badge.ts';
import { failure, passed, warning } from '../model/check.ts';
import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { CompactToken, Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { nameOfKey } from './issuer-binding.ts';
import type { ProofAnswer, ProofSuite } from './proof-suite.ts';
import { isAlgorithm, verifySignature } from './signature.ts';
import { homeOf, keyMissing, refuse, refusedHeader, weakKey } from './signed-badge.ts';

const signedBadge = 'OB 2.0 §SignedBadge';
const keyDocument = 'OB 2.0 §CryptographicKey';

/** Most keys of one issuer that are tried when the badge names none: one a year since 2.0, and some in haste. */
const maxKeysTried = 12;

/**
 * A signed badge of 2.0: a compact JWS whose key is a CryptographicKey document that names the issuer as owner and
 * that the issuer's profile lists. The proven host is that of the profile. Source: OB 2.0 §SignedBadge.
 */
export const openBadges2Jws: ProofSuite = {
  name: 'ob-2.0-jws',
  recognises: (proof, subject) =>
    proof.kind === 'token' && (subject.generation === '2.0' || subject.generation === '2.1'),
  verify: async (proof, subject, { session, findKey }) => {
    if (proof.kind !== 'token') return refuse();
    const { token } = proof;
    const refused = refusedHeader(token, signedBadge);
    if (refused !== undefined) return refuse(refused);
    const creator = creatorOf(subject);
    const { issuer } = subject;
    // A key that the issuer does not list need not be asked for: whatever it says, it is not the issuer's.
    const named = creator === undefined || issuer === undefined ? creator : listedAs(creator, issuer);
    if (creator !== undefined && named === undefined) return refuse(notListed(creator));
    const listed = named === undefined ? listOf(issuer?.['publicKey']) : [named];
    const references = listed.slice(0, maxKeysTried);
    // Without the profile nobody says which keys are the issuer's; that it could not be had is told already.
    if (references.length === 0)
      return refuse(
        failure('key', issuer === undefined ? 'unreachable' : 'invalid', 'key-not-listed', keyDocument),
      );
    const answers = await Promise.all(references.map((reference) => keyOf(reference, issuer, findKey)));
    const untried = listed.length - references.length;
    return judgeSignature(token, subject, answers, untried, session);
  },
};

/** The key that the badge names; left out, it is one of those that the profile lists. Source: OB 2.0 §VerificationObject. */
function creatorOf({ document }: Subject): string | undefined {
  const verification = document['verification'] ?? document['verify'];
  return idOf(isJsonObject(verification) ? verification['creator'] : undefined);
}

/** Under which address the profile lists the key, which is the one to ask. */
function listedAs(key: string, issuer: JsonObject): string | undefined {
  const names = listOf(issuer['publicKey']).map(idOf);
  return names.find((name) => name === key) ?? names.find((name) => isSince(name, key));
}

/** The same, or the same since its host speaks https: badges and keys still say how it was called before (trap 2). */
function isSince(now: string | undefined, before: string): boolean {
  return now === before || (before.startsWith('http://') && now === `https://${before.slice(7)}`);
}

function notListed(key: string): Check {
  return failure('issuer', 'invalid', 'key-not-listed', keyDocument, { key: key.slice(0, 200) });
}

/** A key that stands inside the issuer's own profile needs no further document. */
async function keyOf(reference: Json, issuer: JsonObject | undefined, findKey: FindKey): Promise<KeyAnswer> {
  const id = idOf(reference);
  const embedded = listOf(issuer?.['publicKey']).find(
    (key) => isKeyDocument(key) && (key === reference || idOf(key) === id),
  );
  if (isJsonObject(embedded)) return readCryptographicKey(embedded, id ?? '');
  return findKey({ reference: id ?? '', use: 'assertion' });
}

async function judgeSignature(
  { header, signed, signature }: CompactToken,
  subject: Subject,
  answers: readonly KeyAnswer[],
  untried: number,
  session: Session,
): Promise<ProofAnswer> {
  const algorithm = String(header['alg']).slice(0, 40);
  if (!isAlgorithm(algorithm))
    return refuse(failure('integrity', 'unsupported', 'algorithm-not-supported', signedBadge, { algorithm }));
  for (const answer of answers) {
    if (
      answer.found &&
      (await verifySignature(algorithm, answer.key.jwk, signature, signed, session)) === 'good'
    )
      return judgeBinding(answer.key, subject, session);
  }
  // A key that could not be had may be the one that signed: only when all were tried is the signature bad.
  const missing = answers.find((answer) => !answer.found);
  const weak = answers.flatMap((answer) => (answer.found ? (weakKey(answer.key, keyDocument) ?? []) : []))[0];
  const bad =
    untried > 0
      ? failure('limits', 'unsupported', 'beyond-limits', signedBadge, { what: 'keys', limit: maxKeysTried })
      : failure('integrity', 'invalid', 'signature-bad', signedBadge, { algorithm });
  return refuse(missing !== undefined && !missing.found ? keyMissing(missing, keyDocument) : (weak ?? bad));
}

/** Owner and list must name each other; otherwise anybody could sign with a key of his own in a stranger's name. */
async function judgeBinding(key: FoundKey, subject: Subject, session: Session): Promise<ProofAnswer> {
  const facts = { key: key.id.slice(0, 200) };
  const checks = [
    passed('integrity', 'signature-good', signedBadge),
    passed('key', 'key-found', keyDocument, facts),
  ];
  const unconfirmed: IssuerProof = { kind: 'unconfirmed', key: await nameOfKey(key), why: 'key-not-bound' };
  const { issuer } = subject;
  if (issuer === undefined) return { checks, issuerProof: unconfirmed };
  const owner = (key.controller ?? '').slice(0, 200);
  const id = idOf(issuer);
  if (id === undefined || key.controller === undefined || !isSince(id, key.controller))
    return refuse(...checks, failure('issuer', 'invalid', 'key-owner-differs', keyDocument, { owner }));
  // One without a name was found in that list, and nowhere else.
  if (key.id !== '' && listedAs(key.id, issuer) === undefined) return refuse(...checks, notListed(key.id));

  const home = await homeOf(id, session);
  if (home === undefined) {
    const open = warning('issuer', 'issuer-not-confirmed', signedBadge, facts);
    return { checks: [...checks, open], issuerProof: unconfirmed };
  }
  const { host } = home;
  const encrypted = home.encrypted && key.host?.encrypted !== false;
  const plain = encrypted ? [] : [warning('issuer', 'not-encrypted', signedBadge, { host })];
  return {
    checks: [...checks, passed('issuer', 'issuer-confirmed', signedBadge, { host }), ...plain],
    issuerProof: { kind: 'host', host, encrypted },
  };
}

function isKeyDocument(value: Json | undefined): boolean {
  return isJsonObject(value) && onlyTextOf(value['publicKeyPem']) !== undefined;
}

function idOf(value: Json | undefined): string | undefined {
  return isJsonObject(value) ? stringOf(value['id'] ?? value['@id']) : stringOf(value);
}
