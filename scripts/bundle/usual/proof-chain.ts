import type { JsonObject } from '../../../shared/model/json.ts';
import { unusual } from './unusual.ts';

/** A proof over other proofs takes the whole verifier. */
export function securedDocument(proof: JsonObject, { proof: _, ...unsecured }: JsonObject): JsonObject {
  return proof['previousProof'] === undefined ? unsecured : unusual();
}
