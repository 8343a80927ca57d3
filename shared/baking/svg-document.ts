import { SaxesParser, type SaxesTagNS } from 'saxes';
import { textOf } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { type BakeKind, maxBakedDocuments } from './container.ts';

/** An `assertion` or `credential` element; `[start, end)` are its places in the text. */
export type SvgBake = {
  readonly kind: BakeKind;
  readonly start: number;
  readonly end: number;
  readonly verify: string | undefined;
  /** its own text, CDATA and escaped text alike, entities of XML itself resolved */
  readonly body: string;
};

export type SvgDocument = {
  readonly text: string;
  /** places of the first tag: its `<`, the end of its name, after its `>` */
  readonly root: {
    readonly start: number;
    readonly nameEnd: number;
    readonly end: number;
    readonly closesItself: boolean;
    readonly namespaces: Readonly<Record<string, string>>;
  };
  readonly bakes: readonly SvgBake[];
};

/** Deepest nesting of a picture: the parser looks namespaces up from the innermost element outwards. */
export const maxSvgDepth = 256;
/** The parser runs on slices so that a refused document costs no more than one slice beyond the reason. */
const sliceLength = 4096;

const namespaceKinds: Readonly<Record<string, { readonly element: string; readonly kind: BakeKind }>> = {
  'http://openbadges.org': { element: 'assertion', kind: 'assertion' },
  'https://purl.imsglobal.org/ob/v3p0': { element: 'credential', kind: 'credential' },
};

/**
 * Reads an SVG as XML with namespaces and finds its bakes; nothing is rendered or fetched.
 * A document type is passed over unread, one that declares anything itself (entities) is refused.
 * Errors: `malformed-picture`. Source: Open Badges 2.0 Baking §SVG; Open Badges 3.0 §Baked Badge.
 */
export function readSvg(bytes: Uint8Array): Result<SvgDocument> {
  const text = textOf(bytes);
  if (text === undefined) return malformed('encoding');
  const state: Reading = { root: undefined, open: undefined, bakes: [], depth: 0, refused: undefined };
  const parser = new SaxesParser({ xmlns: true });
  listen(parser, text, state);
  try {
    for (let from = 0; from < text.length && state.refused === undefined; from += sliceLength)
      parser.write(text.slice(from, from + sliceLength));
    if (state.refused === undefined) parser.close();
  } catch {
    state.refused ??= 'xml';
  }
  if (state.refused !== undefined || state.root === undefined) return malformed(state.refused ?? 'xml');
  return ok({ text, root: state.root, bakes: state.bakes });
}

function malformed(why: string): Result<never> {
  return failed(new BackpackError('malformed-picture', { found: 'svg', why }));
}

type OpenBake = { kind: BakeKind; start: number; depth: number; verify: string | undefined; body: string };
type Reading = {
  root: SvgDocument['root'] | undefined;
  open: OpenBake | undefined;
  readonly bakes: SvgBake[];
  depth: number;
  refused: 'xml' | 'doctype' | 'depth' | 'not-svg' | 'too-many' | undefined;
};

function listen(parser: SaxesParser<{ xmlns: true }>, text: string, state: Reading): void {
  parser.on('error', () => {
    state.refused ??= 'xml';
  });
  parser.on('doctype', (doctype) => {
    if (doctype.includes('[')) state.refused ??= 'doctype';
  });
  parser.on('opentag', (tag) => {
    if (state.refused !== undefined) return;
    state.depth += 1;
    if (state.depth > maxSvgDepth) state.refused = 'depth';
    // A raw `<` cannot stand inside a tag, so the last one before its end is its own.
    const start = text.lastIndexOf('<', parser.position - 1);
    if (state.root === undefined) {
      if (tag.local !== 'svg') state.refused = 'not-svg';
      const nameEnd = start + 1 + tag.name.length;
      const namespaces = { ...tag.ns };
      state.root = { start, nameEnd, end: parser.position, closesItself: tag.isSelfClosing, namespaces };
    } else if (state.open === undefined) state.open = openBakeOf(tag, start, state.depth);
  });
  const addText = (part: string) => {
    if (state.open !== undefined && state.depth === state.open.depth) state.open.body += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    if (state.refused !== undefined) return;
    if (state.open?.depth === state.depth) {
      const { kind, start, verify, body } = state.open;
      state.bakes.push({ kind, start, end: parser.position, verify, body });
      if (state.bakes.length > maxBakedDocuments) state.refused = 'too-many';
      state.open = undefined;
    }
    state.depth -= 1;
  });
}

/** Matched by namespace; which prefix the picture chose says nothing. */
function openBakeOf(tag: SaxesTagNS, start: number, depth: number): OpenBake | undefined {
  const known = Object.hasOwn(namespaceKinds, tag.uri) ? namespaceKinds[tag.uri] : undefined;
  if (known === undefined || known.element !== tag.local) return undefined;
  return { kind: known.kind, start, depth, verify: tag.attributes['verify']?.value, body: '' };
}
