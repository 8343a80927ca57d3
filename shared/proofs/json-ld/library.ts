import ContextResolver from 'jsonld/lib/ContextResolver.js';
import contextLibrary from 'jsonld/lib/context.js';
import events from 'jsonld/lib/events.js';
import expansion from 'jsonld/lib/expand.js';
import rdf from 'jsonld/lib/toRdf.js';
import canonicalisation from 'rdf-canonize';
import type { JsonObject } from '../../model/json.ts';
import { type ContextSource, type Effort, maxSteps, noEffort } from '../../model/session.ts';
import { beyond, type Canonical, maxBlankNodes } from './canonical.ts';
import { type Tally, tallyOf } from './meaning.ts';

/** Most comparisons of nodes that look alike; the library looks at its clock too seldom to rely on that alone. */
export const maxDeepIterations = 1_000;
/** Longest time that naming such nodes may take where the machine is busy: what counts is the work, see `maxSteps`. */
export const canonizeTimeoutMs = 10_000;

/**
 * What `canonize` answers for documents of every form, by the reference implementations. Bounded: work that grows
 * with the graph ends in `beyond-limits`. Source: JSON-LD 1.1 API (safe mode), RDFC-1.0.
 */
export async function canonizeByLibrary(
  document: JsonObject,
  contexts: ContextSource,
  hash: (text: string) => string,
  effort: Effort = noEffort(),
  signal?: AbortSignal,
): Promise<Canonical> {
  let tally: Tally | undefined;
  let quads: unknown[];
  try {
    const options = optionsFor(contexts);
    const activeCtx = contextLibrary.getInitialContext(options);
    const result = await expansion.expand({ activeCtx, element: structuredClone(document), options });
    const expanded = listOfExpanded(result);
    tally = tallyOf(expanded);
    quads = rdf.toRDF(expanded, options);
  } catch (thrown) {
    return refusalOf(thrown);
  }
  const blanks = countBlankNodes(quads);
  if (blanks > maxBlankNodes) return beyond('blank-nodes', maxBlankNodes);
  let hashes = 0;
  // The first hash of each node is of its own lines. Later ones carry along all nodes that were named on the way.
  const counted = (text: string) => {
    hashes += 1;
    effort.steps += hashes <= blanks ? 1 : 1 + blanks / 32;
    if (effort.steps > maxSteps) throw new Error('too many steps');
    return hash(text);
  };
  try {
    const timeout = AbortSignal.timeout(canonizeTimeoutMs);
    const text = await canonicalisation.canonize(quads, {
      algorithm: 'RDFC-1.0',
      createMessageDigest: () => digestOver(counted),
      maxDeepIterations,
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    return { ok: true, quads: text, tally };
  } catch {
    // Thrown for one reason only: the work that was allowed is used up. Whoever wrote one such graph gets no second.
    effort.steps = maxSteps;
    return beyond('work', maxSteps);
  }
}

class UnknownContext extends Error {
  readonly address: string;
  constructor(address: string) {
    super('unknown context');
    this.address = address;
  }
}

/** Processed contexts of one source, kept between documents: processing them is nine tenths of the work. */
const resolvers = new WeakMap<ContextSource, { cache: Map<string, unknown> }>();
/** Inline contexts are cached beside the bundled ones; a stream of strange ones must not fill the memory. */
const maxCachedContexts = 200;

function optionsFor(contexts: ContextSource): object {
  let kept = resolvers.get(contexts);
  if (kept === undefined || kept.cache.size > maxCachedContexts) {
    kept = { cache: new Map() };
    resolvers.set(contexts, kept);
  }
  return {
    base: '',
    safe: true,
    // RDF has no word for the direction of a text: left out it would not be signed. So issuers' software writes it.
    rdfDirection: 'i18n-datatype',
    keepFreeFloatingNodes: false,
    eventHandler: [events.safeEventHandler],
    contextResolver: new ContextResolver({ sharedCache: kept.cache }),
    documentLoader: async (address: string) => {
      const document = contexts(address);
      if (document === undefined) throw new UnknownContext(address);
      // `static` lets the library keep what it made of the context; the copy keeps ours untouched.
      return {
        contextUrl: null,
        documentUrl: address,
        document: structuredClone(document),
        tag: 'static',
      };
    },
  };
}

function listOfExpanded(result: unknown): readonly unknown[] {
  if (result === null || result === undefined) return [];
  if (typeof result === 'object' && '@graph' in result && Object.keys(result).length === 1)
    return Array.isArray(result['@graph']) ? result['@graph'] : [result['@graph']];
  return Array.isArray(result) ? result : [result];
}

/** The library hands over text in parts. */
function digestOver(hash: (text: string) => string): { update(text: string): void; digest(): string } {
  let all = '';
  return {
    update: (text) => {
      all += text;
    },
    digest: () => hash(all),
  };
}

function countBlankNodes(quads: readonly unknown[]): number {
  const names = new Set<string>();
  for (const quad of quads) {
    if (typeof quad !== 'object' || quad === null) continue;
    for (const term of Object.values(quad)) if (isBlankNode(term)) names.add(term.value);
  }
  return names.size;
}

function isBlankNode(term: unknown): term is { value: string } {
  return typeof term === 'object' && term !== null && 'termType' in term && term.termType === 'BlankNode';
}

/** The libraries' errors in our words; everything they refuse is refused. */
function refusalOf(thrown: unknown): Canonical {
  if (thrown instanceof RangeError) return beyond('depth', 0);
  const details = propertyOf(thrown, 'details');
  const cause = propertyOf(details, 'cause');
  if (cause instanceof UnknownContext)
    return { ok: false, code: 'unknown-context', facts: { address: cause.address.slice(0, 500) } };
  const event = propertyOf(details, 'event');
  if (event !== undefined) {
    const term = termOf(propertyOf(event, 'details'));
    return {
      ok: false,
      code: 'undefined-term',
      facts: { term: term ?? 'unnamed', kind: textOf(propertyOf(event, 'code')) ?? 'unnamed' },
    };
  }
  const term = textOf(propertyOf(details, 'term'));
  return {
    ok: false,
    code: 'bad-value',
    facts: { field: term ?? '@context', kind: textOf(propertyOf(details, 'code')) ?? 'not JSON-LD' },
  };
}

function termOf(details: unknown): string | undefined {
  for (const name of ['property', 'type', 'id', 'term', 'value', 'subject', 'predicate', 'object']) {
    const text = textOf(propertyOf(details, name));
    if (text !== undefined) return text.slice(0, 200);
  }
  return undefined;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
