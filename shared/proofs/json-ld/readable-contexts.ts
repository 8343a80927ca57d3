import { failure } from '../../model/check.ts';
import { isJsonObject, type Json, type JsonObject, listOf } from '../../model/json.ts';
import type { ContextSource } from '../../model/session.ts';
import type { Check } from '../../model/verdict.ts';
import { redefinedTerm } from './own-contexts.ts';

const source = 'VCDM 2.0 §Verification (contexts)';

/**
 * Whether the words of a credential that is signed as text mean what they say. Its signature needs no context, but a
 * context that nobody here knows, or one of its own that renames a word, would let two readers see two badges in one
 * signature (threat T42). Where the signature is over canonical RDF, that has been asked already.
 */
export function judgeReadableContexts(document: JsonObject, contexts: ContextSource): readonly Check[] {
  const used = new Set<string>();
  const own: JsonObject[] = [];
  collect(document, used, own);
  const unknown = [...used].find((address) => contexts(address) === undefined);
  if (unknown !== undefined)
    return [failure('form', 'unsupported', 'unknown-context', source, { address: unknown.slice(0, 200) })];
  const term = own.length === 0 ? undefined : redefinedTerm(own, used, contexts);
  return term === undefined ? [] : [failure('form', 'malformed', 'undefined-term', source, { term })];
}

function collect(value: Json, used: Set<string>, own: JsonObject[]): void {
  if (Array.isArray(value)) for (const entry of value as readonly Json[]) collect(entry, used, own);
  if (!isJsonObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name !== '@context') {
      collect(inner, used, own);
      continue;
    }
    for (const context of listOf(inner)) {
      if (typeof context === 'string') used.add(context);
      else if (isJsonObject(context)) own.push(context);
    }
  }
}
