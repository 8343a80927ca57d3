import { isJsonObject, type Json, type JsonObject, listOf } from '../../shared/model/json.ts';
import type { Traits } from './bar.ts';
import type { Case } from './manifest.ts';

/** What a bar may ask of a case: its kind, and what its document holds. */
export function traitsOf(one: Case, document: JsonObject | undefined): Traits {
  const suites = listOf(document?.['proof']).flatMap((proof) =>
    isJsonObject(proof) ? [String(proof['cryptosuite'] ?? proof['type'])] : [],
  );
  return {
    generation: one.generation,
    format: one.format,
    suites: suites.length === 0 ? ['none'] : suites,
    extensions: document !== undefined && holdsExtension(document),
  };
}

/** An object of type `Extension`, as 2.0 marks additions with a schema of their own. */
function holdsExtension(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsExtension);
  if (!isJsonObject(value)) return false;
  if (listOf(value['type'] ?? value['@type']).includes('Extension')) return true;
  return Object.values(value).some(holdsExtension);
}
