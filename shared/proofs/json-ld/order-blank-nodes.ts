import { type Effort, maxSteps, noEffort } from '../../model/session.ts';
import { Issued } from './issued.ts';
import { lineOf, type Quad, saidOnce } from './quad.ts';
import { type Hashing, nameAlike, type Work } from './tell-alike-apart.ts';

/** More than a badge of the usual form has. */
const fewStatements = 100;

/**
 * The canonical text of quads: nodes without a name are named by what is said of them, lines are sorted.
 * `undefined` when that takes more work than is allowed here, or an order of trying that is the library's own.
 * Lines sort by UTF-16 units, as the library sorts them. Source: RDFC-1.0 §4.4 (canonicalization).
 */
export async function canonicalText(
  said: readonly Quad[],
  blanks: number,
  hashing: Hashing,
  effort: Effort = noEffort(),
): Promise<string | undefined> {
  // Few badges say a thing twice, so that this is seen by the sorted lines; nearly every record does.
  const isShort = said.length <= fewStatements;
  const lines = isShort ? await linesNamed(said, blanks, hashing, effort) : [];
  if (lines === undefined) return undefined;
  if (isShort && !lines.some((line, index) => line === lines[index + 1])) return lines.join('');
  const once = saidOnce(said);
  return once && (await linesNamed(once, blanks, hashing, effort))?.join('');
}

async function linesNamed(
  quads: readonly Quad[],
  blanks: number,
  hashing: Hashing,
  effort: Effort,
): Promise<readonly string[] | undefined> {
  const names = blanks === 0 ? [] : await nameBlankNodes(quads, blanks, hashing, effort);
  return names && linesOf(quads, names);
}

async function nameBlankNodes(
  quads: readonly Quad[],
  blanks: number,
  hashing: Hashing,
  effort: Effort,
): Promise<readonly string[] | undefined> {
  // One alone needs no telling apart, and most documents that proofs are made of have one.
  if (blanks === 1) return ['_:c14n0'];
  const mentions: Quad[][] = Array.from({ length: blanks }, () => []);
  for (const quad of quads) {
    const { subject, object, graph } = quad;
    if (typeof subject === 'number') mentions[subject]?.push(quad);
    if (typeof object === 'number' && object !== subject) mentions[object]?.push(quad);
    if (typeof graph === 'number' && graph !== subject && graph !== object) mentions[graph]?.push(quad);
  }
  const first = await hashing.all(firstDegreeTexts(mentions));
  const alike = new Map<string, number[]>();
  for (const [blank, hash] of first.entries()) {
    const group = alike.get(hash);
    if (group === undefined) alike.set(hash, [blank]);
    else group.push(blank);
  }
  const canonical = new Issued('_:c14n');
  const hashes = [...alike.keys()].sort();
  for (const hash of hashes) {
    const [only, another] = alike.get(hash) ?? [];
    if (only !== undefined && another === undefined) canonical.name(only);
  }
  if (alike.size < blanks) {
    const work: Work = { mentions, first, canonical, digest: hashing.one, steps: 0, orders: 0 };
    const isNamed = hashes
      .map((hash) => alike.get(hash) ?? [])
      .every((group) => group.length === 1 || (effort.steps < maxSteps && nameAlike(group, work)));
    effort.steps += work.steps + work.orders;
    if (!isNamed) return undefined;
  }
  return Array.from({ length: blanks }, (_, blank) => canonical.name(blank));
}

/** What is hashed of each node. Source: RDFC-1.0 §4.6. */
function firstDegreeTexts(mentions: readonly (readonly Quad[])[]): readonly string[] {
  const names = mentions.map(() => '_:z');
  return mentions.map((about, blank) => {
    names[blank] = '_:a';
    const text = linesOf(about, names).join('');
    names[blank] = '_:z';
    return text;
  });
}

function linesOf(quads: readonly Quad[], names: readonly string[]): readonly string[] {
  return quads.map((quad) => lineOf(quad, names)).sort();
}
