import { type DataUrl, decodeDataUrl } from '../model/data-url.ts';
import { type JsonObject, listOf, stringOf } from '../model/json.ts';

/**
 * What lies in the `data:` address of an envelope of this type, which is nothing else beside it.
 * Source: VCDM 2.0 §Enveloped Verifiable Credentials, §Enveloped Verifiable Presentations.
 */
export function envelopedIn(
  document: JsonObject,
  type: 'EnvelopedVerifiableCredential' | 'EnvelopedVerifiablePresentation',
): DataUrl | undefined {
  const [named, ...others] = listOf(document['type']);
  if (named !== type || others.length > 0) return undefined;
  const data = decodeDataUrl(stringOf(document['id']) ?? '');
  return data.ok ? data.value : undefined;
}
