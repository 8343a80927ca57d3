import { sha256 } from '@noble/hashes/sha2.js';
import { contextOf } from '../../shared/contexts/bundled.ts';
import { hexOf, utf8 } from '../../shared/model/bytes.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { canonizeUsual } from '../../shared/proofs/json-ld/canonize.ts';
import { canonizeByLibrary } from '../../shared/proofs/json-ld/library.ts';
import { Dice, mutateDocument } from '../../shared/testing/mutate-document.ts';

export type Agreement = {
  readonly asked: number;
  /** how many the fast walk answered; the rest went to the library */
  readonly answered: number;
  /** documents of different answers, or that the library refuses, as text */
  readonly differences: readonly string[];
};

const digest = (text: string) => hexOf(sha256(utf8(text)));
const hashing = { one: digest, all: async (texts: readonly string[]) => texts.map(digest) };

/** Holds every answer of the fast walk against the libraries: letter by letter, and none where they refuse. */
export async function compareWithLibrary(documents: Iterable<JsonObject>): Promise<Agreement> {
  let asked = 0;
  let answered = 0;
  const differences: string[] = [];
  for (const document of documents) {
    asked += 1;
    const ours = await canonizeUsual(document, contextOf, hashing);
    if (ours === undefined) continue;
    answered += 1;
    const theirs = await canonizeByLibrary(document, contextOf, digest);
    const isSame =
      ours.ok && theirs.ok && ours.quads === theirs.quads && tally(ours.tally) === tally(theirs.tally);
    if (!isSame) differences.push(JSON.stringify(document));
  }
  return { asked, answered, differences };
}

function tally(counts: ReadonlyMap<string, number> | undefined): string {
  return JSON.stringify([...(counts ?? [])].filter(([, count]) => count > 0).sort());
}

/** `count` changed documents, the same ones for the same seed. */
export function* mutantsOf(
  documents: readonly JsonObject[],
  count: number,
  seed: number,
): Generator<JsonObject> {
  const dice = new Dice(seed);
  for (let made = 0; made < count; made += 1) yield mutateDocument(dice.of(documents), dice);
}
