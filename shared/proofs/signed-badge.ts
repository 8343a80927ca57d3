import type { FoundKey, KeyAnswer } from '../keys/key-source.ts';
import { type AnsweringHost, answeringHost } from '../model/answering-host.ts';
import { bytesOfBase64Url } from '../model/bytes.ts';
import { failure } from '../model/check.ts';
import type { Session } from '../model/session.ts';
import type { CompactToken } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { isForgeable } from './forgeable-algorithm.ts';
import type { ProofAnswer } from './proof-suite.ts';

/** Why the header of a signed badge of 1.x or 2.0 cannot be believed, whatever its signature; `source`: who says so. */
export function refusedHeader({ header }: CompactToken, source: string): Check | undefined {
  const algorithm = header['alg'];
  const facts = { algorithm: String(algorithm).slice(0, 40) };
  // RFC 7515 §4.1.11: whoever does not understand a header that is critical must refuse the token.
  if ('crit' in header || header['b64'] === false)
    return failure('integrity', 'invalid', 'algorithm-not-supported', 'RFC 7515 §4.1.11', facts);
  // A public key as the secret of an HMAC is the classic forgery; no signature at all is another.
  if (typeof algorithm !== 'string' || isForgeable(algorithm))
    return failure('integrity', 'invalid', 'algorithm-not-supported', source, facts);
  return undefined;
}

/** A key that was not found never leaves its badge valid. */
export function keyMissing(answer: KeyAnswer & { readonly found: false }, source: string): Check {
  return failure('key', answer.asks === 'valid' ? 'invalid' : answer.asks, answer.code, source, answer.facts);
}

/** Shortest RSA key whose signature says anything, in bits (RFC 7518 §3.3). */
const minRsaBits = 2048;

/** Why the signature of a key says nothing, good or bad: it is one that can be found by reckoning. */
export function weakKey({ jwk }: FoundKey, source: string): Check | undefined {
  const bits = jwk.kty === 'RSA' ? (bytesOfBase64Url(jwk.n ?? '')?.length ?? 0) * 8 : minRsaBits;
  return bits < minRsaBits
    ? failure('key', 'unsupported', 'key-kind-not-supported', source, { kind: `RSA of ${bits} bits` })
    : undefined;
}

/** The host that answers for the issuer; one that another host answers for, by redirect, is nobody's own word. */
export async function homeOf(issuerId: string, session: Session): Promise<AnsweringHost | undefined> {
  const answer = /^https?:/i.test(issuerId) ? await session.read(issuerId) : undefined;
  return answer?.ok === true ? answeringHost(answer.value) : undefined;
}

/** The answer of a suite that found nothing to confirm anybody by. */
export function refuse(...checks: readonly Check[]): ProofAnswer {
  return { checks, issuerProof: { kind: 'none' } };
}
