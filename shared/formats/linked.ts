import { parseUrl, type Url } from '../model/brands.ts';
import { failure, warning } from '../model/check.ts';
import type { Fetched } from '../model/effects.ts';
import { hostOf } from '../model/host-of.ts';
import { type JsonObject, parseJsonObject } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { Check, CheckName } from '../model/verdict.ts';
import { idOf } from './ob-2-view.ts';

/** A document that was linked to, and what there is to say of the way to it. */
export type Linked = {
  readonly document?: JsonObject;
  readonly fetched?: Fetched;
  readonly checks: readonly Check[];
};

const availability = 'OB 2.0 §Data Validation';
const identity = 'OB 2.0 §JSON-LD (id is canonical)';

/**
 * Reads a linked badge class, issuer or the like, on which the verdict rests.
 *
 * What is not served asks `unreachable`, what is no JSON object asks `malformed`. A document that gives another
 * address as its id is believed when that address answers with itself, or lies on the same host; a stranger's
 * address that does not confirm it asks `invalid` (threat T43). At most one such step.
 */
export async function readLinked(address: string, check: CheckName, session: Session): Promise<Linked> {
  const first = await readObject(address, check, session);
  if (first.document === undefined || first.fetched === undefined) return first;
  const id = idOf(first.document);
  const target = id === undefined ? undefined : parseUrl(withoutFragment(id));
  if (id === undefined || target === undefined || !target.ok || target.value === first.fetched.requested)
    return first;

  const facts = { host: hostOf(first.fetched.requested), address: target.value };
  const redirected = warning(check, 'hosted-redirected', identity, facts);
  const second = await readObject(id, check, session);
  const secondId = second.document === undefined ? undefined : idOf(second.document);
  if (second.document !== undefined && secondId !== undefined && sameAddress(secondId, target.value))
    return { ...second, checks: [redirected] };
  if (hostOf(target.value) === hostOf(first.fetched.requested)) return { ...first, checks: [redirected] };
  if (second.document === undefined) return { checks: second.checks };
  return { checks: [failure(check, 'invalid', 'hosted-elsewhere', identity, facts)] };
}

/** What an address answers as a JSON object, whatever media type it says. */
export async function readObject(address: string, check: CheckName, session: Session): Promise<Linked> {
  const answer = await session.read(address);
  const facts = { host: hostOf(address), address: address.slice(0, 200) };
  if (!answer.ok || answer.value.status !== 200) {
    const status = answer.ok ? { status: answer.value.status } : {};
    const unread = failure(check, 'unreachable', 'document-unreachable', availability, {
      ...facts,
      ...status,
    });
    return answer.ok ? { fetched: answer.value, checks: [unread] } : { checks: [unread] };
  }
  const parsed = parseJsonObject(answer.value.bytes);
  if (!parsed.ok)
    return {
      fetched: answer.value,
      checks: [failure(check, 'malformed', 'document-not-json', availability, facts)],
    };
  return { document: parsed.value, fetched: answer.value, checks: [] };
}

/** True when both are one http(s) address as the URL parser writes it, fragments apart. */
export function sameAddress(one: string, other: string): boolean {
  const first = parseUrl(withoutFragment(one));
  const second = parseUrl(withoutFragment(other));
  return first.ok && second.ok && first.value === second.value;
}

/** The http(s) address that an id stands for. */
export function webAddressOf(id: string | undefined): Url | undefined {
  const url = id === undefined ? undefined : parseUrl(withoutFragment(id));
  return url?.ok === true ? url.value : undefined;
}

function withoutFragment(address: string): string {
  return address.split('#')[0] ?? '';
}
