import { type Bytes, textOf, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { isJsonObject, type JsonObject, parseJsonObject, stringOf } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import type { BakeKind, Container, Unbaked } from './container.ts';
import { type Content, contentOf } from './content.ts';
import { readSvg, type SvgBake, type SvgDocument } from './svg-document.ts';

/**
 * Badges baked into SVG: `assertion` and `credential` elements by namespace, the document as CDATA, as escaped
 * text, or in `verify`. Of several the credential goes before the assertion, the first before later ones.
 * Source: Open Badges 2.0 Baking §SVG; Open Badges 3.0 §Baked Badge.
 */
export const svgContainer: Container = {
  name: 'svg',
  recognises: (found) => found === 'svg',
  unbake: unbakeSvg,
};

async function unbakeSvg(bytes: Uint8Array): Promise<Result<Unbaked>> {
  const svg = readSvg(bytes);
  if (!svg.ok) return svg;
  const order: readonly BakeKind[] = ['credential', 'assertion'];
  const contents = [...svg.value.bakes]
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .flatMap((bake) => contentOfBake(bake) ?? []);
  const [first, ...others] = contents;
  if (first === undefined) {
    const code = svg.value.bakes.length === 0 ? 'picture-without-badge' : 'malformed-picture';
    return failed(new BackpackError(code, { found: 'svg' }));
  }
  return ok({
    container: 'svg',
    document: first.document,
    ...(first.kind === 'address' ? { reference: first.reference } : {}),
    others: others.map((other) => other.document),
    checksumBad: false,
  });
}

/** The body when it holds something, else the attribute: an assertion names its address there as well. */
function contentOfBake({ body, verify }: SvgBake): Content | undefined {
  return contentOf(utf8(body)) ?? contentOf(utf8(verify ?? ''));
}

/**
 * Bakes a document into an SVG as its first element, every older bake taken out, all else kept as it was written.
 * Errors: `malformed-picture`; `malformed-json` for a document with characters that XML 1.0 cannot carry.
 * Source: Open Badges 3.0 §Baked Badge.
 */
export function bakeSvg(picture: Uint8Array, document: Uint8Array, kind: BakeKind): Result<Bytes> {
  const bare = bareSvg(picture);
  if (!bare.ok) return bare;
  const element = elementOf(document, kind);
  if (element === undefined) return failed(new BackpackError('malformed-json', { encoding: 'not xml' }));
  const { text, root } = bare.value;
  const namespace = ` xmlns:openbadges="${namespaceOf[kind]}"`;
  // A picture that binds the prefix itself keeps its binding; the element then brings its own.
  const bound = Object.hasOwn(root.namespaces, 'openbadges');
  const inner = bound ? element.replace(/^<[^\s/>]+/, (name) => name + namespace) : element;
  const tag = text.slice(root.start, root.nameEnd) + (bound ? '' : namespace);
  const before = text.slice(0, root.start);
  const after = text.slice(root.end);
  if (!root.closesItself) return ok(utf8(before + tag + text.slice(root.nameEnd, root.end) + inner + after));
  const attributes = text.slice(root.nameEnd, text.lastIndexOf('/', root.end));
  return ok(
    utf8(`${before}${tag}${attributes}>${inner}</${text.slice(root.start + 1, root.nameEnd)}>${after}`),
  );
}

/** Takes every bake out of an SVG and with it our own namespace declaration. Errors: `malformed-picture`. */
export function stripSvg(picture: Uint8Array): Result<Bytes> {
  const bare = bareSvg(picture);
  return bare.ok ? ok(utf8(bare.value.text)) : bare;
}

const namespaceOf: Readonly<Record<BakeKind, string>> = {
  assertion: 'http://openbadges.org',
  credential: 'https://purl.imsglobal.org/ob/v3p0',
};

/** The picture without bakes, read again so that its places are those of the new text. */
function bareSvg(picture: Uint8Array): Result<SvgDocument> {
  const svg = readSvg(picture);
  if (!svg.ok || svg.value.bakes.length === 0) return svg;
  const { text, root, bakes } = svg.value;
  let kept = '';
  let from = 0;
  for (const { start, end } of bakes) {
    kept += text.slice(from, start);
    from = end;
  }
  kept += text.slice(from);
  return readSvg(utf8(withoutNamespace(kept, root.end)));
}

/** The declaration goes only when nothing else in the picture can mean it. */
function withoutNamespace(text: string, rootEnd: number): string {
  const opening = text.slice(0, rootEnd);
  const declaration =
    /\sxmlns:openbadges\s?=\s?(?:"(?:http:\/\/openbadges\.org|https:\/\/purl\.imsglobal\.org\/ob\/v3p0)"|'(?:http:\/\/openbadges\.org|https:\/\/purl\.imsglobal\.org\/ob\/v3p0)')/;
  const without = opening.replace(declaration, '') + text.slice(rootEnd);
  return without.includes('openbadges:') ? text : without;
}

/** The element with the document in it; `undefined` when XML 1.0 cannot carry a character of it. */
function elementOf(document: Uint8Array, kind: BakeKind): string | undefined {
  const text = textOf(document);
  const content = contentOf(document);
  // Control characters are escaped in JSON; non-characters and lone surrogates have no form in XML at all.
  if (
    text === undefined ||
    content === undefined ||
    /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text)
  )
    return undefined;
  const name = `openbadges:${kind}`;
  if (content.kind !== 'json') return `<${name} verify="${attributeOf(text.trim())}"/>`;
  const address = kind === 'assertion' ? addressOf(document) : undefined;
  const verify = address === undefined ? '' : ` verify="${attributeOf(address)}"`;
  // XML reads CR LF as LF: a carriage return has to be written as a reference to come back.
  const body = text.replaceAll(']]>', ']]]]><![CDATA[>').replaceAll('\r', ']]>&#13;<![CDATA[');
  return `<${name}${verify}><![CDATA[${body}]]></${name}>`;
}

function attributeOf(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** Where a hosted assertion says that it is served: `verify.url` of 1.x, `id` of 2.0. */
function addressOf(document: Uint8Array): string | undefined {
  const assertion = parseJsonObject(document);
  if (!assertion.ok) return undefined;
  const verify: JsonObject = isJsonObject(assertion.value['verify']) ? assertion.value['verify'] : {};
  const address = stringOf(verify['url']) ?? stringOf(assertion.value['id']);
  return address !== undefined && /^https?:\/\/\S+$/.test(address) ? address : undefined;
}
