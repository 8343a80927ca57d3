import { isJsonObject, type JsonObject, listOf } from '../model/json.ts';

/** Most proofs that one proof may name as standing before it; formats read no more than ten of a document. */
const maxBefore = 10;

/**
 * The document as it was when this proof was put to it: without proofs, or in a chain with those that the proof
 * names as standing before it. `undefined` for a broken chain: a named proof is missing or stands there twice, or
 * the chain comes back to this proof, which nobody can have signed.
 * Source: DI §Proof Chains, §Verify Proof Sets and Chains.
 */
export function securedDocument(proof: JsonObject, document: JsonObject): JsonObject | undefined {
  const { proof: all, ...unsecured } = document;
  if (listOf(proof['previousProof']).length === 0) return unsecured;
  const proofs = listOf(all).filter(isJsonObject);
  const before = proofsBefore(proof, proofs);
  if (before === undefined || returnsTo(proof, before, proofs)) return undefined;
  return { ...unsecured, proof: before };
}

/** The proofs that a proof names, in the order of the document. */
function proofsBefore(proof: JsonObject, proofs: readonly JsonObject[]): readonly JsonObject[] | undefined {
  const names = new Set(listOf(proof['previousProof']));
  if (names.size > maxBefore) return undefined;
  const before = proofs.filter(({ id }) => typeof id === 'string' && names.has(id));
  const found = new Set(before.map(({ id }) => id));
  return found.size === names.size && before.length === names.size ? before : undefined;
}

function returnsTo(proof: JsonObject, before: readonly JsonObject[], proofs: readonly JsonObject[]): boolean {
  const seen = new Set<JsonObject>();
  const waiting = [...before];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === proof) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    if (next['previousProof'] !== undefined) waiting.push(...(proofsBefore(next, proofs) ?? []));
  }
  return false;
}
