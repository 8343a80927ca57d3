import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { credentialsVocabulary, type Tally, verifiableCredential } from './meaning.ts';
import { literalOf, type NodeTerm, type Quad } from './quad.ts';
import { applyContext, expandIri, type Term, type TermTable, type TermTables } from './term-table.ts';

export type Walked = {
  readonly quads: readonly Quad[];
  /** how many nodes without a name there are; they are numbered from 0 */
  readonly blanks: number;
  readonly tally: Tally;
};

/** Deepest node; documents are bounded before they come here. */
const maxDepth = 64;
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

/**
 * The statements of a document of the usual form, in one walk. `undefined` for anything unusual, every fault among
 * it: then the library judges. What is answered is what the library would have answered; where a rule is not
 * restated here, nothing is answered. Source: JSON-LD 1.1 API §5.1 (expansion), §8.2 (RDF conversion).
 */
export function walkDocument(document: JsonObject, tables: TermTables): Walked | undefined {
  const walk = new Walk(tables);
  const isWalked = walk.node(document, { table: tables.root, graph: '', depth: 0 }) !== undefined;
  return isWalked ? { quads: walk.quads, blanks: walk.blanks, tally: walk.tally } : undefined;
}

/** Where a value stands: below which property, in which graph. */
type Place = {
  readonly table: TermTable;
  readonly property?: string;
  readonly graph: NodeTerm;
  readonly depth: number;
  /** true when what stands here speaks of the credential at the top; see `tallyOf` */
  readonly isOwn?: boolean;
  /** true directly below a property whose values are graphs */
  readonly isGraph?: boolean;
};

/** A property of a node with all that its values need to be read. */
type Entry = { readonly name: string; readonly iri: string; readonly value: Json };

class Walk {
  readonly quads: Quad[] = [];
  readonly tally = new Map<string, number>();
  blanks = 0;
  readonly #tables: TermTables;
  #ownId: string | undefined;

  constructor(tables: TermTables) {
    this.#tables = tables;
  }

