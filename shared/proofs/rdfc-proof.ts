import { bytesOfMultibase } from '../keys/multikey.ts';
import { concat, sha256, utf8 } from '../model/bytes.ts';
import { failure, passed } from '../model/check.ts';
import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { Subject } from '../model/subject.ts';
import { parseZonedTime } from '../model/time.ts';
import type { Check } from '../model/verdict.ts';
import { canonize } from './json-ld/canonize.ts';
import { misleadingPart } from './json-ld/meaning.ts';
import type { ProofAnswer, ProofDeps } from './proof-suite.ts';
import { verifySignature } from './signature.ts';

/**
 * Verifies an Ed25519 proof over canonical RDF, the form that `eddsa-rdfc-2022` and `Ed25519Signature2020` share:
 * SHA-256 of the proof's own options, then SHA-256 of the document without its proofs, signed together.
 * Source: DI §Verify Proof; DI EdDSA §3.2 (eddsa-rdfc-2022).
 */
export async function verifyRdfcProof(
  proof: JsonObject,
  subject: Subject,
  deps: ProofDeps,
  source: string,
): Promise<ProofAnswer> {
  const options = judgeOptions(proof, deps.session.now, source);
  if ('refusal' in options) return refuse(options.refusal);
  const secured = securedDocument(proof, subject.document);
  if (secured === undefined)
    return refuse(failure('proof-set', 'invalid', 'bad-value', source, { field: 'proof.previousProof' }));
  const hashes = await hashesOf(proof, secured, deps, source);
  if ('refusal' in hashes) return refuse(hashes.refusal);
  const found = await deps.findKey({ reference: options.method, use: 'credential' });
  if (!found.found)
    return refuse(
      failure('key', found.asks === 'valid' ? 'invalid' : found.asks, found.code, source, found.facts),
    );
  const { key } = found;
  if (!key.authorised) return refuse(failure('key', 'invalid', 'key-not-authorised', source));
  const answer = await verifySignature('EdDSA', key.jwk, options.signature, hashes.signed);
  if (answer !== 'good') return refuse(failure('integrity', 'invalid', 'signature-bad', source));
  const binding = await deps.bindIssuer(key, subject.document, deps.session);
  return {
    checks: [
      passed('integrity', 'signature-good', source),
      passed('key', 'key-found', source),
      binding.check,
    ],
    issuerProof: binding.issuerProof,
  };
}

/**
 * The document as it was when this proof was put to it: without proofs, or in a chain with those that the proof
 * names as standing before it. `undefined` when one of them is missing. Source: DI §Proof Chains.
 */
function securedDocument(proof: JsonObject, document: JsonObject): JsonObject | undefined {
  const { proof: all, ...unsecured } = document;
  const names = listOf(proof['previousProof']);
  if (names.length === 0) return unsecured;
  const before = listOf(all).filter((other) => isJsonObject(other) && names.includes(other['id'] ?? null));
  const isWhole = names.every((name) => before.some((other) => isJsonObject(other) && other['id'] === name));
  return isWhole ? { ...unsecured, proof: before } : undefined;
}

type Options = { readonly method: string; readonly signature: Uint8Array<ArrayBuffer> };

function judgeOptions(proof: JsonObject, now: string, source: string): Options | { readonly refusal: Check } {
  const method = proof['verificationMethod'];
  const reference =
    stringOf(method) ?? stringOf(listOf(method).length === 1 ? idOf(listOf(method)[0]) : undefined);
  if (reference === undefined) return refused('missing-field', { field: 'proof.verificationMethod' });
  const purpose = proof['proofPurpose'];
  if (purpose !== 'assertionMethod' && purpose !== 'https://w3id.org/security#assertionMethod')
    return refused('proof-purpose-wrong', { purpose: String(purpose ?? 'none').slice(0, 60) });
  const created = proof['created'];
  if (created !== undefined && (typeof created !== 'string' || parseZonedTime(created) === undefined))
    return refused('bad-value', { field: 'proof.created' });
  const expires = proof['expires'];
  if (expires !== undefined) {
    const end = typeof expires === 'string' ? parseZonedTime(expires) : undefined;
    if (end === undefined) return refused('bad-value', { field: 'proof.expires' });
    if (end <= now) return refused('proof-expired', { date: end });
  }
  const value = stringOf(proof['proofValue']);
  // Ed25519 suites write base58btc only (DI EdDSA §3.2.1).
  const signature = value?.startsWith('z') === true ? bytesOfMultibase(value) : undefined;
  if (signature === undefined) return refused('bad-value', { field: 'proof.proofValue' });
  return { method: reference, signature };

  function refused(code: Check['detail']['code'], facts: Check['detail']['facts']): { refusal: Check } {
    return { refusal: failure('integrity', 'invalid', code, source, facts) };
  }
}

function idOf(value: Json | undefined): Json | undefined {
  return typeof value === 'object' && value !== null && 'id' in value ? (value['id'] as Json) : undefined;
}

async function hashesOf(
  proof: JsonObject,
  document: JsonObject,
  { session }: ProofDeps,
  source: string,
): Promise<{ readonly signed: Uint8Array<ArrayBuffer> } | { readonly refusal: Check }> {
  const { proofValue: _, ...options } = proof;
  const context = document['@context'];
  const configuration: JsonObject = context === undefined ? options : { ...options, '@context': context };
  const [config, unsecured] = await Promise.all([
    canonize(configuration, session.contexts, { signal: session.signal }),
    canonize(document, session.contexts, { signal: session.signal }),
  ]);
  for (const canonical of [unsecured, config]) {
    if (canonical.ok) continue;
    const asks =
      canonical.code === 'unknown-context' || canonical.code === 'beyond-limits'
        ? 'unsupported'
        : 'malformed';
    const check = canonical.code === 'beyond-limits' ? 'limits' : 'form';
    return {
      refusal: failure(
        check,
        asks,
        canonical.code,
        `${source}; JSON-LD 1.1 API (safe mode)`,
        canonical.facts,
      ),
    };
  }
  if (!config.ok || !unsecured.ok) return { refusal: failure('form', 'malformed', 'bad-value', source) };
  const misleading = misleadingPart(document, unsecured.tally, session.contexts);
  if (misleading !== undefined)
    return {
      refusal: failure('form', 'malformed', 'bad-value', 'VCDM 2.0 §Verification (contexts)', misleading),
    };
  return { signed: concat(await sha256(utf8(config.quads)), await sha256(utf8(unsecured.quads))) };
}

function refuse(check: Check): ProofAnswer {
  return { checks: [check], issuerProof: { kind: 'none' } };
}
