import type { Recipient } from '../model/badge.ts';
import { isJsonObject, type Json, type JsonObject, listOf, stringOf } from '../model/json.ts';

/** Most recipients of one document that are read. */
const maxRecipients = 100;

/**
 * Whom a document names, in any generation; empty when it names nobody that could be compared.
 * Source: OB 0.5 (recipient), OB 1.0–2.0 §IdentityObject, OB 3.0 §AchievementSubject, §IdentityObject.
 */
export function recipientsOf(document: JsonObject): readonly Recipient[] {
  const subject = document['credentialSubject'];
  if (subject !== undefined) return listOf(subject).flatMap(recipientsOfSubject).slice(0, maxRecipients);
  const recipient = document['recipient'];
  if (typeof recipient === 'string') return [recipientOfText(recipient, document['salt'])];
  return listOf(recipient).flatMap(recipientOfIdentityObject).slice(0, maxRecipients);
}

/** 0.5: the address itself, or its hash when it looks like one. */
function recipientOfText(identity: string, salt: Json | undefined): Recipient {
  const hashed = /^[a-z0-9]{1,20}\$[0-9a-f]+$/i.test(identity);
  return { type: 'email', identity, hashed, ...saltOf(salt) };
}

function recipientOfIdentityObject(value: Json): readonly Recipient[] {
  if (!isJsonObject(value)) return [];
  const identity = stringOf(value['identity']);
  const words = listOf(value['type'] ?? value['@type']);
  // The class may stand among the words; whom it is about is the other one.
  const type = words.find((word) => word !== 'IdentityObject') ?? words[0];
  if (identity === undefined || typeof type !== 'string') return [];
  return [
    {
      // Validators of 1.x took these words in any letters.
      type: /^email$/i.test(type) ? 'email' : type,
      identity,
      hashed: saysTrue(value['hashed']),
      ...saltOf(value['salt']),
    },
  ];
}

function recipientsOfSubject(subject: Json): readonly Recipient[] {
  if (!isJsonObject(subject)) return [];
  const id = stringOf(subject['id'] ?? subject['@id']);
  const named = id === undefined || id === '' ? [] : [recipientOfId(id)];
  return [...named, ...listOf(subject['identifier']).flatMap(recipientOfIdentifier)];
}

function recipientOfId(id: string): Recipient {
  if (/^mailto:/i.test(id)) return { type: 'email', identity: id, hashed: false };
  return { type: /^https?:/i.test(id) ? 'url' : 'did', identity: id, hashed: false };
}

/** 3.0: the value stands in `identityHash` even when it is plain. */
function recipientOfIdentifier(value: Json): readonly Recipient[] {
  if (!isJsonObject(value)) return [];
  const identity = stringOf(value['identityHash']);
  const word = stringOf(value['identityType']);
  if (identity === undefined || word === undefined) return [];
  const type = word === 'emailAddress' ? 'email' : word;
  return [{ type, identity, hashed: saysTrue(value['hashed']), ...saltOf(value['salt']) }];
}

/** To linked data the word is the same value as the thing, and one signature good for both. */
function saysTrue(hashed: Json | undefined): boolean {
  return hashed === true || (typeof hashed === 'string' && /^true$/i.test(hashed));
}

/** A salt of digits was written as a number by some. */
function saltOf(salt: Json | undefined): { readonly salt?: string } {
  return typeof salt === 'string' || typeof salt === 'number' ? { salt: String(salt) } : {};
}
