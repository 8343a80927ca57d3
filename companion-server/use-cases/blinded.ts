import { createHmac, type KeyObject } from 'node:crypto';
import { type LastKept, lastKept } from '../../shared/model/last-kept.ts';

/** Who asks once asks again within the minute. */
const maxNames = 2000;
const kept = new WeakMap<KeyObject, LastKept<string>>();

/** A name by which a key, account or address is known again, and that says nothing of it to who has not the pepper. */
export function blinded(name: string, pepper: KeyObject): string {
  const names = kept.get(pepper) ?? lastKept<string>(maxNames);
  kept.set(pepper, names);
  const before = names.get(name);
  return before ?? names.keep(name, createHmac('sha256', pepper).update(name).digest('base64url'));
}
