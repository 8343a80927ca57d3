import { findKeyWith } from '../keys/registry.ts';
import type { IssuerProof } from '../model/badge.ts';
import { failure, warning } from '../model/check.ts';
import { maxProofsInAll, noEffort, type Session } from '../model/session.ts';
import { maxProofs, type Proof, type Subject } from '../model/subject.ts';
import type { Check } from '../model/verdict.ts';
import { bindIssuer } from '../proofs/issuer-binding.ts';
import type { ProofAnswer, ProofDeps } from '../proofs/proof-suite.ts';
import { proofSuiteOf } from '../proofs/registry.ts';
import { judgeUnknownProof } from './unknown-proof.ts';

const source = 'DI §Proof Sets; OB 3.0 §verification';

/**
 * `audience`: base proofs of selective disclosure are for the holder alone.
 * `bindIssuer`: how a key is held against the issuer; vectors that are about signatures alone leave it open.
 */
export type ProofManner = Partial<Pick<ProofDeps, 'audience' | 'use' | 'bindIssuer'>>;

/**
 * Verifies everything that vouches for the subject. One good proof is enough, and a proof of a known kind that fails
 * spoils the whole; what cannot be checked beside a good one is a warning.
 */
export async function verifyProofs(
  proofs: readonly Proof[],
  subject: Subject,
  session: Session,
  manner: ProofManner = {},
): Promise<ProofAnswer> {
  if (proofs.length === 0) return refused(failure('integrity', 'invalid', 'no-proof', source));
  // All of them have to be good, so to look at some alone would say too much.
  if (proofs.length > maxProofs)
    return refused(
      failure('limits', 'unsupported', 'beyond-limits', 'ours', { what: 'proofs', limit: maxProofs }),
    );
  const { effort = noEffort() } = session;
  effort.proofs += proofs.length;
  if (effort.proofs > maxProofsInAll)
    return refused(
      failure('limits', 'unsupported', 'beyond-limits', 'ours', { what: 'proofs', limit: maxProofsInAll }),
    );
  const deps = proofDepsOf(session, manner);
  const answers: ProofAnswer[] = [];
  for (const proof of proofs) {
    const suite = proofSuiteOf(proof, subject);
    answers.push(
      suite === undefined ? refused(judgeUnknownProof(proof)) : await suite.verify(proof, subject, deps),
    );
  }
  const isGood = answers.some(({ checks }) => checks.every((check) => check.asks === undefined));
  return {
    checks: answers.flatMap(({ checks }) => (isGood ? checks.map(besideGoodOne) : checks)),
    issuerProof: strongest(answers.map(({ issuerProof }) => issuerProof)),
  };
}

/** What every suite is given, for a credential shown to anybody where nothing else is said. */
export function proofDepsOf(session: Session, manner: ProofManner): ProofDeps {
  const usual = { audience: 'verifier', use: 'credential', bindIssuer } as const;
  return { session, findKey: findKeyWith(session), ...usual, ...manner };
}

function refused(check: Check): ProofAnswer {
  return { checks: [check], issuerProof: { kind: 'none' } };
}

/** Beside a good proof, one that could not be asked is only told; one that failed stays what it is. */
function besideGoodOne(check: Check): Check {
  return check.asks === 'unsupported' || check.asks === 'unreachable'
    ? warning('proof-set', check.detail.code, check.source, check.detail.facts)
    : check;
}

function strongest(issuerProofs: readonly IssuerProof[]): IssuerProof {
  for (const kind of ['host', 'key', 'unconfirmed'] as const) {
    const found = issuerProofs.find((issuerProof) => issuerProof.kind === kind);
    if (found !== undefined) return found;
  }
  return { kind: 'none' };
}
