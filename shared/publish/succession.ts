import * as v from 'valibot';
import type { Did, Instant } from '../model/brands.ts';
import { canonicalJson } from '../model/json.ts';
import {
  kidOf,
  parseCompactJws,
  type Signer,
  signCompactJws,
  verifyCompactJws,
} from '../sync/compact-jws.ts';
import { instantShape, parseShape } from '../sync/shapes.ts';
import { didOfIdentity, didShape, identityOfDid } from './identity-did.ts';

const maxStatementLength = 2048;
/** Most changes of identity that a manifest tells of. */
export const maxSuccessions = 20;

/** One change of identity: the same statement signed by both, so that neither can be claimed without the other. */
export const successionShape = v.strictObject({
  old: v.pipe(v.string(), v.maxLength(maxStatementLength)),
  new: v.pipe(v.string(), v.maxLength(maxStatementLength)),
});
export type Succession = v.InferOutput<typeof successionShape>;

const statementShape = v.strictObject({ from: didShape, to: didShape, at: instantShape });
export type SuccessionStatement = v.InferOutput<typeof statementShape>;

/** States that who was known by one identity is known by another from now on (design §13). */
export async function signSuccession(from: Signer, to: Signer, at: Instant): Promise<Succession> {
  const statement = { from: didOfIdentity(from.key), to: didOfIdentity(to.key), at };
  return {
    old: await signCompactJws('backpack-succession', statement, from),
    new: await signCompactJws('backpack-succession', statement, to),
  };
}

/** Reads one change of identity, proven by both signatures; `undefined` when either is missing or says another thing. */
export async function readSuccession(succession: Succession): Promise<SuccessionStatement | undefined> {
  const old = parseCompactJws(succession.old, 'backpack-succession', maxStatementLength);
  const next = parseCompactJws(succession.new, 'backpack-succession', maxStatementLength);
  if (!old.ok || !next.ok) return undefined;
  if (canonicalJson(old.value.payload) !== canonicalJson(next.value.payload)) return undefined;
  const statement = parseShape(statementShape, old.value.payload, 'manifest-refused');
  if (!statement.ok) return undefined;
  const [from, to] = [identityOfDid(statement.value.from), identityOfDid(statement.value.to)];
  if (from === undefined || to === undefined) return undefined;
  if (old.value.kid !== (await kidOf(from)) || next.value.kid !== (await kidOf(to))) return undefined;
  const proven = (await verifyCompactJws(old.value, from)) && (await verifyCompactJws(next.value, to));
  return proven ? statement.value : undefined;
}

/**
 * The identities that an identity has had before, oldest first; `undefined` when the statements do not lead to it one by
 * one, each from the one before.
 */
export async function formerIdentities(
  successions: readonly Succession[],
  identity: Did,
): Promise<readonly Did[] | undefined> {
  const former: Did[] = [];
  let last: Did | undefined;
  for (const succession of successions) {
    const statement = await readSuccession(succession);
    if (statement === undefined || (last !== undefined && statement.from !== last)) return undefined;
    former.push(statement.from);
    last = statement.to;
  }
  return last === undefined || last === identity ? former : undefined;
}
