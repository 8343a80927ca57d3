import { type Bytes, textOf, utf8 } from '../model/bytes.ts';
import { BackpackError } from '../model/errors.ts';
import { inflateBounded } from '../model/inflate.ts';
import { failed, ok, type Result } from '../model/result.ts';
import {
  type BakeKind,
  type Container,
  maxBakedDocuments,
  maxInflatedBytes,
  type Unbaked,
} from './container.ts';
import { type Content, contentOf } from './content.ts';
import { crc32 } from './crc32.ts';
import { type PngChunk, pngChunksOf, storedCrcOf } from './png-chunks.ts';
import { sniff } from './sniff.ts';

/** Keywords of badge chunks, the newer generation first. */
const keywords = ['openbadgecredential', 'openbadges'] as const;
type Keyword = (typeof keywords)[number];
/** Bytes of baked documents after which no further one is read: each may have come out of a thousandth of them. */
const maxReadBytes = 4 * maxInflatedBytes;
/**
 * The lowest byte of text. Where a compression flag belongs, Moodle wrote the word `json` until 2025 and others the badge
 * itself: such a chunk has its text behind its last NUL.
 */
const firstLetter = 0x20;
/** How the chunk of each kind begins: its type and its keyword, then no compression, language and translation. */
const headings: Readonly<Record<BakeKind, Uint8Array>> = {
  assertion: utf8('iTXtopenbadges\0\0\0\0\0'),
  credential: utf8('iTXtopenbadgecredential\0\0\0\0\0'),
};

/**
 * Badges baked into PNG: `iTXt` plain or compressed, and what is met beside the rules: `tEXt` with an address,
 * JSON or a token, `zTXt`. Of several the credential goes before the assertion, and the first in the file before
 * later ones. A cut-off picture still gives the badge that lies before the cut.
 * Source: Open Badges 2.0 Baking §PNG; Open Badges 3.0 §Baked Badge.
 */
export const pngContainer: Container = {
  name: 'png',
  recognises: (found) => found === 'png',
  unbake: unbakePng,
};

async function unbakePng(bytes: Uint8Array): Promise<Result<Unbaked>> {
  const { texts, endsAt } = pngChunksOf(bytes);
  const baked = badgeChunksOf(bytes, texts)
    .sort((a, b) => keywords.indexOf(a.keyword) - keywords.indexOf(b.keyword))
    .slice(0, maxBakedDocuments);
  const found: { readonly content: Content; readonly checksumBad: boolean }[] = [];
  let read = 0;
  for (const { chunk, keyword } of baked) {
    if (read > maxReadBytes) break;
    const plain = textOfChunk(
      bytes.subarray(chunk.dataStart + keyword.length + 1, chunk.dataEnd),
      chunk.type,
    );
    // Waiting for what is there already takes a good part of the time that a picture takes.
    const text = plain instanceof Promise ? await plain : plain;
    const content = text === undefined ? undefined : contentOf(text);
    if (text === undefined || content === undefined) continue;
    read += text.length;
    const checksumBad = crc32(bytes, chunk.start + 4, chunk.dataEnd) !== storedCrcOf(bytes, chunk);
    found.push({ content, checksumBad });
  }
  const [first, ...others] = found;
  if (first === undefined) {
    const code = endsAt !== undefined && baked.length === 0 ? 'picture-without-badge' : 'malformed-picture';
    return failed(new BackpackError(code, { found: 'png' }));
  }
  return ok({
    container: 'png',
    document: first.content.document,
    ...(first.content.kind === 'address' ? { reference: first.content.reference } : {}),
    others: others.map((other) => other.content.document),
    checksumBad: first.checksumBad,
  });
}

type BadgeChunk = { readonly chunk: PngChunk; readonly keyword: Keyword };

function badgeChunksOf(bytes: Uint8Array, chunks: readonly PngChunk[]): BadgeChunk[] {
  return chunks.flatMap((chunk) => {
    const keyword = keywords.find((word) => hasKeyword(bytes, chunk, word));
    return keyword === undefined ? [] : [{ chunk, keyword }];
  });
}

function hasKeyword(bytes: Uint8Array, chunk: PngChunk, keyword: string): boolean {
  if (chunk.dataStart + keyword.length >= chunk.dataEnd) return false;
  for (let index = 0; index < keyword.length; index += 1)
    if (bytes[chunk.dataStart + index] !== keyword.charCodeAt(index)) return false;
  return bytes[chunk.dataStart + keyword.length] === 0;
}

/**
 * The text of a badge chunk as UTF-8 bytes, `rest` being what stands behind its keyword; `undefined` when it is damaged
 * or inflates beyond the ceiling.
 */
