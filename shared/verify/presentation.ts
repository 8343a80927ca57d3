import { bytesOfBase64Url, textOf, utf8 } from '../model/bytes.ts';
import {
  hasDuplicateKeys,
  hasType,
  isJsonObject,
  type Json,
  type JsonObject,
  listOf,
  parseJson,
  stringOf,
} from '../model/json.ts';
import type { CompactToken } from '../model/subject.ts';
import { parseCompactToken } from './read-document.ts';

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
export function presentedIn(document: Uint8Array): Presentation | undefined {
  const text = textOf(document)?.trim();
  const found = text === undefined ? undefined : presentationOf(text);
  if (found === undefined) return undefined;
  const inside = listOf(found.document['verifiableCredential']);
  const isCut = inside.length > maxPresented;
  return { ...found, parts: inside.slice(0, maxPresented).flatMap(bytesOf), isCut };
}

type Envelope = Pick<Presentation, 'document' | 'token'>;

function presentationOf(text: string): Envelope | undefined {
  if (!text.startsWith('{')) return presentationOfToken(text);
  // Badges are parsed once, further on: what does not speak of one is none.
  if (!text.includes('VerifiablePresentation')) return undefined;
  const parsed = parseJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value) || hasDuplicateKeys(text)) return undefined;
  const enveloped = envelopedToken(parsed.value);
  if (enveloped !== undefined) return presentationOfToken(enveloped);
  return hasType(parsed.value, 'VerifiablePresentation') ? { document: parsed.value } : undefined;
}

function presentationOfToken(text: string): Envelope | undefined {
  const said = textOf(bytesOfBase64Url(text.split('.')[1] ?? '') ?? new Uint8Array());
  if (said === undefined || !/"vp"|VerifiablePresentation/.test(said)) return undefined;
  const token = parseCompactToken(text);
  if (token === undefined) return undefined;
  const inner = token.payload['vp'];
  if (isJsonObject(inner)) return { document: inner, token };
  return hasType(token.payload, 'VerifiablePresentation') ? { document: token.payload, token } : undefined;
}

function envelopedToken(document: JsonObject): string | undefined {
  if (!hasType(document, 'EnvelopedVerifiablePresentation')) return undefined;
  return /^data:application\/vp\+jwt,([\w.-]+)$/.exec(stringOf(document['id']) ?? '')?.[1];
}

function bytesOf(value: Json): readonly Uint8Array[] {
  if (typeof value === 'string') return [utf8(value)];
  return isJsonObject(value) ? [utf8(JSON.stringify(value))] : [];
}
