import type { FoundKey } from '../keys/key-source.ts';
import { type Relation, relationOf } from '../keys/verification-method.ts';
import { failure, passed, warning } from '../model/check.ts';
import type { Facts } from '../model/errors.ts';
import { isJsonObject, type JsonObject, listOf, stringOf } from '../model/json.ts';
import { parseZonedTime } from '../model/time.ts';
import type { Check, FindingCode } from '../model/verdict.ts';
import { securedDocument } from './proof-chain.ts';
import type { ProofAnswer, ProofDeps, ProofSuite } from './proof-suite.ts';
import type { SignatureAnswer } from './signature.ts';

/** What a suite made of proof and document: all that is left to do once the key is known. */
export type Opened = { readonly check: (jwk: JsonWebKey) => Promise<SignatureAnswer> };
export type Refused = { readonly refusal: Check };

/** What one suite of embedded proofs adds to the steps that all of them share. */
export type EmbeddedForm = {
  /** as the document names it, and as the registry does */
  readonly name: string;
  readonly source: string;
  readonly recognises: (proof: JsonObject) => boolean;
  /** Reads the proof's value and hashes `document`, which holds no proofs but those that came before this one. */
  readonly open: (proof: JsonObject, document: JsonObject, deps: ProofDeps) => Promise<Opened | Refused>;
  /** what else to say of a proof whose signature is good */
  readonly notes?: (proof: JsonObject, document: JsonObject, deps: ProofDeps) => readonly Check[];
};

/** True for a proof of the Data Integrity specification that names this suite. */
export function isDataIntegrity(proof: JsonObject, cryptosuite: string): boolean {
  return proof['type'] === 'DataIntegrityProof' && proof['cryptosuite'] === cryptosuite;
}

/**
 * A suite of proofs that stand in the document: options, chain, bytes, key, signature, issuer, in this order.
 * Source: DI §Verify Proof.
 */
export function embeddedSuite(form: EmbeddedForm): ProofSuite {
  return {
    name: form.name,
    recognises: (proof) => proof.kind === 'embedded' && form.recognises(proof.proof),
    verify: async (proof, subject, deps) =>
      proof.kind === 'embedded' ? verifyEmbedded(proof.proof, subject.document, deps, form) : refuse(),
  };
}

async function verifyEmbedded(
  proof: JsonObject,
  document: JsonObject,
  deps: ProofDeps,
  form: EmbeddedForm,
): Promise<ProofAnswer> {
  const { source } = form;
  const options = judgeOptions(proof, relationOf(deps.use), deps.session.now, source);
  if ('refusal' in options) return refuse(options.refusal);
  const secured = securedDocument(proof, document);
  if (secured === undefined)
    return refuse(failure('proof-set', 'invalid', 'proof-chain-broken', 'DI §Proof Chains'));
  const opened = await form.open(proof, secured, deps);
  if ('refusal' in opened) return refuse(opened.refusal);
  const found = await deps.findKey({ reference: options.method, use: deps.use });
  if (!found.found) {
    const asks = found.asks === 'valid' ? 'invalid' : found.asks;
    return refuse(failure('key', asks, found.code, source, found.facts));
  }
  const { key } = found;
  if (!key.authorised) return refuse(notAuthorised(key, source));
  const answer = await opened.check(key.jwk);
  if (answer === 'key-does-not-fit') return refuse(failure('key', 'invalid', 'key-does-not-fit', source));
  if (answer !== 'good') return refuse(failure('integrity', 'invalid', 'signature-bad', source));
  const binding = await deps.bindIssuer(key, document, deps.session);
  return {
    checks: [
      passed('integrity', 'signature-good', source),
      passed('key', 'key-found', source),
      ...(form.notes?.(proof, document, deps) ?? []),
      ...bareDid(options.method, 'proof.verificationMethod'),
      binding.check,
    ],
    issuerProof: binding.issuerProof,
  };
}

/** Why a key that was found may not be used. Source: Controlled Identifiers §2.2 (`revoked`, `expires`). */
export function notAuthorised({ ended }: FoundKey, source: string): Check {
  return ended === undefined
    ? failure('key', 'invalid', 'key-not-authorised', source)
    : failure('key', 'invalid', ended.code, source, { date: ended.at });
}

/** A DID names its owner; a key has a fragment beside it. Tolerated where the DID is its only key. Source: DI §2.1. */
export function bareDid(reference: string | undefined, field: string): readonly Check[] {
  const isBare = reference?.startsWith('did:') === true && !reference.includes('#');
  return isBare ? [warning('key', 'field-loose', 'DI §Verification Methods', { field })] : [];
}

type Options = { readonly method: string };

function judgeOptions(proof: JsonObject, expected: Relation, now: string, source: string): Options | Refused {
  const listed = listOf(proof['verificationMethod']);
  const [method] = listed;
  const reference = stringOf(isJsonObject(method) ? method['id'] : method);
  if (reference === undefined || listed.length !== 1)
    return refused('missing-field', { field: 'proof.verificationMethod' });
  const purpose = proof['proofPurpose'];
  if (purpose !== expected && purpose !== `https://w3id.org/security#${expected}`)
    return refused('proof-purpose-wrong', { purpose: String(purpose ?? 'none').slice(0, 60) });
  const created = proof['created'];
  if (created !== undefined && (typeof created !== 'string' || parseZonedTime(created) === undefined))
    return refused('bad-value', { field: 'proof.created' });
  const expires = proof['expires'];
  if (expires === undefined) return { method: reference };
  const end = typeof expires === 'string' ? parseZonedTime(expires) : undefined;
  if (end === undefined) return refused('bad-value', { field: 'proof.expires' });
  return end <= now ? refused('proof-expired', { date: end }) : { method: reference };

  function refused(code: FindingCode, facts: Facts): Refused {
    return { refusal: failure('integrity', 'invalid', code, source, facts) };
  }
}

function refuse(...checks: readonly Check[]): ProofAnswer {
  return { checks, issuerProof: { kind: 'none' } };
}
