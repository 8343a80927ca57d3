import type { BakeKind } from './container.ts';

/** An `assertion` or `credential` element; `[start, end)` are its places in the bytes. */
export type SvgBake = {
  readonly kind: BakeKind;
  readonly start: number;
  readonly end: number;
  readonly verify: string | undefined;
  /** its own text, CDATA and escaped text alike, entities of XML itself resolved */
  readonly body: string;
  /** it binds the prefix `openbadges` itself, to whatever */
  readonly bindsPrefix: boolean;
};

/** The first tag of a drawing: places of its `<`, of the end of its name, and behind its `>`. */
export type SvgRoot = {
  readonly start: number;
  readonly nameEnd: number;
  readonly end: number;
  readonly closesItself: boolean;
  /** it binds the prefix `openbadges` itself, to whatever */
  readonly bindsPrefix: boolean;
};

/** A well-formed drawing. */
export type SvgDocument = { readonly root: SvgRoot; readonly bakes: readonly SvgBake[] };

/** Deepest nesting of a picture: the parser looks namespaces up from the innermost element outwards. */
export const maxSvgDepth = 256;

/** The namespace of each bake; the element has the name of its kind. Sources: Open Badges 2.0 Baking, 3.0 §Baked Badge. */
export const namespaceOf: Readonly<Record<BakeKind, string>> = {
  assertion: 'http://openbadges.org',
  credential: 'https://purl.imsglobal.org/ob/v3p0',
};

/** Which bake an element is; `undefined` for every other one. Which prefix the picture chose says nothing. */
export function bakeKindOf(namespace: string | undefined, name: string): BakeKind | undefined {
  if (name !== 'assertion' && name !== 'credential') return undefined;
  return namespaceOf[name] === namespace ? name : undefined;
}
