import { sha256 } from '@noble/hashes/sha2.js';
import canonicalisation from 'rdf-canonize';
import { describe, expect, it } from 'vitest';
import { hexOf, utf8 } from '../../model/bytes.ts';
import { Dice } from '../../testing/mutate-document.ts';
import { canonicalText } from './order-blank-nodes.ts';
import type { NodeTerm, Quad } from './quad.ts';

const digest = (text: string) => hexOf(sha256(utf8(text)));
const hashing = { one: digest, all: async (texts: readonly string[]) => texts.map(digest) };

/** A small graph of nodes that look much alike, some of them in graphs of their own. */
function graphOf(dice: Dice, blanks: number): readonly Quad[] {
  const predicates = ['<https://t.example/a>', '<https://t.example/b>'];
  const ends: readonly NodeTerm[] = [
    '"x"',
    '<https://t.example/end>',
    ...Array.from({ length: blanks }).keys(),
  ];
  const lines = new Map<string, Quad>();
  for (let count = blanks + dice.below(blanks * 2); count > 0; count -= 1) {
    const quad: Quad = {
      subject: dice.below(blanks),
      predicate: dice.of(predicates),
      object: dice.of(ends),
      graph: dice.below(4) === 0 ? dice.below(blanks) : '',
    };
    lines.set(JSON.stringify(quad), quad);
  }
  return [...lines.values()];
}

function termOf(node: NodeTerm): object {
  if (node === '') return { termType: 'DefaultGraph', value: '' };
  if (typeof node === 'number') return { termType: 'BlankNode', value: `b${node}` };
  if (node.startsWith('<')) return { termType: 'NamedNode', value: node.slice(1, -1) };
  const datatype = { termType: 'NamedNode', value: 'http://www.w3.org/2001/XMLSchema#string' };
  return { termType: 'Literal', value: node.slice(1, -1), datatype };
}

async function byLibrary(quads: readonly Quad[]): Promise<string> {
  const dataset = quads.map(({ subject, predicate, object, graph }) => ({
    subject: termOf(subject),
    predicate: termOf(predicate),
    object: termOf(object),
    graph: termOf(graph),
  }));
  return canonicalisation.canonize(dataset, { algorithm: 'RDFC-1.0', maxDeepIterations: 10_000 });
}

/** Numbers without gaps: nodes that no quad mentions are no nodes. */
function mentioned(quads: readonly Quad[]): readonly Quad[] {
  const seen = new Map<number, number>();
  const renumber = (node: NodeTerm) => {
    if (typeof node !== 'number') return node;
    const number = seen.get(node) ?? seen.size;
    seen.set(node, number);
    return number;
  };
  return quads.map((quad) => ({
    subject: renumber(quad.subject),
    predicate: quad.predicate,
    object: renumber(quad.object),
    graph: renumber(quad.graph),
  }));
}

describe('nodes without a name', () => {
  const seed = 41;
  it(`are named as rdf-canonize names them, however alike they look (seed ${seed})`, async () => {
    const dice = new Dice(seed);
    let named = 0;
    for (let round = 0; round < 1500; round += 1) {
      const quads = mentioned(graphOf(dice, 2 + dice.below(5)));
      const blanks = new Set(
        quads
          .flatMap((quad) => [quad.subject, quad.object, quad.graph])
          .filter((node) => typeof node === 'number'),
      ).size;
      const ours = await canonicalText(quads, blanks, hashing);
      if (ours === undefined) continue;
      named += 1;
      expect(ours, JSON.stringify(quads)).toBe(await byLibrary(quads));
    }
    expect(named).toBeGreaterThan(1000);
  });

  it('are left to the library when naming them takes much work', async () => {
    const all = Array.from({ length: 12 }, (_, index) => index);
    const clique = all.flatMap((subject) =>
      all
        .filter((object) => object !== subject)
        .map((object) => ({ subject, predicate: '<https://t.example/knows>', object, graph: '' })),
    );
    expect(await canonicalText(clique, all.length, hashing)).toBeUndefined();
  });
});
