import { failure } from '../model/check.ts';
import { type JsonObject, listOf, stringOf } from '../model/json.ts';
import type { Proof } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';

/** What is said of a proof that no suite recognises. One that does not say what it is no later version will know. */
export function judgeUnknownProof(proof: Proof): Check {
  const field = proof.kind === 'embedded' ? unsaid(proof.proof) : undefined;
  return field === undefined
    ? failure('proof-set', 'unsupported', 'suite-not-supported', 'DI §Proof Sets; OB 3.0 §verification', {
        suite: suiteNameOf(proof),
      })
    : failure('integrity', 'invalid', 'missing-field', 'DI §Proofs, §Verify Proof', { field });
}

/** What a proof lacks to say which suite made it. */
function unsaid({ type, cryptosuite }: JsonObject): string | undefined {
  if (listOf(type).length === 0) return 'proof.type';
  return type === 'DataIntegrityProof' && listOf(cryptosuite).length === 0 ? 'proof.cryptosuite' : undefined;
}

function suiteNameOf(proof: Proof): string {
  if (proof.kind !== 'embedded') return proof.kind;
  const { cryptosuite, type } = proof.proof;
  return (stringOf(cryptosuite) ?? stringOf(type) ?? 'unnamed').slice(0, 100);
}
