import type { FoundKey, KeyAnswer } from '../keys/key-source.ts';
import { answeringHost } from '../model/answering-host.ts';
import type { IssuerProof } from '../model/badge.ts';
import { bytesOfBase64Url } from '../model/bytes.ts';
import { failure, passed, warning } from '../model/check.ts';
import { isJsonObject, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { CompactToken, Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { nameOfKey } from './issuer-binding.ts';
import type { ProofAnswer, ProofSuite } from './proof-suite.ts';
import { type AlgorithmName, isAlgorithm, verifySignature } from './signature.ts';

const source = 'OB 1.1 §Signed Badges';
const none: IssuerProof = { kind: 'none' };

/** Shortest RSA key whose signature says anything, in bits (RFC 7518 §3.3). */
const minRsaBits = 2048;

/**
 * A signed badge of 1.x: a compact JWS whose key is the PEM at `verify.url`. The standard binds that key to nobody, so
 * it is the issuer's only when it lies where the issuer's own document lies; otherwise the signature stands and the
 * signer is not confirmed, for anybody can sign a badge of somebody else's class. Source: OB 1.1 §Signed Badges.
 */
export const openBadges1Jws: ProofSuite = {
  name: 'ob-1.x-jws',
  recognises: (proof, { generation }) =>
    proof.kind === 'token' && (generation === '1.0' || generation === '1.1'),
  verify: async (proof, subject, { session, findKey }) => {
    if (proof.kind !== 'token') return { checks: [], issuerProof: none };
    const { token } = proof;
    const algorithm = algorithmOf(token);
    if (typeof algorithm !== 'string') return refuse(algorithm);
    const verify = subject.document['verify'] ?? subject.document['verification'];
    const reference = isJsonObject(verify) ? (stringOf(verify['url'])?.trim() ?? '') : '';
    const answer = await findKey({ reference, use: 'pem' });
    if (!answer.found) return refuse(keyMissing(answer));
    const { key } = answer;
    const bits = rsaBitsOf(key);
    if (bits !== undefined && bits < minRsaBits)
      return refuse(
        failure('key', 'unsupported', 'key-kind-not-supported', source, { kind: `RSA of ${bits} bits` }),
      );
    const signature = await verifySignature(algorithm, key.jwk, token.signature, token.signed);
    if (signature !== 'good')
      return refuse(failure('integrity', 'invalid', 'signature-bad', source, { algorithm }));
    const spelt =
      algorithm === token.header['alg']
        ? []
        : [warning('integrity', 'field-loose', source, { field: 'alg' })];
    return judgeBinding(key, subject, session, spelt);
  },
};

/** The algorithm in any letters, as the first libraries wrote it (trap 7); or why the token cannot be believed. */
function algorithmOf({ header }: CompactToken): AlgorithmName | Check {
  const written = header['alg'];
  const facts = { algorithm: String(written).slice(0, 40) };
  // RFC 7515 §4.1.11: whoever does not understand a header that is critical must refuse the token.
  if ('crit' in header || header['b64'] === false)
    return failure('integrity', 'invalid', 'algorithm-not-supported', 'RFC 7515 §4.1.11', facts);
  // A public key as the secret of an HMAC is the classic forgery; no signature at all is another.
  if (typeof written !== 'string' || /^(?:none|hs\d{0,4})$/i.test(written))
    return failure('integrity', 'invalid', 'algorithm-not-supported', source, facts);
  const name = written.toUpperCase() === 'EDDSA' ? 'EdDSA' : written.toUpperCase();
  return isAlgorithm(name)
    ? name
    : failure('integrity', 'unsupported', 'algorithm-not-supported', source, facts);
}

function rsaBitsOf({ jwk }: FoundKey): number | undefined {
  if (jwk.kty !== 'RSA') return undefined;
  return (bytesOfBase64Url(jwk.n ?? '')?.length ?? 0) * 8;
}

function keyMissing(answer: KeyAnswer & { readonly found: false }): Check {
  return failure('key', answer.asks === 'valid' ? 'invalid' : answer.asks, answer.code, source, answer.facts);
}

/** Both the key and the issuer's document must be the same host's own answers; a redirect elsewhere is nobody's. */
async function judgeBinding(
  key: FoundKey,
  subject: Subject,
  session: Session,
  spelt: readonly Check[],
): Promise<ProofAnswer> {
  const checks = [
    passed('integrity', 'signature-good', source),
    ...spelt,
    passed('key', 'key-found', source, { key: key.id.slice(0, 200) }),
  ];
  const issuerId = stringOf(subject.issuer?.['id']) ?? '';
  const home = await homeOf(issuerId, session);
  if (home === undefined || key.host === undefined || home.host !== key.host.host) {
    const open = warning('issuer', 'issuer-not-confirmed', source, { issuer: issuerId.slice(0, 300) });
    const issuerProof: IssuerProof = { kind: 'unconfirmed', key: await nameOfKey(key), why: 'key-elsewhere' };
    return { checks: [...checks, open], issuerProof };
  }
  const { host } = home;
  const encrypted = home.encrypted && key.host.encrypted;
  const plain = encrypted ? [] : [warning('issuer', 'not-encrypted', source, { host })];
  return {
    checks: [...checks, passed('issuer', 'issuer-confirmed', source, { host }), ...plain],
    issuerProof: { kind: 'host', host, encrypted },
  };
}

async function homeOf(issuerId: string, session: Session) {
  const answer = /^https?:/i.test(issuerId) ? await session.read(issuerId) : undefined;
  return answer?.ok === true ? answeringHost(answer.value) : undefined;
}

function refuse(...checks: readonly Check[]): ProofAnswer {
  return { checks, issuerProof: none };
}
