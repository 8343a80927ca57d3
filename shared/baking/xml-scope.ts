import { textOf } from '../model/bytes.ts';

/** Namespaces by prefix, the default one by the empty text. */
export type Scope = ReadonlyMap<string, string>;

/** A first tag of an element, read with what it declares. */
export type Tag = {
  readonly local: string;
  readonly namespace: string | undefined;
  readonly attributes: ReadonlyMap<string, string>;
  /** what is bound inside */
  readonly scope: Scope;
};

/** What is bound without a declaration. Source: Namespaces in XML 1.0 §3. */
export const outerScope: Scope = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);

/**
 * The tag in `bytes[start, end)`, whose form is right already; its name ends at `nameEnd`. `undefined` for a prefix that
 * is not bound and for declarations with rules of their own: the parser decides on them.
 */
export function readTag(
  bytes: Uint8Array,
  { start, nameEnd, end }: { readonly start: number; readonly nameEnd: number; readonly end: number },
  outer: Scope,
): Tag | undefined {
  const name = textOf(bytes.subarray(start + 1, nameEnd)) ?? '';
  const said = textOf(bytes.subarray(nameEnd, end)) ?? '';
  const attributes = attributesIn(said);
  const scope = scopeOf(attributes, outer);
  const { prefix, local } = partsOf(name);
  if (scope === undefined || !isBound(prefix, scope)) return undefined;
  for (const key of attributes.keys()) {
    const { prefix: its } = partsOf(key);
    if (its !== 'xmlns' && !isBound(its, scope)) return undefined;
  }
  return { local, namespace: scope.get(prefix), attributes, scope };
}

/** Each name with its text, in one walk: what a hostile picture says here may be long. */
function attributesIn(said: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (let at = 0; ; ) {
    const equals = said.indexOf('=', at);
    if (equals < 0) return attributes;
    const double = said.indexOf('"', equals);
    const single = said.indexOf("'", equals);
    const open = double < 0 || (single >= 0 && single < double) ? single : double;
    const close = open < 0 ? -1 : said.indexOf(said.charAt(open), open + 1);
    if (close < 0) return attributes;
    attributes.set(said.slice(at, equals).trim(), said.slice(open + 1, close));
    at = close + 1;
  }
}

/** The default namespace may be none. */
function isBound(prefix: string, scope: Scope): boolean {
  return prefix === '' || scope.has(prefix);
}

function partsOf(name: string): { readonly prefix: string; readonly local: string } {
  const colon = name.indexOf(':');
  return { prefix: name.slice(0, Math.max(0, colon)), local: name.slice(colon + 1) };
}

/**
 * `undefined` for what is not usual: no namespace, one with spaces or references, those of `xml` and `xmlns`, and one
 * under two prefixes, of which two attributes could be the same.
 */
function scopeOf(attributes: ReadonlyMap<string, string>, outer: Scope): Scope | undefined {
  const scope = new Map(outer);
  for (const [key, value] of attributes) {
    const { prefix, local } = partsOf(key);
    if (key !== 'xmlns' && prefix !== 'xmlns') continue;
    if (key === 'xmlns:xml' || key === 'xmlns:xmlns' || !isUsualNamespace(value)) return undefined;
    scope.set(key === 'xmlns' ? '' : local, value);
  }
  const named = new Set<string>();
  for (const [prefix, namespace] of scope) if (prefix !== '') named.add(namespace);
  return named.size === scope.size - (scope.has('') ? 1 : 0) ? scope : undefined;
}

function isUsualNamespace(text: string): boolean {
  return /^[!-%'-~]+$/.test(text) && !/^http:\/\/www\.w3\.org\/(?:XML|2000\/xmlns)/.test(text);
}
