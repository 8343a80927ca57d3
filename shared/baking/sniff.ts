import { textOf } from '../model/bytes.ts';
import { isCompactToken } from './content.ts';

export type Sniffed =
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'svg'
  | 'json'
  | 'token'
  | 'html'
  | 'pdf'
  | 'zip'
  | 'text'
  | 'empty'
  | 'unknown';

/** How much of a text is looked at before its first element, in bytes. */
const maxPrologBytes = 64 * 1024;
/** How much is looked at first: the first element of nearly every drawing begins there. */
const usualPrologBytes = 1024;
/** How much of a tag is looked at for its name, in bytes. */
const maxTagBytes = 140;

/** What bytes are by their beginning alone; a name, an extension or a media type has no say (trap 13). */
export function sniff(bytes: Uint8Array): Sniffed {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(bytes, [0x47, 0x49, 0x46, 0x38])) return 'gif';
  if (startsWith(bytes, [0x52, 0x49, 0x46, 0x46]) && startsWith(bytes.subarray(8), [0x57, 0x45, 0x42, 0x50]))
    return 'webp';
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return 'pdf';
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return 'zip';
  return sniffText(bytes);
}

function sniffText(bytes: Uint8Array): Sniffed {
  const start = firstVisible(bytes);
  if (start === bytes.length) return 'empty';
  const first = bytes[start];
  if (first === 0x7b) return 'json';
  if (first === 0x3c) return sniffMarkup(bytes.subarray(start, start + maxPrologBytes));
  const text = textOf(bytes);
  if (text === undefined || text.includes('\u0000')) return 'unknown';
  return isCompactToken(text.trim()) ? 'token' : 'text';
}

/** Index of the first byte that is neither white space nor part of a UTF-8 byte order mark. */
function firstVisible(bytes: Uint8Array): number {
  let index = startsWith(bytes, [0xef, 0xbb, 0xbf]) ? 3 : 0;
  while (index < bytes.length && isSpace(bytes[index])) index += 1;
  return index;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

/** The first element's name decides, whatever stands before it. */
function sniffMarkup(bytes: Uint8Array): Sniffed {
  const usual = decoder.decode(bytes.subarray(0, usualPrologBytes));
  const start = endOfProlog(usual);
  if (start !== -1 && start + maxTagBytes <= usual.length) return sniffTag(usual, start);
  const text = decoder.decode(bytes);
  const at = endOfProlog(text);
  return at === -1 ? 'unknown' : sniffTag(text, at);
}

/** Skips declaration, comments and document type; -1 when one of them does not end. */
function endOfProlog(text: string): number {
  let index = 0;
  for (;;) {
    while (isSpace(text.charCodeAt(index))) index += 1;
    const end = text.startsWith('<?', index)
      ? endOf(text, '?>', index)
      : text.startsWith('<!--', index)
        ? endOf(text, '-->', index + 4)
        : text.startsWith('<!', index)
          ? endOfDoctype(text, index)
          : undefined;
    if (end === undefined) return index;
    if (end === -1) return -1;
    index = end;
  }
}

function sniffTag(text: string, start: number): Sniffed {
  const name = /^<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z][\w.-]{0,60})/.exec(
    text.slice(start, start + maxTagBytes),
  )?.[1];
  if (name === 'svg') return 'svg';
  return name === undefined ? 'text' : 'html';
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? -1 : at + mark.length;
}

function endOfDoctype(text: string, from: number): number {
  const close = text.indexOf('>', from);
  const subset = text.indexOf('[', from);
  if (subset === -1 || (close !== -1 && close < subset)) return close === -1 ? -1 : close + 1;
  const subsetEnd = text.indexOf(']', subset);
  return subsetEnd === -1 ? -1 : endOf(text, '>', subsetEnd);
}

/** Names and marks are ASCII: what stands for the rest, and for a character cut in two, has no say. */
const decoder = new TextDecoder();

function startsWith(bytes: Uint8Array, beginning: readonly number[]): boolean {
  return bytes.length >= beginning.length && beginning.every((byte, index) => bytes[index] === byte);
}
