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
import { parseCompactToken } from './read-document.ts';

/** Most badges of one presentation that are looked at. */
export const maxPresented = 100;

/**
 * The documents inside a Verifiable Presentation, each as it would stand alone: JSON, or a compact token. `undefined`
 * for anything else. The presentation is an envelope: whoever handed it over wrote it, and nothing of it says who
 * issued what lies inside, so that its own proof adds nothing to a badge. One inside another is not opened.
 * Source: VCDM 1.1 and 2.0 §Verifiable Presentations, §Enveloped Verifiable Presentations.
 */
export function presentedIn(document: Uint8Array): readonly Uint8Array[] | undefined {
  const text = textOf(document)?.trim();
  const presentation = text === undefined ? undefined : presentationOf(text);
  if (presentation === undefined) return undefined;
  return listOf(presentation['verifiableCredential']).slice(0, maxPresented).flatMap(bytesOf);
}

function presentationOf(text: string): JsonObject | undefined {
  if (!text.startsWith('{')) return presentationOfToken(text);
  // Badges are parsed once, further on: what does not speak of one is none.
  if (!text.includes('VerifiablePresentation')) return undefined;
  const parsed = parseJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value) || hasDuplicateKeys(text)) return undefined;
  const enveloped = envelopedToken(parsed.value);
  if (enveloped !== undefined) return presentationOfToken(enveloped);
  return hasType(parsed.value, 'VerifiablePresentation') ? parsed.value : undefined;
}

function presentationOfToken(text: string): JsonObject | undefined {
  const said = textOf(bytesOfBase64Url(text.split('.')[1] ?? '') ?? new Uint8Array());
  if (said === undefined || !/"vp"|VerifiablePresentation/.test(said)) return undefined;
  const payload = parseCompactToken(text)?.payload;
  if (payload === undefined) return undefined;
  const inner = payload['vp'];
  if (isJsonObject(inner)) return inner;
  return hasType(payload, 'VerifiablePresentation') ? payload : undefined;
}

function envelopedToken(document: JsonObject): string | undefined {
  if (!hasType(document, 'EnvelopedVerifiablePresentation')) return undefined;
  return /^data:application\/vp\+jwt,([\w.-]+)$/.exec(stringOf(document['id']) ?? '')?.[1];
}

function bytesOf(value: Json): readonly Uint8Array[] {
  if (typeof value === 'string') return [utf8(value)];
  return isJsonObject(value) ? [utf8(JSON.stringify(value))] : [];
}
