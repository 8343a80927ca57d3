import { readCryptographicKey } from '../keys/cryptographic-key.ts';
import type { FindKey, FoundKey, KeyAnswer } from '../keys/key-source.ts';
import type { IssuerProof } from '../model/badge.ts';
import { failure, passed, warning } from '../model/check.ts';
import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { CompactToken, Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { verifyJwsSignature } from './jws-signature.ts';
import type { ProofAnswer, ProofSuite } from './proof-suite.ts';

const signedBadge = 'OB 2.0 §SignedBadge';
const keyDocument = 'OB 2.0 §CryptographicKey';
const none: IssuerProof = { kind: 'none' };

/** Most keys of one issuer that are tried when the badge names none. */
const maxKeysTried = 5;

/**
 * A signed badge of 2.0: a compact JWS whose key is a CryptographicKey document that names the issuer as owner and
 * that the issuer's profile lists. The proven host is that of the profile. Source: OB 2.0 §SignedBadge.
 */
export const openBadges2Jws: ProofSuite = {
  name: 'ob-2.0-jws',
  recognises: (proof, subject) =>
    proof.kind === 'token' && (subject.generation === '2.0' || subject.generation === '2.1'),
  verify: async (proof, subject, { session, findKey }) => {
    if (proof.kind !== 'token') return { checks: [], issuerProof: none };
    const { token } = proof;
    const refused = judgeHeader(token);
    if (refused !== undefined) return { checks: [refused], issuerProof: none };
    const references = keyReferences(subject);
    if (references.length === 0)
      return {
        checks: [
          failure(
            'key',
            subject.issuer === undefined ? 'unreachable' : 'invalid',
            'key-not-listed',
            keyDocument,
            {},
          ),
        ],
        issuerProof: none,
      };
    const answers = await Promise.all(
      references.map((reference) => keyOf(reference, subject.issuer, findKey)),
    );
    return judgeSignature(token, subject, answers, session);
  },
};

/** RFC 7515 §4.1.11: whoever does not understand a header that is critical must refuse the token. */
function judgeHeader(token: CompactToken): Check | undefined {
  const algorithm = token.header['alg'];
  const facts = { algorithm: String(algorithm).slice(0, 40) };
  if ('crit' in token.header || token.header['b64'] === false)
    return failure('integrity', 'invalid', 'algorithm-not-supported', 'RFC 7515 §4.1.11', facts);
  if (typeof algorithm !== 'string' || /^(?:none|hs\d{0,4})$/i.test(algorithm))
    return failure('integrity', 'invalid', 'algorithm-not-supported', signedBadge, facts);
  return undefined;
}

/** `verification.creator`, or else every key that the profile lists. Source: OB 2.0 §VerificationObject. */
function keyReferences(subject: Subject): readonly Json[] {
  const verification = subject.document['verification'] ?? subject.document['verify'];
  const creator = isJsonObject(verification) ? verification['creator'] : undefined;
  const named = idOf(creator);
  return named === undefined ? listOf(subject.issuer?.['publicKey']).slice(0, maxKeysTried) : [named];
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
  token: CompactToken,
  subject: Subject,
  answers: readonly KeyAnswer[],
  session: Session,
): Promise<ProofAnswer> {
  let last: Check | undefined;
  for (const answer of answers) {
    if (!answer.found) {
      last ??= keyMissing(answer);
      continue;
    }
    const verified = await verifyJwsSignature(
      token.header['alg'],
      answer.key.jwk,
      token.signed,
      token.signature,
    );
    if (verified === 'good') return judgeBinding(answer.key, subject, session);
    const facts = { algorithm: String(token.header['alg']).slice(0, 40) };
    const bad =
      verified === 'unknown-algorithm'
        ? failure('integrity', 'unsupported', 'algorithm-not-supported', signedBadge, facts)
        : failure('integrity', 'invalid', 'signature-bad', signedBadge, facts);
    last = bad;
  }
  return {
    checks: last === undefined ? [failure('key', 'invalid', 'key-not-listed', keyDocument)] : [last],
    issuerProof: none,
  };
}

function keyMissing(answer: KeyAnswer & { readonly found: false }): Check {
  const asks = answer.asks === 'valid' ? 'invalid' : answer.asks;
  return failure('key', asks, answer.code, keyDocument, answer.facts);
}

/** Owner and list must name each other; otherwise anybody could sign with a key of his own in a stranger's name. */
async function judgeBinding(key: FoundKey, subject: Subject, session: Session): Promise<ProofAnswer> {
  const checks: Check[] = [
    passed('integrity', 'signature-good', signedBadge),
    passed('key', 'key-found', keyDocument, { key: key.id.slice(0, 200) }),
  ];
  const { issuer } = subject;
  // Without the profile the pipeline already knows that the issuer could not be asked.
  if (issuer === undefined)
    return { checks, issuerProof: { kind: 'unconfirmed', key: key.id, why: 'key-not-bound' } };
  const issuerId = idOf(issuer);
  if (key.controller === undefined || key.controller !== issuerId)
    return {
      checks: [
        ...checks,
        failure('issuer', 'invalid', 'key-owner-differs', keyDocument, {
          owner: (key.controller ?? '').slice(0, 200),
        }),
      ],
      issuerProof: none,
    };
  if (!listOf(issuer['publicKey']).some((listed) => idOf(listed) === key.id))
    return {
      checks: [
        ...checks,
        failure('issuer', 'invalid', 'key-not-listed', keyDocument, { key: key.id.slice(0, 200) }),
      ],
      issuerProof: none,
    };

  const home =
    issuerId !== undefined && /^https?:/i.test(issuerId) ? await session.read(issuerId) : undefined;
  // A profile that another host answers for, by redirect, is not the word of the host in its id.
  const own = home?.ok === true && new URL(home.value.requested).host === new URL(home.value.url).host;
  if (home === undefined || !home.ok || !own) {
    checks.push(warning('issuer', 'issuer-not-confirmed', signedBadge, { key: key.id.slice(0, 200) }));
    return { checks, issuerProof: { kind: 'unconfirmed', key: key.id, why: 'key-not-bound' } };
  }
  const { host } = new URL(home.value.requested);
  const encrypted =
    [home.value.requested, home.value.url].every((address) => address.startsWith('https:')) &&
    key.host?.encrypted !== false;
  checks.push(passed('issuer', 'issuer-confirmed', signedBadge, { host }));
  if (!encrypted) checks.push(warning('issuer', 'not-encrypted', signedBadge, { host }));
  return { checks, issuerProof: { kind: 'host', host, encrypted } };
}

function isKeyDocument(value: Json | undefined): boolean {
  return isJsonObject(value) && typeof value['publicKeyPem'] === 'string';
}

function idOf(value: Json | undefined): string | undefined {
  return isJsonObject(value) ? stringOf(value['id'] ?? value['@id']) : stringOf(value);
}
