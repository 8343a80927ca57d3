import type { Snapshot } from '../../shared/model/badge.ts';
import type { Instant, Sha256 } from '../../shared/model/brands.ts';
import type { Verdict } from '../../shared/model/verdict.ts';
import { signStatement, type WitnessKeys, witnessKeysOf } from '../../shared/publish/witness.ts';
import type { Signer } from '../../shared/sync/compact-jws.ts';

/** This server as one who has seen a badge: the origin that it speaks for, and its key. */
export type Witness = { readonly origin: string; readonly signer: Signer };

/** Signs what a check has found, and which addresses answered what. */
export function stateSeen(
  doc: Sha256,
  { outcome, reason }: Verdict,
  { documents }: Snapshot,
  at: Instant,
  { origin, signer }: Witness,
): Promise<string> {
  const seen = documents.map(({ address, status, hash, at }) => ({ address, status, hash, at }));
  return signStatement({ v: 1, iss: origin, at, doc, outcome, reason, seen }, signer);
}

/** The public keys by which anybody can tell what this server has signed. */
export function keysOf({ signer }: Witness): Promise<WitnessKeys> {
  return witnessKeysOf(signer);
}
