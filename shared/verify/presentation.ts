import { textOf, utf8 } from '../model/bytes.ts';
import { hasType, isJsonObject, type Json, type JsonObject, listOf } from '../model/json.ts';
import type { CompactToken } from '../model/subject.ts';
import { envelopedIn } from './enveloped.ts';
import { type Held, parseCompactToken } from './read-document.ts';

/** Most badges of one presentation that are looked at. */
export const maxPresented = 100;

/** What somebody handed over in one envelope. */
export type Presentation = {
  /** the presentation itself; of a token what its payload says */
  readonly document: JsonObject;
  readonly token?: CompactToken;
  /** the documents inside, each as it would stand alone: JSON, or a compact token; at most `maxPresented` */
  readonly parts: readonly Uint8Array[];
  /** more than that many were inside */
  readonly isCut: boolean;
};

/**
 * The Verifiable Presentation that a document is; `undefined` for anything else. It is an envelope: whoever handed it
 * over wrote and signed it, and nothing of it says who issued what lies inside. One inside another is not opened.
 * Source: VCDM 1.1 and 2.0 §Verifiable Presentations, §Enveloped Verifiable Presentations.
 */
export function presentedIn(held: Held): Presentation | undefined {
  const found = presentationOf(held);
  if (found === undefined) return undefined;
  const inside = listOf(found.document['verifiableCredential']);
  const isCut = inside.length > maxPresented;
  return { ...found, parts: inside.slice(0, maxPresented).flatMap(bytesOf), isCut };
}

type Envelope = Pick<Presentation, 'document' | 'token'>;

function presentationOf(held: Held): Envelope | undefined {
  if ('refusal' in held) return undefined;
  if ('token' in held) return presentationOfToken(held.token);
  const enveloped = envelopedIn(held.document, 'EnvelopedVerifiablePresentation');
  if (enveloped !== undefined) {
    const token = parseCompactToken((textOf(enveloped.bytes) ?? '').trim());
    return token.ok ? presentationOfToken(token.value) : undefined;
  }
  return hasType(held.document, 'VerifiablePresentation') ? { document: held.document } : undefined;
}

function presentationOfToken(token: CompactToken): Envelope | undefined {
  const inner = token.payload['vp'];
  if (isJsonObject(inner)) return { document: inner, token };
  return hasType(token.payload, 'VerifiablePresentation') ? { document: token.payload, token } : undefined;
}

function bytesOf(value: Json): readonly Uint8Array[] {
  if (typeof value === 'string') return [utf8(value)];
  return isJsonObject(value) ? [utf8(JSON.stringify(value))] : [];
}
