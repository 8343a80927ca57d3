import { lineOf, type Quad } from './quad.ts';

/** A digest of text as lower-case hexadecimal. */
export type Digest = (text: string) => string;

/** Most steps of comparing nodes that look alike, and most orders tried, before the library takes over. */
const maxSteps = 1_000;
const maxOrders = 3_000;

/**
 * The canonical text of quads: nodes without a name are named by what is said of them, lines are sorted.
 * `undefined` when that takes more work than is allowed here, or an order of trying that is the library's own.
 * Lines sort by UTF-16 units, as the library sorts them. Source: RDFC-1.0 §4.4 (canonicalization).
 */
export function canonicalText(quads: readonly Quad[], blanks: number, digest: Digest): string | undefined {
  const names = blanks === 0 ? [] : nameBlankNodes(quads, blanks, digest);
  if (names === undefined) return undefined;
  const nameOf = (blank: number) => names[blank] ?? '';
  return quads
    .map((quad) => lineOf(quad, nameOf))
    .sort()
    .join('');
}

function nameBlankNodes(
  quads: readonly Quad[],
  blanks: number,
  digest: Digest,
): readonly string[] | undefined {
  // One alone needs no telling apart, and most documents that proofs are made of have one.
  if (blanks === 1) return ['_:c14n0'];
  const mentions: Quad[][] = Array.from({ length: blanks }, () => []);
  for (const quad of quads) {
    const { subject, object, graph } = quad;
    if (typeof subject === 'number') mentions[subject]?.push(quad);
    if (typeof object === 'number' && object !== subject) mentions[object]?.push(quad);
    if (typeof graph === 'number' && graph !== subject && graph !== object) mentions[graph]?.push(quad);
  }
  const first = mentions.map((about, blank) => firstDegreeHash(about, blank, digest));
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
    const work: Work = { mentions, first, canonical, digest, steps: 0, orders: 0 };
    for (const hash of hashes) {
      const group = alike.get(hash) ?? [];
      if (group.length > 1 && !nameAlike(group, work)) return undefined;
    }
  }
  return Array.from({ length: blanks }, (_, blank) => canonical.name(blank));
}

/** Source: RDFC-1.0 §4.6. */
function firstDegreeHash(about: readonly Quad[], blank: number, digest: Digest): string {
  return digest(
    about
      .map((quad) => lineOf(quad, (other) => (other === blank ? '_:a' : '_:z')))
      .sort()
      .join(''),
  );
}

/** Names given in the order of asking. Source: RDFC-1.0 §4.5. */
class Issued {
  readonly names: Map<number, string>;
  readonly #prefix: string;
  constructor(prefix: string, names: ReadonlyMap<number, string> = new Map()) {
    this.#prefix = prefix;
    this.names = new Map(names);
  }
  name(blank: number): string {
    const before = this.names.get(blank);
    if (before !== undefined) return before;
    const name = `${this.#prefix}${this.names.size}`;
    this.names.set(blank, name);
    return name;
  }
  copy(): Issued {
    return new Issued(this.#prefix, this.names);
  }
}

type Work = {
  readonly mentions: readonly (readonly Quad[])[];
  readonly first: readonly string[];
  readonly canonical: Issued;
  readonly digest: Digest;
  steps: number;
  orders: number;
};
type Path = { readonly hash: string; readonly issued: Issued };

/** Source: RDFC-1.0 §4.4.3 step 5. */
function nameAlike(group: readonly number[], work: Work): boolean {
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
