import type { Facts } from '../../model/errors.ts';
import type { FindingCode } from '../../model/verdict.ts';
import type { Tally } from './meaning.ts';

/** Most values of one document, and of one list in it; a badge has some 100. Expansion compares each with each. */
export const maxValues = 6_000;
export const maxListLength = 1_000;
/** Most nodes without a name in one document. */
export const maxBlankNodes = 2_000;
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
