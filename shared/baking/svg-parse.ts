import { SaxesParser, type SaxesTagNS } from 'saxes';
import { textOf, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { maxBakedDocuments } from './container.ts';
import { bakeKindOf, maxSvgDepth, type SvgBake, type SvgDocument, type SvgRoot } from './svg-bake.ts';
import { hasTooManyTurns, maxSvgAttributes } from './svg-limits.ts';

/** The parser runs on slices so that a refused document costs no more than one slice beyond the reason. */
const sliceLength = 4096;

/** Reads an SVG of whatever form by the parser, to its last byte. Errors: as `readSvg`. */
export function parseSvg(bytes: Uint8Array): Result<SvgDocument> {
  const text = textOf(bytes);
  if (text === undefined) return malformed('encoding');
  const { root, bakes, refused } = parse(text);
  if (refused !== undefined || root === undefined) return malformed(refused ?? 'xml');
  return ok(inBytes(bytes, text, { root, bakes }));
}

/** The bakes alone: those that are whole before the first damage, when there is one. Errors: as `readSvg`. */
export function parseBakes(bytes: Uint8Array): Result<readonly SvgBake[]> {
  const text = textOf(bytes);
  if (text === undefined) return malformed('encoding');
  const { root, bakes, refused } = parse(text);
  const isLost = refused !== undefined && (bakes.length === 0 || refused === 'too-many');
  if (isLost || root === undefined) return malformed(refused ?? 'xml');
  return ok(inBytes(bytes, text, { root, bakes }).bakes);
}

function parse(text: string): Reading {
  const state: Reading = { root: undefined, open: undefined, bakes: [], depth: 0, refused: undefined };
  if (hasTooManyTurns(text)) return { ...state, refused: 'too-many' };
  const parser = new SaxesParser({ xmlns: true });
  listen(parser, text, state);
  try {
    for (let from = 0; from < text.length && state.refused === undefined; from += sliceLength)
      parser.write(text.slice(from, from + sliceLength));
    if (state.refused === undefined) parser.close();
  } catch {
    state.refused ??= 'xml';
  }
  return state;
}

function malformed(why: string): Result<never> {
  const code = why === 'doctype' ? 'drawing-with-declarations' : 'malformed-picture';
  return failed(new BackpackError(code, { found: 'svg', why }));
}

/** The parser counts places in its text, which has no byte order mark. */
function inBytes(bytes: Uint8Array, text: string, { root, bakes }: SvgDocument): SvgDocument {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const isAscii = text.length + mark === bytes.length;
  const at = (place: number) => mark + (isAscii ? place : utf8(text.slice(0, place)).length);
  return {
    root: { ...root, start: at(root.start), nameEnd: at(root.nameEnd), end: at(root.end) },
    bakes: bakes.map((bake) => ({ ...bake, start: at(bake.start), end: at(bake.end) })),
  };
}

type OpenBake = Omit<SvgBake, 'end' | 'body'> & { readonly depth: number; body: string };
type Reading = {
  root: SvgRoot | undefined;
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
  let attributes = 0;
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > maxSvgAttributes) state.refused ??= 'too-many';
  });
  parser.on('opentag', (tag) => {
    if (state.refused !== undefined) return;
    state.depth += 1;
    if (state.depth > maxSvgDepth) state.refused = 'depth';
    // A raw `<` cannot stand inside a tag, so the last one before its end is its own.
    const start = text.lastIndexOf('<', parser.position - 1);
    if (state.root === undefined) {
      if (tag.local !== 'svg') {
        state.refused = 'not-svg';
        return;
      }
      const nameEnd = start + 1 + tag.name.length;
      const bindsPrefix = Object.hasOwn(tag.ns, 'openbadges');
      state.root = { start, nameEnd, end: parser.position, closesItself: tag.isSelfClosing, bindsPrefix };
    } else if (state.open === undefined) state.open = openBakeOf(tag, start, state.depth);
  });
  const addText = (part: string) => {
    if (state.open !== undefined && state.depth === state.open.depth) state.open.body += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', (tag) => {
    attributes -= Object.keys(tag.attributes).length;
    if (state.refused !== undefined) return;
    if (state.open?.depth === state.depth) {
      const { depth: _, ...bake } = state.open;
      // The parser lets any closing tag close what is open, and complains afterwards.
      const last = text.lastIndexOf('<', parser.position - 1);
      if (last !== bake.start && text.slice(last, parser.position - 1).trimEnd() !== `</${tag.name}`) {
        state.refused = 'xml';
        return;
      }
      state.bakes.push({ ...bake, end: parser.position });
      if (state.bakes.length > maxBakedDocuments) state.refused = 'too-many';
      state.open = undefined;
    }
    state.depth -= 1;
  });
}

function openBakeOf(tag: SaxesTagNS, start: number, depth: number): OpenBake | undefined {
  const kind = bakeKindOf(tag.uri, tag.local);
  const bindsPrefix = Object.hasOwn(tag.ns, 'openbadges');
  return kind && { kind, start, depth, verify: tag.attributes['verify']?.value, body: '', bindsPrefix };
}
