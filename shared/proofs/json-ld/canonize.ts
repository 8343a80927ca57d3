import { sha256, sha384 } from '@noble/hashes/sha2.js';
import ContextResolver from 'jsonld/lib/ContextResolver.js';
import contextLibrary from 'jsonld/lib/context.js';
import events from 'jsonld/lib/events.js';
import expansion from 'jsonld/lib/expand.js';
import rdf from 'jsonld/lib/toRdf.js';
import canonicalisation from 'rdf-canonize';
import { hexOf, utf8 } from '../../model/bytes.ts';
import type { Facts } from '../../model/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { ContextSource } from '../../model/session.ts';
import type { FindingCode } from '../../model/verdict.ts';
import { type Tally, tallyOf } from './meaning.ts';

/** Most values of one document, and of one list in it; a badge has some 100. Expansion compares each with each. */
export const maxValues = 6_000;
export const maxListLength = 1_000;
/** Most nodes without a name in one document. */
export const maxBlankNodes = 2_000;
/** Most comparisons of nodes that look alike; the library looks at its clock too seldom to rely on that alone. */
export const maxDeepIterations = 1_000;
/** Longest time that naming such nodes may take; a hostile graph could ask for years (threat T42). */
export const canonizeTimeoutMs = 2_000;

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

export type CanonizeOptions = {
  /** names nodes without a name (RDFC-1.0 §4.1); suites over P-384 use SHA-384 */
  readonly hash?: keyof typeof digests;
  readonly signal?: AbortSignal | undefined;
};

const digests = { 'SHA-256': sha256, 'SHA-384': sha384 } as const;

/**
 * The one text of a JSON-LD document that signatures are made over: RDFC-1.0 N-Quads.
 *
 * Runs in safe mode: a word or type that no context defines is refused by name, never dropped, for what is dropped
 * was not signed. Contexts come from `contexts` alone. Source: JSON-LD 1.1 API, RDFC-1.0, DI EdDSA §3.2.3.
 */
export async function canonize(
  document: JsonObject,
  contexts: ContextSource,
  { hash = 'SHA-256', signal }: CanonizeOptions = {},
): Promise<Canonical> {
  if (isTooWide(document)) return beyond('values', maxValues);
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
  if (countBlankNodes(quads) > maxBlankNodes) return beyond('blank-nodes', maxBlankNodes);
  try {
    const timeout = AbortSignal.timeout(canonizeTimeoutMs);
    const text = await canonicalisation.canonize(quads, {
      algorithm: 'RDFC-1.0',
      createMessageDigest: () => digestOf(hash),
      maxDeepIterations,
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    return { ok: true, quads: text, tally };
  } catch {
    // The library throws here for one reason only: the work it was allowed is used up.
    return beyond('work', canonizeTimeoutMs);
  }
}

/** Judged before any library sees the document: its work grows by the square of the longest list. */
function isTooWide(document: JsonObject): boolean {
  let values = 0;
  const visit = (value: Json): boolean => {
    values += 1;
    if (values > maxValues) return true;
    if (Array.isArray(value)) return value.length > maxListLength || value.some(visit);
    return isJsonObject(value) && Object.values(value).some(visit);
  };
  return visit(document);
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

function digestOf(name: keyof typeof digests): { update(text: string): void; digest(): string } {
  const hash = digests[name].create();
  return { update: (text) => void hash.update(utf8(text)), digest: () => hexOf(hash.digest()) };
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

function beyond(what: string, limit: number): Canonical {
  return { ok: false, code: 'beyond-limits', facts: { what, limit } };
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
