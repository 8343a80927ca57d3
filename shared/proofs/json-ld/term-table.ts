import { canonicalJson, isJsonObject, type Json, type JsonObject, listOf } from '../../model/json.ts';
import type { ContextSource } from '../../model/session.ts';
import { isPlainContext, isPlainIri } from './context-shape.ts';

/** What a name means where it stands. */
export type Term = {
  /** a whole address, `@id` or `@type` */
  readonly id: string;
  /** `@id`, `@vocab`, `@json`, or the address of a datatype; absent when values are what they are */
  readonly type: string | undefined;
  readonly isList: boolean;
  readonly isGraph: boolean;
  readonly container: string;
  /** the context that holds inside its values, or inside nodes of this type */
  readonly scoped: Json | undefined;
  readonly isPrefix: boolean;
  readonly isProtected: boolean;
};

/**
 * How a context takes effect. `here`: it stands in the document. `below`: it belongs to a property, and may redefine
 * what is protected. `node`: it belongs to a type, and ends with the node. Source: JSON-LD 1.1 API §4.1.
 */
export type Manner = 'here' | 'below' | 'node';

/** The names that are in force at one place, and what other contexts make of them, each worked out once. */
export type TermTable = {
  readonly terms: ReadonlyMap<string, Term>;
  readonly vocab: string | undefined;
  /** what holds again below a node whose type brought its own */
  readonly previous: TermTable | undefined;
  readonly applied: Readonly<Record<Manner, Map<Json, TermTable | undefined>>>;
};

/** Tables of one source of contexts, kept between documents. */
export type TermTables = {
  readonly root: TermTable;
  readonly contexts: ContextSource;
  /** the published contexts that the fast walk understands; `undefined` for one that it does not */
  readonly published: Map<string, Json | undefined>;
  /** how many tables were made: documents may ask for every order of contexts that there is */
  made: number;
};

/** A datatype that quads write by the language, which contexts of the usual form do not name. */
const languageString = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';

export const maxTables = 400;
/** Most contexts in one list. */
const maxContexts = 12;

export function openTables(contexts: ContextSource): TermTables {
  return { root: tableOf(new Map(), undefined, undefined), contexts, published: new Map(), made: 0 };
}

/**
 * The table after `context` took effect on `table`; `undefined` for anything that the fast walk leaves to the
 * library, every fault among it. Source: JSON-LD 1.1 API §4.1 (context processing).
 */
export function applyContext(
  table: TermTable,
  context: Json,
  manner: Manner,
  tables: TermTables,
): TermTable | undefined {
  const known = table.applied[manner];
  // A list in a document is a new value each time; its entries are what is remembered.
  if (manner === 'here' && typeof context !== 'string')
    return Array.isArray(context) ? applyAll(table, context as readonly Json[], manner, tables) : undefined;
  if (known.has(context)) return known.get(context);
  if (tables.made >= maxTables) return undefined;
  tables.made += 1;
  const made = work(table, context, manner, tables);
  known.set(context, made);
  return made;
}

function work(table: TermTable, context: Json, manner: Manner, tables: TermTables): TermTable | undefined {
  if (typeof context === 'string') {
    const published = publishedContext(context, tables);
    return published === undefined ? undefined : applyPublished(table, published, manner);
  }
  return applyPublished(table, context, manner);
}

function applyAll(
  table: TermTable,
  contexts: readonly Json[],
  manner: Manner,
  tables: TermTables,
): TermTable | undefined {
  if (contexts.length === 0 || contexts.length > maxContexts) return undefined;
  let now: TermTable | undefined = table;
  for (const context of contexts) {
    if (manner === 'here' && typeof context !== 'string') return undefined;
    now = applyContext(now, context, manner, tables);
    if (now === undefined) return undefined;
  }
  return now;
}

function applyPublished(table: TermTable, context: Json, manner: Manner): TermTable | undefined {
  if (Array.isArray(context)) {
    let now: TermTable | undefined = table;
    for (const entry of context as readonly Json[]) {
      now = applyPublished(now, entry, manner);
      if (now === undefined) return undefined;
    }
    return now;
  }
  return isJsonObject(context) ? define(table, context, manner) : undefined;
}

function publishedContext(address: string, { contexts, published }: TermTables): Json | undefined {
  if (published.has(address)) return published.get(address);
  const context = contexts(address)?.['@context'];
  const usable = isPlainContext(context) ? context : undefined;
  published.set(address, usable);
  return usable;
}

