import jsonld, { type ContextDefinition, type NodeObject } from 'jsonld';
import { contextOf } from '../contexts/bundled.ts';
import type { Json, JsonObject } from '../model/json.ts';

/**
 * What every call needs. `safe` is the library's own word for refusing terms that no context defines; the direction of
 * a text is signed as issuers' software signs it.
 */
const loading = {
  safe: true,
  rdfDirection: 'i18n-datatype' as const,
  documentLoader: async (address: string) => {
    const context = contextOf(address);
    if (context === undefined) throw new Error(`No context ${address} to sign with`);
    return { document: context as NodeObject, documentUrl: address };
  },
};

export type QuadWish = {
  /** names blank nodes; suites over P-384 use SHA-384 */
  readonly hash?: string;
  /** filled with the canonical name of each blank node of the input */
  readonly names?: Map<string, string>;
};

/**
 * Canonical RDF by the `jsonld` library itself: whatever the verifier does faster has to agree with it.
 * `input`: a document, or N-Quads.
 */
export async function canonicalQuads(input: JsonObject | string, wish: QuadWish = {}): Promise<string> {
  const options = {
    ...loading,
    ...(typeof input === 'string' ? { inputFormat: 'application/n-quads' as const } : {}),
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads' as const,
    canonizeOptions: {
      messageDigestAlgorithm: wish.hash ?? 'SHA-256',
      maxDeepIterations: 10_000,
      ...(wish.names === undefined ? {} : { canonicalIdMap: wish.names }),
    },
  };
  const text: unknown = await jsonld.canonize(input as NodeObject, options as object);
  return String(text);
}

/** Statements of a document in no special order, its blank nodes named anyhow. */
export async function plainQuads(document: JsonObject): Promise<string> {
  const options = { ...loading, format: 'application/n-quads' as const };
  return String(await jsonld.toRDF(document as NodeObject, options));
}

/** The document expanded, changed, and compacted again by its own contexts. */
export async function throughExpansion(
  document: JsonObject,
  change: (expanded: Json) => Json,
): Promise<JsonObject> {
  const expanded: unknown = await jsonld.expand(document as NodeObject, loading);
  const changed: unknown = change(expanded as Json);
  const context = document['@context'] as ContextDefinition;
  const compact: unknown = await jsonld.compact(changed as NodeObject, context, loading);
  return compact as JsonObject;
}

/** RFC 8785, written apart from the verifier's own. */
export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value as JsonObject).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalText(inner)}`).join(',')}}`;
}

/** A digest as WebCrypto makes it, of a text's UTF-8 bytes. */
export async function digestOf(text: string, hash: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest(hash, new TextEncoder().encode(text)));
}
