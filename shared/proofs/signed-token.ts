import type { FoundKey } from '../keys/key-source.ts';
import { isSameKey, mayVerify, parsePublicJwk } from '../keys/public-jwk.ts';
import { failure } from '../model/check.ts';
import { isJsonObject, type JsonObject, stringOf } from '../model/json.ts';
import type { CompactToken } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { notAuthorised } from './embedded-proof.ts';
import { isForgeable } from './forgeable-algorithm.ts';
import type { ProofDeps } from './proof-suite.ts';
import { type AlgorithmName, isAlgorithm, verifySignature } from './signature.ts';

export const headerSource = 'OB 3.0 §joseheader';
export const signatureSource = 'OB 3.0 §jwt-proof; VC-JOSE-COSE §Securing with JOSE; RFC 7515 §5.2';

type Header = { readonly algorithm: AlgorithmName };

/**
 * Everything in a header that could turn the check into another one is refused before a key is looked for. `types`:
 * words of `typ` that the token may bear, in small letters; it may bear none. `other`: what `cty` must not say it holds.
 */
export function judgeHeader(
  header: JsonObject,
  types: ReadonlySet<string>,
  other: 'vc' | 'vp',
): Header | { readonly refusal: Check } {
  const algorithm = stringOf(header['alg']);
  if (algorithm === undefined) return refused('malformed', 'missing-field', { field: 'alg' });
  if (!isAlgorithm(algorithm)) {
    return refused(isForgeable(algorithm) ? 'invalid' : 'unsupported', 'algorithm-not-supported', {
      algorithm: algorithm.slice(0, 40),
    });
  }
  if (header['crit'] !== undefined) return refused('invalid', 'bad-value', { field: 'crit' });
  if (header['b64'] !== undefined) return refused('invalid', 'bad-value', { field: 'b64' });
  // A key that the token itself says where to fetch is the forger's (RFC 8725 §3.10).
  for (const field of ['jku', 'x5u', 'x5c'])
    if (field in header) return refused('invalid', 'bad-value', { field });
  const type = header['typ'];
  if (type !== undefined) {
    const word = stringOf(type)
      ?.toLowerCase()
      .replace(/^application\//, '');
    if (word === undefined || !types.has(word)) return refused('invalid', 'bad-value', { field: 'typ' });
  }
  const content = stringOf(header['cty'])?.replace(/^application\//i, '');
  if (content?.toLowerCase().split('+')[0] === other)
    return refused('invalid', 'bad-value', { field: 'cty' });
  return { algorithm };

  function refused(
    asks: 'invalid' | 'unsupported' | 'malformed',
    code: Check['detail']['code'],
    facts: Check['detail']['facts'],
  ): { refusal: Check } {
    return { refusal: failure('integrity', asks, code, headerSource, facts) };
  }
}

/** The key that signed the token, once its signature has been found good. `owner`: whose a bare `kid` is. */
export async function signerOf(
  token: CompactToken,
  algorithm: AlgorithmName,
  owner: string | undefined,
  deps: ProofDeps,
): Promise<Signer> {
  const found = await keyOf(token, owner, deps);
  if ('refusal' in found) return found;
  const { signature, signed } = token;
  const answer = await verifySignature(algorithm, found.key.jwk, signature, signed, deps.session);
  if (answer === 'key-does-not-fit')
    return { refusal: failure('key', 'invalid', 'key-does-not-fit', signatureSource) };
  return answer === 'good'
    ? found
    : { refusal: failure('integrity', 'invalid', 'signature-bad', signatureSource) };
}

type Signer = { readonly key: FoundKey } | { readonly refusal: Check };

async function keyOf(token: CompactToken, owner: string | undefined, deps: ProofDeps): Promise<Signer> {
  const kid = stringOf(token.header['kid']);
  const inline = token.header['jwk'];
  const found =
    kid === undefined ? undefined : await deps.findKey({ reference: wholeKid(kid, owner), use: deps.use });
  if (inline !== undefined) {
    const jwk = parsePublicJwk(inline);
    if (!jwk.ok) {
      return jwk.why === 'unsupported'
        ? {
            refusal: failure('key', 'unsupported', 'key-kind-not-supported', headerSource, {
              kind: jwk.kind ?? '',
            }),
          }
        : { refusal: failure('key', 'invalid', 'bad-value', headerSource, { field: 'jwk' }) };
    }
    // The key beside the signature proves integrity alone; only the same key at its own address says whose it is.
    if (found?.found === true && isSameKey(found.key.jwk, jwk.jwk)) return authorised(found.key);
    if (found?.found === true)
      return { refusal: failure('key', 'invalid', 'key-owner-differs', headerSource) };
    const isFor = isJsonObject(inline) && mayVerify(inline);
    return authorised({ jwk: jwk.jwk, id: kid ?? 'jwk', authorised: isFor, certainty: 'decoded' });
  }
  if (found === undefined)
    return { refusal: failure('key', 'invalid', 'missing-field', headerSource, { field: 'kid' }) };
  if (found.found) return authorised(found.key);
  const asks = found.asks === 'valid' ? 'invalid' : found.asks;
  return { refusal: failure('key', asks, found.code, headerSource, found.facts) };
}

function authorised(key: FoundKey): Signer {
  return key.authorised ? { key } : { refusal: notAuthorised(key, headerSource) };
}

/** A `kid` that is a bare fragment or name belongs to the issuer's own document. */
function wholeKid(kid: string, owner: string | undefined): string {
  if (owner === undefined || /^[a-z][a-z0-9+.-]*:/i.test(kid)) return kid;
  return `${owner}#${kid.replace(/^#/, '')}`;
}