function tableOf(
  terms: ReadonlyMap<string, Term>,
  vocab: string | undefined,
  previous: TermTable | undefined,
): TermTable {
  return { terms, vocab, previous, applied: { here: new Map(), below: new Map(), node: new Map() } };
}

/** Source: JSON-LD 1.1 API §4.2 (create term definition), for contexts that `isPlainContext` let through. */
function define(table: TermTable, context: JsonObject, manner: Manner): TermTable | undefined {
  const terms = new Map(table.terms);
  const done = new Set<string>();
  const vocab = typeof context['@vocab'] === 'string' ? context['@vocab'] : table.vocab;
  for (const name of Object.keys(context)) if (!name.startsWith('@') && !defineOne(name)) return undefined;
  const previous = manner === 'node' ? (table.previous ?? table) : table.previous;
  return tableOf(terms, vocab, previous);

  function defineOne(name: string): boolean {
    if (done.has(name)) return true;
    done.add(name);
    const before = terms.get(name);
    terms.delete(name);
    const value = context[name];
    const definition: JsonObject = isJsonObject(value) ? value : { '@id': value ?? null };
    const id = resolve(definition['@id']);
    const type = typeOf(definition['@type']);
    if (id === undefined || type === undefined || type === languageString) return false;
    const kinds = listOf(definition['@container']).map(String).sort();
    const isBound = definition['@protected'] ?? context['@protected'] ?? false;
    const term: Term = {
      id,
      type: type === '' ? undefined : type,
      isList: kinds.includes('@list'),
      isGraph: kinds.includes('@graph'),
      container: kinds.join(),
      scoped: definition['@context'],
      isPrefix: typeof value === 'string' && /[:/?#[\]@]$/.test(id),
      isProtected: isBound === true,
    };
    terms.set(name, term);
    if (before?.isProtected !== true || manner === 'below') return true;
    // Said again in the same words it stays what it was; in other words it is a fault.
    terms.set(name, before);
    return isSame(before, term);
  }

  function typeOf(type: Json | undefined): string | undefined {
    if (type === undefined) return '';
    return typeof type === 'string' && type.startsWith('@') ? type : resolve(type);
  }

  /** The whole address, the names that it leans on defined first. */
  function resolve(target: Json | undefined): string | undefined {
    if (typeof target !== 'string') return undefined;
    if (target === '@id' || target === '@type') return target;
    if (Object.hasOwn(context, target) && !defineOne(target)) return undefined;
    const alias = terms.get(target);
    if (alias !== undefined) return alias.id;
    const colon = target.indexOf(':');
    const prefix = target.slice(0, colon);
    if (!target.startsWith('//', colon + 1)) {
      if (Object.hasOwn(context, prefix) && !defineOne(prefix)) return undefined;
      const base = terms.get(prefix);
      if (base?.isPrefix === true) return plain(base.id + target.slice(colon + 1));
    }
    return plain(target);
  }
}

function plain(address: string): string | undefined {
  return isPlainIri(address) ? address : undefined;
}

function isSame(a: Term, b: Term): boolean {
  return (
    a.id === b.id &&
    a.type === b.type &&
    a.container === b.container &&
    a.isPrefix === b.isPrefix &&
    (a.scoped === b.scoped ||
      (a.scoped !== undefined &&
        b.scoped !== undefined &&
        canonicalJson(a.scoped) === canonicalJson(b.scoped)))
  );
}

/**
 * The whole address that a word of the document stands for; `undefined` when it has none or an unusual one.
 * `isWord`: it may be a name (properties, types); otherwise it is an id. Source: JSON-LD 1.1 API §5.2 (IRI expansion).
 */
export function expandIri(table: TermTable, value: string, isWord: boolean): string | undefined {
  if (isWord) {
    const term = table.terms.get(value);
    if (term !== undefined) return term.id;
  }
  if (value === '' || value.startsWith('@')) return undefined;
  const colon = value.indexOf(':');
  if (colon > 0) {
    if (value.startsWith('//', colon + 1)) return plain(value);
    const prefix = table.terms.get(value.slice(0, colon));
    if (prefix?.isPrefix === true) return plain(prefix.id + value.slice(colon + 1));
    return plain(value);
  }
  return isWord && table.vocab !== undefined ? plain(table.vocab + value) : undefined;
}
