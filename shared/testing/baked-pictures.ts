import { unbake } from '../baking/registry.ts';
import { type Bytes, concat, textOf, utf8 } from '../model/bytes.ts';
import { compressed, pngChunk } from './write-png.ts';

/** The smallest badge of each form. */
export const smallJson = utf8('{"type":"Assertion","id":"https://academy.example/awards/1"}');
export const smallToken = utf8('eyJhbGciOiJFZERTQSJ9.e30.c2ln');

/** The pieces of a picture of one pixel. */
export const pngStart = concat(
  Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  pngChunk('IHDR', Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0)),
);
export const pngPixels = pngChunk('IDAT', await compressed(Uint8Array.of(0, 10, 20, 30), 'deflate'));
export const pngEnd = pngChunk('IEND', new Uint8Array());

/** A whole PNG with the chunks before its pixels. */
export function smallPng(...chunks: readonly Uint8Array[]): Bytes {
  return concat(pngStart, ...chunks, pngPixels, pngEnd);
}

/** An uncompressed `iTXt`. */
export function plainChunk(keyword: string, text: Uint8Array): Bytes {
  return pngChunk('iTXt', concat(utf8(`${keyword}\0\0\0\0\0`), text));
}

/** A compressed `iTXt`. */
export async function packedChunk(keyword: string, text: Uint8Array): Promise<Bytes> {
  return pngChunk('iTXt', concat(utf8(`${keyword}\0\u0001\0\0\0`), await compressed(text, 'deflate')));
}

/** A drawing with `inner` as what it holds first, its first tag with further attributes. */
export function smallSvg(inner: string, attributes = ''): Bytes {
  return utf8(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"${attributes}>${inner}<path d="M0 0h9"/></svg>`,
  );
}

/** The text of the badge inside, or the code of the refusal. */
export async function insideOf(bytes: Uint8Array): Promise<string | undefined> {
  const result = await unbake(bytes);
  return result.ok ? textOf(result.value.document) : result.error.code;
}
