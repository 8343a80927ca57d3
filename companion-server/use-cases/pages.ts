import { maxPageBytes } from '../../shared/model/limits.ts';

/** How many of these fit into a page: as long as it does not weigh too much, but one at least. */
export function countFitting(weights: readonly number[], most: number): number {
  let total = 0;
  for (const [index, weight] of weights.entries()) {
    total += weight;
    if (index > 0 && (total > maxPageBytes || index >= most)) return index;
  }
  return weights.length;
}
