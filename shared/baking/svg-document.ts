import { ok, type Result } from '../model/result.ts';
import type { SvgBake, SvgDocument } from './svg-bake.ts';
import { parseBakes, parseSvg } from './svg-parse.ts';
import { scanBakes, scanSvg } from './svg-scan.ts';

/**
 * Reads an SVG as XML with namespaces to its last byte and finds its bakes; nothing is rendered or fetched. A document
 * type is passed over unread, one that declares anything itself (entities) is refused.
 * Errors: `malformed-picture`; `drawing-with-declarations`. Source: Open Badges 2.0 Baking §SVG; Open Badges 3.0 §Baked Badge.
 */
export function readSvg(bytes: Uint8Array): Result<SvgDocument> {
  const scanned = scanSvg(bytes);
  return scanned === undefined ? parseSvg(bytes) : ok(scanned);
}

/**
 * The bakes alone. Damage behind a badge does not take it away, as in a PNG that is cut off: whether the badge is good
 * its proof says. Damage before or inside it does. Errors: as `readSvg`.
 */
export function readBakes(bytes: Uint8Array): Result<readonly SvgBake[]> {
  const scanned = scanBakes(bytes);
  return scanned === undefined ? parseBakes(bytes) : ok(scanned);
}
