import type { Json } from '../../model/json.ts';

/** A node: its address as it stands in quads (`<…>`), or the number of a node without a name. */
export type NodeTerm = string | number;

/** One statement. Literals are written out; `graph` is '' for the document's own. */
export type Quad = {
  readonly subject: NodeTerm;
  /** with its angle brackets */
  readonly predicate: string;
  readonly object: NodeTerm;
  readonly graph: NodeTerm;
  /** what kind of value it was made of, and the value where that was a scalar; see `saidOnce` */
  readonly type?: string | undefined;
  readonly value?: Json | undefined;
};

/**
 * The statements, none of them twice. `undefined` where two values that the library holds apart make the same one, and
 * where lists do: it says that twice, and we leave the document to it.
 */
export function saidOnce(quads: readonly Quad[]): readonly Quad[] | undefined {
  const said = new Map<string, Quad>();
  for (const quad of quads) {
    const { subject, predicate, object, graph, value, type } = quad;
    const statement = `${subject} ${predicate} ${object} ${graph}`;
    const before = said.get(statement);
    if (before === undefined) said.set(statement, quad);
    else if (before.value !== value || before.type !== type || type === '@list') return undefined;
  }
  return [...said.values()];
}

/** The line of a quad, its nodes without a name called by `names`. Source: RDFC-1.0 §5.2. */
export function lineOf({ subject, predicate, object, graph }: Quad, names: readonly string[]): string {
  const start = typeof subject === 'number' ? names[subject] : subject;
  const end = typeof object === 'number' ? names[object] : object;
  if (graph === '') return `${start} ${predicate} ${end} .\n`;
  return `${start} ${predicate} ${end} ${typeof graph === 'number' ? names[graph] : graph} .\n`;
}

const short: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
const unsafe = /[\u0000-\u001F\u007F"\\]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
const everyUnsafe = /[\u0000-\u001F\u007F"\\]/g;

/** A text between quotation marks, escaped as canonical N-Quads do. Source: RDFC-1.0 §5.2. */
export function quoted(text: string): string {
  if (!unsafe.test(text)) return `"${text}"`;
  const escaped = text.replace(
    everyUnsafe,
    (sign) => short[sign] ?? `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

const xsd = 'http://www.w3.org/2001/XMLSchema#';

/**
 * A JSON scalar as a literal. `datatype`: what the context says of the property's values, if anything.
 * Source: JSON-LD 1.1 API §8.6 (object to RDF conversion).
 */
export function literalOf(value: string | number | boolean, datatype: string | undefined): string {
  if (typeof value === 'string' && datatype !== `${xsd}double`) return typed(value, datatype);
  if (typeof value === 'boolean') return typed(String(value), datatype ?? `${xsd}boolean`);
  const isDouble = typeof value === 'number' && (String(value).includes('.') || Math.abs(value) >= 1e21);
  if (isDouble || datatype === `${xsd}double`) {
    const number = isDouble ? Number(value) : Number.parseFloat(String(value));
    return typed(canonicalDouble(number), datatype ?? `${xsd}double`);
  }
  return typed(Number(value).toFixed(0), datatype ?? `${xsd}integer`);
}

function typed(text: string, datatype: string | undefined): string {
  return datatype === undefined || datatype === `${xsd}string`
    ? quoted(text)
    : `${quoted(text)}^^<${datatype}>`;
}

/** One digit after the point at least, no zeros behind, no plus. Source: JSON-LD 1.1 API §8.6 (number to literal). */
function canonicalDouble(number: number): string {
  const [digits = '', power] = number.toExponential(15).split('e');
  if (power === undefined) return digits;
  let end = digits.length;
  while (digits[end - 1] === '0' && digits[end - 2] !== '.') end -= 1;
  return `${digits.slice(0, end)}E${power.replace('+', '')}`;
}
