import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { alternate, type Candidate } from './measure.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/**
 * Runs the candidates in turn, each after a whole collection outside its clock, so that none pays for what another
 * threw away. The same holds for all of them, ours, the limit and the peers: pictures are made before the first turn,
 * every step writes into memory that it asks for itself, drops it at its end, and what the collector does during a
 * turn is part of that turn's cost.
 */
export function alternateSettled(candidates: readonly Candidate[]): Promise<number[][]> {
  return alternate(
    candidates.map(({ name, once }) => ({
      name,
      once: () => {
        collectGarbage();
        return once();
      },
    })),
  );
}
