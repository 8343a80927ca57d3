import { readObject } from '../formats/linked.ts';
import { linkIn } from '../formats/ob-2-structure.ts';
import { isJsonObject, type Json, type JsonObject, stringOf } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import { type HostedScope, judgeHostedScope } from '../proofs/hosted-scope.ts';

/**
 * Judges only whether an assertion's address lies inside its issuer's policy; badge class and issuer are read where
 * they are linked. `undefined` when one of them cannot be had. Source: OB 2.0 §HostedBadge.
 */
export async function judgeHosting(
  assertion: JsonObject,
  session: Session,
): Promise<HostedScope | undefined> {
  const verification = assertion['verify'];
  const id = assertion['id'] ?? assertion['@id'];
  const address = stringOf(id ?? (isJsonObject(verification) ? verification['url'] : undefined));
  const badgeClass = await partOf(assertion['badge'], session);
  const issuer = await partOf(badgeClass?.['issuer'], session);
  if (address === undefined || issuer === undefined) return undefined;
  const policy = issuer['verification'] ?? issuer['verify'];
  const link = isJsonObject(policy) ? linkIn(policy) : policy;
  const linked = typeof link === 'string' ? await partOf(link, session) : undefined;
  return judgeHostedScope(address, linked === undefined ? issuer : { ...issuer, verification: linked });
}

async function partOf(value: Json | undefined, session: Session): Promise<JsonObject | undefined> {
  if (isJsonObject(value)) return value;
  const address = stringOf(value);
  return address === undefined ? undefined : (await readObject(address, 'hosting', session)).document;
}
