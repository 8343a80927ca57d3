import type { IssuerProof } from '../model/badge.ts';
import type { Outcome } from '../model/verdict.ts';
import type { Verification } from './verify-badge.ts';

/** What is told of a verification: as it is, or only as somebody recorded it (threat T72). */
export type Told = {
  readonly standing: 'checked' | 'recorded';
  readonly outcome: Outcome;
  readonly issuerProof: IssuerProof;
};

/**
 * A snapshot that was handed over convinces only the account that made it: a verdict that rests on its documents is
 * told as recorded, never as valid, and proves no host.
 */
export function toldOf({ verdict, issuerProof, snapshot }: Verification, fromSnapshot: boolean): Told {
  const { outcome } = verdict;
  if (!fromSnapshot || snapshot.documents.length === 0) return { standing: 'checked', outcome, issuerProof };
  const open = outcome === 'valid' || outcome === 'unsupported';
  return {
    standing: 'recorded',
    outcome: open ? 'unreachable' : outcome,
    issuerProof: issuerProof.kind === 'host' ? { kind: 'none' } : issuerProof,
  };
}
