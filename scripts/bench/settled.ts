import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { alternate, spreadOf, timed } from './measure.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as (how: { readonly type: 'minor' }) => void;

/** One of those that are compared: `batches` of steps in each of its turns. */
export type Settled = { readonly batches: number; readonly step: (index: number) => unknown };

/**
 * Runs the candidates in turn, A, B, A, B, and answers what a step cost each in each round.
 *
 * Memory, the same for all of them, ours, the limit and the peers: whatever a step writes into it asks for itself and
 * drops at its end. Garbage is collected before each batch, outside the clock, so that a batch finds again what the
 * one before it used; else the clock shows by chance what the system takes for handing out new pages, many times what
 * copying costs. A batch writes about a megabyte: `stepsOfBatch` is one figure for all that are compared. The first
 * batch of a turn is not counted: it meets what another candidate left in the caches. Of the others the median counts:
 * where others use the machine, one batch in ten waits for them many times as long as it works.
 */
export function alternateSettled(stepsOfBatch: number, candidates: readonly Settled[]): Promise<number[][]> {
  return alternate(
    candidates.map((candidate, index) => ({ name: `${index}`, once: turnsOf(candidate, stepsOfBatch) })),
  );
}

function turnsOf({ batches, step }: Settled, stepsOfBatch: number): () => Promise<number> {
  let at = 0;
  const batch = () => {
    collectGarbage({ type: 'minor' });
    return timed(stepsOfBatch, () => step(at++));
  };
  return async () => {
    await batch();
    const costs: number[] = [];
    while (costs.length < batches) costs.push(await batch());
    return spreadOf(costs).median;
  };
}
