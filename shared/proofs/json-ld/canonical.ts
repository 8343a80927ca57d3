import type { Facts } from '../../model/errors.ts';
import type { FindingCode } from '../../model/verdict.ts';
import type { Tally } from './meaning.ts';

/** Most values of one document, and of one list in it; a badge has some 100. Expansion compares each with each. */
export const maxValues = 6_000;
export const maxListLength = 1_000;
/** Most nodes without a name in one document. */
export const maxBlankNodes = 2_000;
/**
 * Most that one verification asks of the libraries: values walked, and hashes to tell nodes apart. A badge may hold
 * ten proofs over a hard graph, a record a hundred such badges (threat T42). Counted, not timed, so that the answer
 * is the same on every machine; on ours it takes a second and a half at most.
 */
export const maxSteps = 30_000;

/** The canonical text of a document, or why there is none. */
export type Canonical =
  | {
      readonly ok: true;
      readonly quads: string;
      /** what `misleadingPart` asks for */
      readonly tally: Tally | undefined;
    }
  | {
      readonly ok: false;
      readonly code: Extract<
        FindingCode,
        'undefined-term' | 'unknown-context' | 'beyond-limits' | 'bad-value'
      >;
      readonly facts: Facts;
    };

/** Says that a document asks for more than it may. */
export function beyond(what: string, limit: number): Canonical {
  return { ok: false, code: 'beyond-limits', facts: { what, limit } };
}
