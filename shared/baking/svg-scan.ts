import { textOf } from '../model/bytes.ts';
import { maxBakedDocuments } from './container.ts';
import { bakeKindOf, maxSvgDepth, type SvgBake, type SvgDocument, type SvgRoot } from './svg-bake.ts';
import {
  endOfComment,
  endOfLocalName,
  endOfName,
  endOfSection,
  endOfTag,
  endOfText,
  endOfValue,
  passSpace,
  repeats,
  sectionStart,
  startsWith,
} from './xml-bytes.ts';
import { outerScope, readTag, type Scope, type Tag } from './xml-scope.ts';

/** Most attributes of one tag: each is compared with those before it. */
const maxAttributes = 32;
/** Longest declaration and document type, in bytes. */
const maxDeclarationBytes = 512;

/** A drawing while it is read, and what is open. */
type Scan = {
  readonly bytes: Uint8Array;
  readonly root: SvgRoot;
  readonly scope: Scope;
  readonly prefixes: readonly string[];
  /** places of the names of open elements, start and end in turn */
  readonly open: Int32Array;
  depth: number;
  readonly bakes: SvgBake[];
};

/** The same of the attributes of the tag that is being read; no two tags are read at once. */
const attributes = new Int32Array(2 * maxAttributes);

/**
 * Reads a drawing of usual form without the parser, which costs thirty times as much: well-formed to its last byte,
 * ASCII names, namespaces declared by its first tag or by a bake, no entities but those of XML itself. `undefined` for
 * everything else, which need not be wrong: the parser decides on it.
 */
export function scanSvg(bytes: Uint8Array): SvgDocument | undefined {
  const scan = beginScan(bytes);
  if (scan === undefined) return undefined;
  let at = scan.root.end;
  while (scan.depth > 0 && at !== -1) at = endOfPiece(scan, at);
  const { root, bakes } = scan;
  return at !== -1 && endOfAside(bytes, at) === bytes.length ? { root, bakes } : undefined;
}

/** The bakes alone: nothing is judged that lies behind the last of them. `undefined` where the parser has to decide. */
export function scanBakes(bytes: Uint8Array): readonly SvgBake[] | undefined {
  const scan = beginScan(bytes);
  if (scan === undefined) return undefined;
  let at = scan.root.end;
  while (scan.depth > 0 && at !== -1) {
    const before = scan.bakes.length;
    at = endOfPiece(scan, at);
    if (scan.bakes.length > before && holdsNoBake(bytes, at)) return scan.bakes;
  }
  return at !== -1 && endOfAside(bytes, at) === bytes.length ? scan.bakes : undefined;
}

/**
 * The first tag of a drawing of usual form in which nothing is baked, and without anything that begins with `<!` behind
 * that tag. What lies there is searched and not read: it may be damaged. `undefined` where `scanSvg` has to decide.
 */
export function scanUnbaked(bytes: Uint8Array): SvgRoot | undefined {
  const root = firstTag(bytes)?.root;
  if (root === undefined || root.closesItself) return undefined;
  const rest = textOf(bytes.subarray(root.end));
  return rest === undefined || rest.includes('!') || namesBake(rest) ? undefined : root;
}

/** True when no bake can begin behind `from`. */
function holdsNoBake(bytes: Uint8Array, from: number): boolean {
  const text = textOf(bytes.subarray(from));
  return text !== undefined && !namesBake(text);
}

/** A bake has no other name under any prefix, and a name cannot be written with references. */
function namesBake(text: string): boolean {
  return /assertion|credential/.test(text);
}

function beginScan(bytes: Uint8Array): Scan | undefined {
  const first = firstTag(bytes);
  if (first === undefined) return undefined;
  const { root, scope } = first;
  const open = new Int32Array(2 * maxSvgDepth);
  const scan = { bytes, root, scope, prefixes: [...scope.keys()], open, depth: 0, bakes: [] };
  if (!root.closesItself) enter(scan, root.start + 1, root.nameEnd);
  return scan;
}

function firstTag(bytes: Uint8Array): Pick<Scan, 'root' | 'scope'> | undefined {
  const start = endOfProlog(bytes);
  const tag = start === -1 ? undefined : declaringTag(bytes, start, outerScope);
  if (tag === undefined || tag.local !== 'svg') return undefined;
  const { nameEnd, end, closesItself, scope } = tag;
  return { root: { start, nameEnd, end, closesItself, bindsPrefix: scope.has('openbadges') }, scope };
}

