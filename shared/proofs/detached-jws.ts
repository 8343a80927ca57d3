import { type Bytes, bytesOfBase64Url, concat, utf8 } from '../model/bytes.ts';
import { failure } from '../model/check.ts';
import { type JsonObject, parseJsonObject, stringOf } from '../model/json.ts';
import type { EmbeddedForm, Refused } from './embedded-proof.ts';
import { isForgeable } from './forgeable-algorithm.ts';
import { optionsOf, rdfTexts, signedHashes } from './proof-hashes.ts';
import { type AlgorithmName, isAlgorithm, verifySignature } from './signature.ts';

/** Longest `jws` that is read: an RSA signature of 16,384 bits has 2,731 characters. */
const maxJwsLength = 4_096;

/**
 * The way of the suites before 2020 whose proof holds a `jws` without payload (RFC 7797): the signature is over its
 * header and the two hashes. `allows`: the algorithms of the suite; the header names one of them.
 * Source: Linked Data Cryptographic Suite Registry; RFC 7797 §3, §6.
 */
export function detachedJws(
  source: string,
  allows: (algorithm: AlgorithmName) => boolean,
): EmbeddedForm['open'] {
  return async (proof, document, { session }) => {
    const jws = readJws(stringOf(proof['jws']), source, allows);
    if ('refusal' in jws) return jws;
    const texts = await rdfTexts(optionsOf(proof, 'jws'), document, session, 'SHA-256', source);
    if ('refusal' in texts) return texts;
    const signed = concat(utf8(`${jws.header}.`), await signedHashes(texts, 'SHA-256', session));
    return { check: (jwk) => verifySignature(jws.algorithm, jwk, jws.signature, signed, session) };
  };
}

type Jws = { readonly header: string; readonly algorithm: AlgorithmName; readonly signature: Bytes };

function readJws(
  text: string | undefined,
  source: string,
  allows: (algorithm: AlgorithmName) => boolean,
): Jws | Refused {
  const parts = text === undefined || text.length > maxJwsLength ? [] : text.split('.');
  const [header = '', payload, tail = ''] = parts;
  const fields = parseJsonObject(bytesOfBase64Url(header) ?? new Uint8Array());
  const signature = bytesOfBase64Url(tail);
  if (
    parts.length !== 3 ||
    payload !== '' ||
    !fields.ok ||
    signature === undefined ||
    !isDetached(fields.value)
  )
    return refused('invalid', 'bad-value', { field: 'proof.jws' }, source);
  const algorithm = stringOf(fields.value['alg']) ?? '';
  if (isAlgorithm(algorithm) && allows(algorithm)) return { header, algorithm, signature };
  const forged = algorithm === '' || isForgeable(algorithm) || isAlgorithm(algorithm);
  const facts = { algorithm: algorithm.slice(0, 40) };
  return refused(forged ? 'invalid' : 'unsupported', 'algorithm-not-supported', facts, source);
}

/** A header that says more could turn the check into another one; `crit` must name what it changes. */
function isDetached(header: JsonObject): boolean {
  const names = Object.keys(header);
  return (
    names.every((name) => ['alg', 'b64', 'crit', 'typ', 'kid'].includes(name)) &&
    header['b64'] === false &&
    JSON.stringify(header['crit']) === '["b64"]'
  );
}

function refused(
  asks: 'invalid' | 'unsupported',
  code: 'bad-value' | 'algorithm-not-supported',
  facts: Readonly<Record<string, string>>,
  source: string,
): Refused {
  return { refusal: failure('integrity', asks, code, source, facts) };
}
