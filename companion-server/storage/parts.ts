/** Values in one statement: every engine takes as many. */
const maxValues = 500;

/** A list in parts that one statement can hold. */
export function partsOf<Value>(values: readonly Value[]): readonly (readonly Value[])[] {
  const parts: Value[][] = [];
  for (let index = 0; index < values.length; index += maxValues)
    parts.push(values.slice(index, index + maxValues));
  return parts;
}
