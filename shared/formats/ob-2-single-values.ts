import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { type Ob2Class, ob2Classes } from './ob-2-classes.ts';

/**
 * The object with the value itself where a property of one value was written as a list of one or as a value object, in
 * every object below it: JSON-LD means the same by all, and an end or a revocation must not be missed for its brackets.
 * The very same object when nothing was. Source: OB 2.0 §JSON-LD; JSON-LD 1.1 §Compaction, §Value Objects.
 */
export function withSingleValues(object: JsonObject, as: Ob2Class): JsonObject {
  const { properties } = ob2Classes[as];
  let changed = false;
  const entries = Object.entries(object).map(([name, value]): [string, Json] => {
    const property = properties.find((one) => one.name === name || one.alias === name);
    if (property === undefined || property.many === true) return [name, value];
    const only: Json = Array.isArray(value) && value.length === 1 ? (value[0] ?? null) : value;
    const single = isJsonObject(only) ? (only['@value'] ?? only) : only;
    const inner =
      isJsonObject(single) && property.object !== undefined
        ? withSingleValues(single, property.object)
        : single;
    changed ||= inner !== value;
    return [name, inner];
  });
  return changed ? Object.fromEntries(entries) : object;
}