const declaration =
  /^<\?xml[ \t\r\n]+version=(["'])1\.0\1(?:[ \t\r\n]+encoding=(["'])[Uu][Tt][Ff]-8\2)?(?:[ \t\r\n]+standalone=(["'])(?:yes|no)\3)?[ \t\r\n]*\?>/;
/** One that declares nothing itself; what it names is never fetched. */
const documentType =
  /^<!DOCTYPE[ \t\r\n]+[A-Za-z_][\w.-]*(?:[ \t\r\n]+(?:PUBLIC[ \t\r\n]+"[\w /.-]*"|SYSTEM)[ \t\r\n]+"[\w:/.-]*")?[ \t\r\n]*>/;

/** Where the first tag begins: behind a byte order mark, a declaration, comments and one document type. */
function endOfProlog(bytes: Uint8Array): number {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const start = startsWith(bytes, mark, '<?xml') ? endOfForm(bytes, mark, declaration) : mark;
  if (start === -1) return -1;
  const aside = endOfAside(bytes, start);
  if (!startsWith(bytes, aside, '<!DOCTYPE')) return aside;
  const end = endOfForm(bytes, aside, documentType);
  return end === -1 ? -1 : endOfAside(bytes, end);
}

function endOfForm(bytes: Uint8Array, from: number, form: RegExp): number {
  const text = String.fromCharCode(...bytes.subarray(from, from + maxDeclarationBytes));
  const found = form.exec(text);
  return found === null ? -1 : from + found[0].length;
}

/** White space and comments around the drawing. */
function endOfAside(bytes: Uint8Array, from: number): number {
  let at = passSpace(bytes, from);
  for (let end = endOfComment(bytes, at); end !== -1; end = endOfComment(bytes, at))
    at = passSpace(bytes, end);
  return at;
}

/** Passes over text and the tag, comment, section or bake behind it. */
function endOfPiece(scan: Scan, from: number): number {
  const { bytes } = scan;
  const at = endOfText(bytes, from);
  if (at === -1) return -1;
  const next = bytes[at + 1];
  if (next === slash) return leave(scan, at);
  if (next !== exclamation) return endOfElement(scan, at);
  return bytes[at + 2] === bracket ? endOfSection(bytes, at) : endOfComment(bytes, at);
}

const [less, greater, slash, exclamation, bracket] = [0x3c, 0x3e, 0x2f, 0x21, 0x5b];

/** Passes over a tag that opens an element, and over the whole element when it is a bake. */
function endOfElement(scan: Scan, start: number): number {
  const { bytes, prefixes } = scan;
  if (scan.depth === maxSvgDepth) return -1;
  const prefixEnd = endOfName(bytes, start + 1);
  const nameEnd = prefixEnd === -1 ? -1 : endOfLocalName(bytes, prefixEnd);
  if (nameEnd === -1) return -1;
  const localStart = prefixEnd === nameEnd ? start + 1 : prefixEnd + 1;
  if (isBakeName(bytes, localStart, nameEnd)) return endOfBake(scan, start);
  if (prefixEnd !== nameEnd && !isBound(bytes, start + 1, prefixEnd, prefixes)) return -1;
  const end = endOfAttributes(bytes, nameEnd, prefixes);
  if (end !== -1 && bytes[end - 2] !== slash) enter(scan, start + 1, nameEnd);
  return end;
}

function isBakeName(bytes: Uint8Array, start: number, end: number): boolean {
  const word = end - start === 9 ? 'assertion' : 'credential';
  return end - start === word.length && startsWith(bytes, start, word);
}

function enter(scan: Scan, nameStart: number, nameEnd: number): void {
  scan.open[2 * scan.depth] = nameStart;
  scan.open[2 * scan.depth + 1] = nameEnd;
  scan.depth += 1;
}

function leave(scan: Scan, start: number): number {
  scan.depth -= 1;
  return endOfClosing(scan.bytes, start, scan.open[2 * scan.depth] ?? 0, scan.open[2 * scan.depth + 1] ?? 0);
}

/** The tag at `start` that closes the element whose name lies in `[nameStart, nameEnd)`. */
function endOfClosing(bytes: Uint8Array, start: number, nameStart: number, nameEnd: number): number {
  if (!startsWith(bytes, start, '</') || !repeats(bytes, start + 2, nameStart, nameEnd)) return -1;
  const end = passSpace(bytes, start + 2 + nameEnd - nameStart);
  return bytes[end] === greater ? end + 1 : -1;
}

