import type { FoundKey } from '../keys/key-source.ts';
import type { IssuerProof } from '../model/badge.ts';
import { failure, passed, warning } from '../model/check.ts';
import { isJsonObject, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { CompactToken, Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { nameOfKey } from './issuer-binding.ts';
import type { ProofAnswer, ProofSuite } from './proof-suite.ts';
import { type AlgorithmName, isAlgorithm, verifySignature } from './signature.ts';
import { homeOf, keyMissing, refuse, refusedHeader, weakKey } from './signed-badge.ts';

const source = 'OB 1.1 §Signed Badges';

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
    if (proof.kind !== 'token') return refuse();
    const { token } = proof;
    const algorithm = algorithmOf(token);
    if (typeof algorithm !== 'string') return refuse(algorithm);
    const verify = subject.document['verify'] ?? subject.document['verification'];
    const reference = isJsonObject(verify) ? (stringOf(verify['url'])?.trim() ?? '') : '';
    const answer = await findKey({ reference, use: 'pem' });
    if (!answer.found) return refuse(keyMissing(answer, source));
    const { key } = answer;
    const weak = weakKey(key, source);
    if (weak !== undefined) return refuse(weak);
    const { signature: value, signed } = token;
    const signature = await verifySignature(algorithm, key.jwk, value, signed, session);
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
function algorithmOf(token: CompactToken): AlgorithmName | Check {
  const refused = refusedHeader(token, source);
  if (refused !== undefined) return refused;
  const written = String(token.header['alg']).slice(0, 40);
  const name = written.toUpperCase() === 'EDDSA' ? 'EdDSA' : written.toUpperCase();
  return isAlgorithm(name)
    ? name
    : failure('integrity', 'unsupported', 'algorithm-not-supported', source, { algorithm: written });
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