  /** Walks a node; answers how it is called in quads. */
  node(element: JsonObject, place: Place): NodeTerm | undefined {
    if (place.depth > maxDepth) return undefined;
    const outer = this.#tableFor(element, place);
    const typed = outer === undefined ? undefined : this.#applyTypes(element, outer);
    if (outer === undefined || typed === undefined) return undefined;
    const { table, types } = typed;

    const entries: Entry[] = [];
    let id: string | undefined;
    for (const name in element) {
      if (name === '@context') continue;
      const iri = expandIri(table, name, true);
      const value = element[name];
      if (iri === undefined || value === undefined || value === null) return undefined;
      if (iri === '@id') {
        if (id !== undefined || typeof value !== 'string') return undefined;
        id = expandIri(table, value, false);
        if (id === undefined) return undefined;
      } else if (iri === '@type' || name === typed.name) {
        // A context of a type that gives `@type` to another word, or takes it from this one.
        if (iri !== '@type' || name !== typed.name) return undefined;
      } else entries.push({ name, iri, value });
    }
    const isBare = types.length === 0 && entries.length === 0;
    if (isBare && (id === undefined || isDropped(place, table))) return undefined;

    const isTop = place.depth === 0;
    if (isTop) this.#ownId = id;
    const graph = place.isGraph === true ? this.#blank() : place.graph;
    // Below its own name the credential is spoken of even inside another one, unless that is a graph of its own.
    const isNamed = id !== undefined && id === this.#ownId && graph === '';
    const isApart = types.includes(verifiableCredential);
    const isOwn = isTop || isNamed || (place.isOwn === true && !isApart);
    const subject = id === undefined ? this.#blank() : `<${id}>`;
    for (const type of types) this.#say(subject, `<${rdf}type>`, `<${type}>`, graph, '@type');
    const inner: Place = { table, graph, depth: place.depth + 1, isOwn };
    for (const entry of entries) if (!this.#property(subject, entry, inner)) return undefined;
    return place.isGraph === true ? graph : subject;
  }

  /** The names in force in the element, before its types speak. */
  #tableFor(element: JsonObject, { table, property }: Place): TermTable | undefined {
    const scoped = property === undefined ? undefined : table.terms.get(property)?.scoped;
    let now: TermTable | undefined = table;
    if (table.previous !== undefined && !isReference(element, table)) now = table.previous;
    if (scoped !== undefined) now = applyContext(now, scoped, 'below', this.#tables);
    const own = element['@context'];
    if (own === undefined || now === undefined) return now;
    return applyContext(now, own, 'here', this.#tables);
  }

  /** Contexts that types bring, in the order of the types' names. */
  #applyTypes(element: JsonObject, outer: TermTable): Typed | undefined {
    let name: string | undefined;
    for (const key in element) {
      if (outer.terms.get(key)?.id !== '@type') continue;
      if (name !== undefined) return undefined;
      name = key;
    }
    if (name === undefined) return { table: outer, types: [], name };
    const value = element[name];
    const words = Array.isArray(value) ? (value as readonly Json[]) : [value];
    if (words.length === 0) return undefined;
    const types: string[] = [];
    const texts: string[] = [];
    for (const word of words) {
      if (typeof word !== 'string') return undefined;
      const type = expandIri(outer, word, true);
      if (type === undefined || type.startsWith('@')) return undefined;
      texts.push(word);
      types.push(type);
    }
    let table: TermTable | undefined = outer;
    for (const word of texts.length > 1 ? texts.toSorted() : texts) {
      const scoped = outer.terms.get(word)?.scoped;
      if (scoped !== undefined) table = applyContext(table, scoped, 'node', this.#tables);
      if (table === undefined) return undefined;
    }
    return { table, types, name };
  }

  /** All values of one property. */
  #property(subject: NodeTerm, { name, iri, value }: Entry, place: Place): boolean {
    const term = place.table.terms.get(name);
    if (term?.type === '@json') return false;
    const table =
      term?.scoped === undefined
        ? place.table
        : applyContext(place.table, term.scoped, 'below', this.#tables);
    if (table === undefined) return false;
    // Inside, the context of the property has the last word on its own name.
    const within = table === place.table ? term : table.terms.get(name);
    if (within?.id === '@id' || within?.id === '@type' || within?.type === '@json') return false;
    const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
    const isGraph = term?.isGraph === true;
    if (isGraph ? values.length === 0 : within?.isGraph === true) return false;
    const { graph, depth } = place;
    const isOwn = place.isOwn === true && !isGraph;
    const below: Place = { table, property: name, graph, depth, isOwn, isGraph };
    const objects: NodeTerm[] = [];
    for (const entry of values) {
      const object = this.#value(entry, within, below);
      if (object === undefined) return false;
      objects.push(object);
    }
    if (place.isOwn === true && iri.startsWith(credentialsVocabulary))
      this.tally.set(iri, (this.tally.get(iri) ?? 0) + (term?.isList === true ? 1 : objects.length));
    const predicate = `<${iri}>`;
    if (term?.isList === true) this.#list(subject, predicate, objects, graph);
    else
      objects.forEach((object, index) => {
        const entry = values[index];
        if (isAddress(within) || isJsonObject(entry)) this.#say(subject, predicate, object, graph, '@id');
        else this.#say(subject, predicate, object, graph, within?.type, entry);
      });
    return true;
  }

  #value(value: Json, term: Term | undefined, place: Place): NodeTerm | undefined {
    if (isJsonObject(value)) return this.node(value, place);
    if (value === null || Array.isArray(value) || typeof value === 'object' || place.isGraph === true)
      return undefined;
    if (isAddress(term)) {
      if (typeof value !== 'string') return undefined;
      const iri = expandIri(place.table, value, term?.type === '@vocab');
      return iri === undefined || iri.startsWith('@') ? undefined : `<${iri}>`;
    }
    // Numbers that JSON can write and that compare or print in ways of their own.
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) return undefined;
    return literalOf(value, term?.type === '@none' ? undefined : term?.type);
  }

  /** Source: JSON-LD 1.1 API §8.7 (list conversion). */
  #list(subject: NodeTerm, predicate: string, objects: readonly NodeTerm[], graph: NodeTerm): void {
    let at = subject;
    let how = predicate;
    for (const object of objects) {
      const cell = this.#blank();
      this.#say(at, how, cell, graph, '@list');
      this.#say(cell, `<${rdf}first>`, object, graph, '@list');
      at = cell;
      how = `<${rdf}rest>`;
    }
    this.#say(at, how, `<${rdf}nil>`, graph, '@list');
  }

  #say(
    subject: NodeTerm,
    predicate: string,
    object: NodeTerm,
    graph: NodeTerm,
    type: string | undefined,
    value?: Json,
  ): void {
    this.quads.push({ subject, predicate, object, graph, type, value });
  }

  #blank(): number {
    this.blanks += 1;
    return this.blanks - 1;
  }
}

type Typed = {
  readonly table: TermTable;
  readonly types: readonly string[];
  readonly name: string | undefined;
};

/** Nothing but an id: it points at a node, and the context of the type around it stays in force. */
function isReference(element: JsonObject, table: TermTable): boolean {
  const names = Object.keys(element);
  return names.length === 1 && table.terms.get(names[0] ?? '')?.id === '@id';
}

/** A bare id is dropped at the top and where graphs are expected, which safe mode refuses. */
function isDropped({ property, isGraph }: Place, table: TermTable): boolean {
  return property === undefined || isGraph === true || table.terms.get(property)?.isGraph === true;
}

/** Values of the property are addresses of nodes, or names for them. */
function isAddress(term: Term | undefined): boolean {
  return term?.type === '@id' || term?.type === '@vocab';
}
