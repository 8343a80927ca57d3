import { Issued } from './issued.ts';
import type { Quad } from './quad.ts';

/** A digest of text as lower-case hexadecimal. */
export type Digest = (text: string) => string;

/** Digests in two ways: of one text after the other, and of several that are known at once. */
export type Hashing = {
  readonly one: Digest;
  readonly all: (texts: readonly string[]) => Promise<readonly string[]>;
};

/** Most steps of comparing nodes that look alike, and most orders tried, before the library takes over. */
const maxSteps = 1_000;
const maxOrders = 3_000;

/** What is known of the nodes of one graph, and how much was tried. */
export type Work = {
  readonly mentions: readonly (readonly Quad[])[];
  readonly first: readonly string[];
  readonly canonical: Issued;
  readonly digest: Digest;
  steps: number;
  orders: number;
};
type Path = { readonly hash: string; readonly issued: Issued };

/**
 * Names nodes of which the same is said, by what is said of those around them. False when that takes more work than
 * is allowed here. Source: RDFC-1.0 §4.4.3 step 5.
 */
export function nameAlike(group: readonly number[], work: Work): boolean {
  const paths: Path[] = [];
  for (const blank of group) {
    if (work.canonical.names.has(blank)) continue;
    const issued = new Issued('_:b');
    issued.name(blank);
    const path = hashPath(blank, issued, work);
    if (path === undefined) return false;
    paths.push(path);
  }
  paths.sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0));
  for (const { issued } of paths) for (const blank of issued.names.keys()) work.canonical.name(blank);
  return true;
}

/** Source: RDFC-1.0 §4.8 (hash n-degree quads). */
function hashPath(blank: number, start: Issued, work: Work): Path | undefined {
  work.steps += 1;
  if (work.steps > maxSteps) return undefined;
  const related = relatedTo(blank, start, work);
  let text = '';
  let issued = start;
  for (const hash of [...related.keys()].sort()) {
    text += hash;
    const orders = ordersOf(related.get(hash) ?? []);
    let chosen: { readonly path: string; readonly issued: Issued } | undefined;
    for (const order of orders ?? []) {
      work.orders += 1;
      if (work.orders > maxOrders) return undefined;
      const tried = tryOrder(order, issued, chosen?.path, work);
      if (tried === undefined) return undefined;
      if (tried !== 'worse' && (chosen === undefined || tried.path < chosen.path)) chosen = tried;
    }
    if (chosen === undefined) return undefined;
    text += chosen.path;
    issued = chosen.issued;
  }
  return { hash: work.digest(text), issued };
}

function tryOrder(
  order: readonly number[],
  issued: Issued,
  best: string | undefined,
  work: Work,
): { readonly path: string; readonly issued: Issued } | 'worse' | undefined {
  let now = issued.copy();
  let path = '';
  const deeper: number[] = [];
  for (const blank of order) {
    if (work.canonical.names.has(blank)) path += work.canonical.name(blank);
    else {
      if (!now.names.has(blank)) deeper.push(blank);
      path += now.name(blank);
    }
    if (best !== undefined && path > best) return 'worse';
  }
  for (const blank of deeper) {
    const result = hashPath(blank, now, work);
    if (result === undefined) return undefined;
    path += `${now.name(blank)}<${result.hash}>`;
    now = result.issued;
    if (best !== undefined && path > best) return 'worse';
  }
  return { path, issued: now };
}

/** Source: RDFC-1.0 §4.7 (hash related blank node). */
function relatedTo(blank: number, issued: Issued, work: Work): ReadonlyMap<string, number[]> {
  const related = new Map<string, number[]>();
  for (const quad of work.mentions[blank] ?? [])
    for (const [position, node] of [
      ['s', quad.subject],
      ['o', quad.object],
      ['g', quad.graph],
    ] as const) {
      if (typeof node !== 'number' || node === blank) continue;
      const known = work.canonical.names.get(node) ?? issued.names.get(node) ?? work.first[node] ?? '';
      const hash = work.digest(`${position}${position === 'g' ? '' : quad.predicate}${known}`);
      const group = related.get(hash);
      if (group === undefined) related.set(hash, [node]);
      else group.push(node);
    }
  return related;
}

/**
 * Every order of the nodes. A node that is related in the same way several times stays so; beside others the library
 * tries only some orders of such a list, which we do not restate.
 */
function ordersOf(nodes: readonly number[]): Iterable<readonly number[]> | undefined {
  const distinct = new Set(nodes);
  if (distinct.size === 1) return [nodes];
  return distinct.size === nodes.length ? permutations(nodes) : undefined;
}

function* permutations(nodes: readonly number[]): Generator<readonly number[]> {
  if (nodes.length <= 1) {
    yield nodes;
    return;
  }
  for (const [index, node] of nodes.entries())
    for (const rest of permutations(nodes.toSpliced(index, 1))) yield [node, ...rest];
}
