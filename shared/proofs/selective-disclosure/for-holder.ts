import { isJsonObject, type JsonObject, listOf, stringOf } from '../../model/json.ts';

/** `u`, and the three bytes that say "base proof", as base64url begins them. Source: DI ECDSA §3.5.2. */
const baseProof = /^u2V0A/;

/**
 * True when the document holds a base proof of `ecdsa-sd-2023`, which is the holder's alone: whoever has it can make
 * every copy that the learner can. It is kept, and goes to nobody. Nothing is verified here.
 */
export function isForHolderAlone(document: JsonObject): boolean {
  return listOf(document['proof']).some(
    (proof) =>
      isJsonObject(proof) &&
      proof['cryptosuite'] === 'ecdsa-sd-2023' &&
      baseProof.test(stringOf(proof['proofValue']) ?? ''),
  );
}