/** The rest of a tag behind its name. Without `prefixes` it may declare some, and whoever asks looks at them. */
function endOfAttributes(bytes: Uint8Array, nameEnd: number, prefixes?: readonly string[]): number {
  let at = nameEnd;
  for (let count = 0; at !== -1; count += 1) {
    const start = passSpace(bytes, at);
    const prefixEnd = endOfName(bytes, start);
    if (prefixEnd === -1) return endOfTag(bytes, start);
    const keyEnd = endOfLocalName(bytes, prefixEnd);
    if (keyEnd === -1 || start === at || count === maxAttributes) return -1;
    if (prefixes !== undefined && !isUsual(bytes, start, prefixEnd, keyEnd, prefixes)) return -1;
    if (isRepeated(bytes, start, keyEnd, count)) return -1;
    attributes[2 * count] = start;
    attributes[2 * count + 1] = keyEnd;
    at = endOfValue(bytes, keyEnd);
  }
  return -1;
}

/** An attribute whose prefix is bound, and that declares none. */
function isUsual(
  bytes: Uint8Array,
  start: number,
  prefixEnd: number,
  end: number,
  prefixes: readonly string[],
): boolean {
  if (prefixEnd !== end) return isBound(bytes, start, prefixEnd, prefixes);
  return end - start !== 5 || !startsWith(bytes, start, 'xmlns');
}

function isRepeated(bytes: Uint8Array, start: number, end: number, count: number): boolean {
  for (let index = 0; index < 2 * count; index += 2) {
    const [from = 0, to = 0] = [attributes[index], attributes[index + 1]];
    if (to - from === end - start && repeats(bytes, start, from, to)) return true;
  }
  return false;
}

function isBound(bytes: Uint8Array, start: number, end: number, prefixes: readonly string[]): boolean {
  for (const prefix of prefixes)
    if (prefix.length === end - start && startsWith(bytes, start, prefix)) return true;
  return false;
}

type DeclaringTag = Tag & { readonly nameEnd: number; readonly end: number; readonly closesItself: boolean };

function declaringTag(bytes: Uint8Array, start: number, outer: Scope): DeclaringTag | undefined {
  const prefixEnd = bytes[start] === less ? endOfName(bytes, start + 1) : -1;
  const nameEnd = prefixEnd === -1 ? -1 : endOfLocalName(bytes, prefixEnd);
  const end = nameEnd === -1 ? -1 : endOfAttributes(bytes, nameEnd);
  const tag = end === -1 ? undefined : readTag(bytes, { start, nameEnd, end }, outer);
  return tag && { ...tag, nameEnd, end, closesItself: bytes[end - 2] === slash };
}

/** A whole bake that holds nothing but text and sections of CDATA. */
function endOfBake({ bytes, scope, bakes }: Scan, start: number): number {
  const tag = declaringTag(bytes, start, scope);
  const kind = tag === undefined ? undefined : bakeKindOf(tag.namespace, tag.local);
  if (tag === undefined || kind === undefined || bakes.length === maxBakedDocuments) return -1;
  const closing = tag.closesItself ? tag.end : endOfBody(bytes, tag.end);
  if (closing === -1) return -1;
  const end = tag.closesItself ? tag.end : endOfClosing(bytes, closing, start + 1, tag.nameEnd);
  const body = textOf(bytes.subarray(tag.end, closing));
  const verify = tag.attributes.get('verify');
  // White space in an attribute is turned into spaces: left to the parser.
  if (end === -1 || body === undefined || /[\t\r\n]/.test(verify ?? '')) return -1;
  const bindsPrefix = tag.attributes.has('xmlns:openbadges');
  bakes.push({ kind, start, end, verify: verify && resolved(verify), body: resolved(body), bindsPrefix });
  return end;
}

function endOfBody(bytes: Uint8Array, from: number): number {
  let at = endOfText(bytes, from);
  while (at !== -1 && startsWith(bytes, at, sectionStart)) {
    at = endOfSection(bytes, at);
    if (at !== -1) at = endOfText(bytes, at);
  }
  return at;
}

const signs: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Line breaks as one sign, sections of CDATA as their text, entities of XML itself as their sign. Source: XML 1.0 §2.11. */
function resolved(raw: string): string {
  const text = raw.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  let said = '';
  for (let at = 0; ; ) {
    const section = text.indexOf(sectionStart, at);
    const plain = text.slice(at, section === -1 ? undefined : section);
    said += plain.replace(/&(\w+);/g, (_, name: string) => signs[name] ?? '');
    if (section === -1) return said;
    at = text.indexOf(']]>', section) + 3;
    said += text.slice(section + sectionStart.length, at - 3);
  }
}
