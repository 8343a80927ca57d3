import { type Bytes, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { type BakeKind, type Container, maxContainerBytes, type Unbaked } from './container.ts';
import { jsonContainer } from './json.ts';
import { jwsContainer } from './jws.ts';
import { bakePng, pngContainer, stripPng } from './png.ts';
import { sniff } from './sniff.ts';
import { bakeSvg, stripSvg, svgContainer } from './svg.ts';

/** Everything that a badge can come in; each recognises its own bytes, so that their order decides nothing. */
export const containers: readonly Container[] = [jsonContainer, jwsContainer, pngContainer, svgContainer];

/**
 * Takes the badge out of whatever holds it. Asynchronous because compressed chunks are inflated as a stream.
 * Errors: `offer-too-large` above 5 MiB; `picture-without-badge` for a picture that holds none;
 * `malformed-picture`; `drawing-with-declarations`; `not-a-badge` for anything else, its fact `found` says what it is.
 */
export function unbake(bytes: Uint8Array): Promise<Result<Unbaked>> {
  if (bytes.length > maxContainerBytes)
    return Promise.resolve(failed(new BackpackError('offer-too-large', { limit: maxContainerBytes })));
  const drawing = drawingInUtf16(bytes);
  const found = drawing === undefined ? sniff(bytes) : 'svg';
  const container = containers.find(({ recognises }) => recognises(found));
  if (container !== undefined) return container.unbake(drawing ?? bytes);
  const picture = found === 'jpeg' || found === 'gif' || found === 'webp';
  return Promise.resolve(
    failed(new BackpackError(picture ? 'picture-without-badge' : 'not-a-badge', { found })),
  );
}

/**
 * A drawing that says by its first two bytes that it is UTF-16, as every reader of XML has to understand; for JSON and
 * tokens there is but UTF-8. Source: XML 1.0 §4.3.3; RFC 8259 §8.1.
 */
function drawingInUtf16(bytes: Uint8Array): Bytes | undefined {
  const [first, second] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  if (!isLittle && !(first === 0xfe && second === 0xff)) return undefined;
  const text = utf8(new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes));
  return sniff(text) === 'svg' ? text : undefined;
}

/**
 * Writes a document into a PNG or SVG in place of any older bake. `document`: JSON or compact token as UTF-8.
 * Errors: `malformed-picture` for anything else than a whole PNG or an SVG; `malformed-json` when SVG cannot carry it.
 */
export function bake(picture: Uint8Array, document: Uint8Array, kind: BakeKind): Result<Bytes> {
  return sniff(picture) === 'svg' ? bakeSvg(picture, document, kind) : bakePng(picture, document, kind);
}

/**
 * The picture alone, for showing it where its document stays private. Kinds that cannot hold a bake come back as
 * they are. Errors: `malformed-picture`, also for what is no picture.
 */
export function stripBake(picture: Uint8Array): Result<Bytes> {
  const found = sniff(picture);
  if (found === 'png') return stripPng(picture);
  if (found === 'svg') return stripSvg(picture);
  if (found === 'jpeg' || found === 'gif' || found === 'webp') return ok(new Uint8Array(picture));
  return failed(new BackpackError('malformed-picture', { found }));
}