function textOfChunk(
  rest: Uint8Array,
  type: PngChunk['type'],
): Uint8Array | undefined | Promise<Uint8Array | undefined> {
  if (type === 'tEXt') return asUtf8(rest);
  if (type === 'zTXt')
    return rest[0] === 0
      ? inflated(rest.subarray(1)).then((text) => (text === undefined ? undefined : asUtf8(text)))
      : undefined;
  const [flag = 0] = rest;
  if (flag >= firstLetter) return rest.subarray(rest.lastIndexOf(0) + 1);
  const languageEnd = rest.indexOf(0, 2);
  const translatedEnd = languageEnd === -1 ? -1 : rest.indexOf(0, languageEnd + 1);
  if (translatedEnd === -1) return undefined;
  const text = rest.subarray(translatedEnd + 1);
  if (flag === 0) return text;
  return flag === 1 && rest[1] === 0 ? inflated(text) : undefined;
}

async function inflated(text: Uint8Array): Promise<Uint8Array | undefined> {
  const answer = await inflateBounded(text, 'deflate', maxInflatedBytes);
  return answer.ok ? answer.bytes : undefined;
}

/** `tEXt` and `zTXt` are Latin-1 by the book and UTF-8 in practice. */
function asUtf8(bytes: Uint8Array): Uint8Array {
  return textOf(bytes) === undefined ? utf8(new TextDecoder('latin1').decode(bytes)) : bytes;
}

/**
 * Bakes a document into a PNG: one uncompressed `iTXt` before the first `IDAT`, every older bake taken out,
 * every other byte and its place kept. `document`: JSON or compact token as UTF-8.
 * Errors: `malformed-picture` for what is no whole PNG. Source: Open Badges 3.0 §Baked Badge.
 */
export function bakePng(picture: Uint8Array, document: Uint8Array, kind: BakeKind): Result<Bytes> {
  const malformed = () => failed(new BackpackError('malformed-picture', { found: sniff(picture) }));
  const head = pngChunksOf(picture, 'pixels');
  if (head.pixelsAt === undefined) return malformed();
  const insertion = { at: head.pixelsAt, heading: headings[kind], document };
  const baked = splice(picture, picture.length, badgeChunksOf(picture, head.texts), insertion);
  // The rest is looked at in the copy, which is at hand: to fetch each header of the picture by itself takes as long again.
  const { texts, pixelsAt = 0, endsAt } = pngChunksOf(baked);
  if (endsAt === undefined) return malformed();
  const later = badgeChunksOf(
    baked,
    texts.filter(({ start }) => start > pixelsAt),
  );
  return ok(later.length === 0 ? baked : splice(baked, baked.length, later));
}

/**
 * Takes every bake out of a PNG, and whatever follows its end: what remains says nothing of the badge in a place
 * where a badge is looked for. Errors: `malformed-picture`.
 */
export function stripPng(picture: Uint8Array): Result<Bytes> {
  const { texts, endsAt } = pngChunksOf(picture);
  if (endsAt === undefined) return failed(new BackpackError('malformed-picture', { found: sniff(picture) }));
  return ok(splice(picture, endsAt, badgeChunksOf(picture, texts)));
}

type Insertion = { readonly at: number; readonly heading: Uint8Array; readonly document: Uint8Array };

/** `picture[0, end)` without the chunks `out` and, behind these, with the insertion, in one allocation. */
function splice(picture: Uint8Array, end: number, out: readonly BadgeChunk[], insertion?: Insertion): Bytes {
  const removed = out.reduce((sum, { chunk }) => sum + chunk.end - chunk.start, 0);
  const added = insertion === undefined ? 0 : 8 + insertion.heading.length + insertion.document.length;
  const result = new Uint8Array(end - removed + added);
  let written = 0;
  let read = 0;
  const copyTo = (limit: number) => {
    result.set(picture.subarray(read, limit), written);
    written += limit - read;
    read = limit;
  };
  for (const { chunk } of out) {
    copyTo(chunk.start);
    read = chunk.end;
  }
  if (insertion !== undefined) {
    copyTo(insertion.at);
    written = writeTextChunk(result, written, insertion);
  }
  copyTo(end);
  return result;
}

/** Writes an uncompressed `iTXt` at `start`; gives where it ends. */
function writeTextChunk(target: Uint8Array, start: number, { heading, document }: Insertion): number {
  const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
  const end = start + 4 + heading.length + document.length;
  view.setUint32(start, end - start - 8);
  target.set(heading, start + 4);
  target.set(document, start + 4 + heading.length);
  view.setUint32(end, crc32(target, start + 4, end));
  return end + 4;
}
