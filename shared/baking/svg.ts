import { type Bytes, concat, textOf, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { isJsonObject, type JsonObject, parseJsonObject, stringOf } from '../model/json.ts';
import { failed, ok, type Result } from '../model/result.ts';
import type { BakeKind, Container, Unbaked } from './container.ts';
import { type Content, contentOf, isCompactToken } from './content.ts';
import { namespaceOf, type SvgBake, type SvgRoot } from './svg-bake.ts';
import { readBakes, readSvg } from './svg-document.ts';
import { scanUnbaked } from './svg-scan.ts';

/**
 * Badges baked into SVG: `assertion` and `credential` elements by namespace, the document as CDATA, as escaped
 * text, or in `verify`. Of several the credential goes before the assertion, the first before later ones. Damage
 * behind a badge does not take it away, as in a PNG that is cut off.
 * Source: Open Badges 2.0 Baking §SVG; Open Badges 3.0 §Baked Badge.
 */
export const svgContainer: Container = {
  name: 'svg',
  recognises: (found) => found === 'svg',
  unbake: unbakeSvg,
};

async function unbakeSvg(bytes: Uint8Array): Promise<Result<Unbaked>> {
  const bakes = readBakes(bytes);
  if (!bakes.ok) return bakes;
  const order: readonly BakeKind[] = ['credential', 'assertion'];
  const contents = [...bakes.value]
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .flatMap((bake) => contentOfBake(bake) ?? []);
  const [first, ...others] = contents;
  if (first === undefined) {
    const code = bakes.value.length === 0 ? 'picture-without-badge' : 'malformed-picture';
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

/**
 * A signed badge stands in the attribute, whatever a baker wrote into the body beside it. Else the body when it holds
 * something: an assertion names its address in the attribute as well. Source: OB 2.0 Baking §SVGs.
 */
function contentOfBake({ body, verify }: SvgBake): Content | undefined {
  const said = () => contentOf(utf8(verify ?? ''));
  // An address is not read for nothing: that takes as long as much of the drawing.
  return isCompactToken((verify ?? '').trim()) ? said() : (contentOf(utf8(body)) ?? said());
}

/**
 * Bakes a document into an SVG as its first element, every older bake taken out, all else kept as it was written, also
 * damage behind the first tag where a search shows that nothing is baked (docs/decisions/0012).
 * Errors: `malformed-picture` for every other drawing that is not well-formed to its last byte; `malformed-json` for a
 * document with characters that XML 1.0 cannot carry. Source: Open Badges 3.0 §Baked Badge.
 */
export function bakeSvg(picture: Uint8Array, document: Uint8Array, kind: BakeKind): Result<Bytes> {
  const unbaked = scanUnbaked(picture);
  const bare = unbaked === undefined ? bareSvg(picture) : ok({ bytes: picture, root: unbaked });
  if (!bare.ok) return bare;
  const element = elementOf(document, kind);
  if (element === undefined) return failed(new BackpackError('malformed-json', { encoding: 'not xml' }));
  const { bytes, root } = bare.value;
  const namespace = ` xmlns:openbadges="${namespaceOf[kind]}"`;
  // A picture that binds the prefix itself keeps its binding; the element then brings its own.
  const inner = root.bindsPrefix ? element.replace(/^<[^\s/>]+/, (name) => name + namespace) : element;
  const beforeName = bytes.subarray(0, root.nameEnd);
  const name = root.closesItself ? (textOf(bytes.subarray(root.start + 1, root.nameEnd)) ?? '') : '';
  const attributes = bytes.subarray(root.nameEnd, root.closesItself ? root.end - 2 : root.end);
  return ok(
    concat(
      beforeName,
      utf8(root.bindsPrefix ? '' : namespace),
      attributes,
      utf8(root.closesItself ? `>${inner}</${name}>` : inner),
      bytes.subarray(root.end),
    ),
  );
}

/** Takes every bake out of an SVG and with it our own namespace declaration. Errors: `malformed-picture`. */
export function stripSvg(picture: Uint8Array): Result<Bytes> {
  const bare = bareSvg(picture);
  return bare.ok ? ok(new Uint8Array(bare.value.bytes)) : bare;
}

/** A picture without bakes. */
type Bare = { readonly bytes: Uint8Array; readonly root: SvgRoot };

/** The picture without bakes, read again so that its places are those of what is left. */
function bareSvg(picture: Uint8Array): Result<Bare> {
  const svg = readSvg(picture);
  if (!svg.ok) return svg;
  const { root, bakes } = svg.value;
  if (bakes.length === 0) return ok({ bytes: picture, root });
  const starts = [0, ...bakes.map(({ end }) => end)];
  const kept = concat(...starts.map((start, index) => picture.subarray(start, bakes[index]?.start)));
  const bytes = bakes.some(({ bindsPrefix }) => !bindsPrefix) ? withoutNamespace(kept, root) : kept;
  const bare = readSvg(bytes);
  return bare.ok ? ok({ bytes, root: bare.value.root }) : bare;
}

/** The first tag's declaration goes only when nothing else in the picture can mean it. */
function withoutNamespace(picture: Uint8Array, { nameEnd, end }: SvgRoot): Uint8Array {
  const said = textOf(picture.subarray(nameEnd, end)) ?? '';
  const declared = [...said.matchAll(/\s([^\s=]+)\s*=\s*(["'])(.*?)\2/gs)].find(
    ([, name, , value = '']) => name === 'xmlns:openbadges' && Object.values(namespaceOf).includes(value),
  );
  if (declared === undefined) return picture;
  const start = nameEnd + utf8(said.slice(0, declared.index)).length;
  const rest = concat(picture.subarray(0, start), picture.subarray(start + utf8(declared[0]).length));
  return textOf(rest)?.includes('openbadges:') === true ? picture : rest;
}

/** The element with the document in it; `undefined` when XML 1.0 cannot carry a character of it. */
function elementOf(document: Uint8Array, kind: BakeKind): string | undefined {
  const text = textOf(document);
  const content = contentOf(document);
  // Control characters are escaped in JSON; non-characters have no form in XML at all. UTF-8 has no lone surrogates.
  if (text === undefined || content === undefined || /[^\t\n\r\u0020-\ufffd]/.test(text)) return undefined;
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
