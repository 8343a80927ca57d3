import { base64UrlOf, concat, utf8 } from '../model/bytes.ts';
import { type JsonObject, maxJsonContainers, maxJsonValues } from '../model/json.ts';
import {
  documentBytes,
  fileBytes,
  type HostileInput,
  type HostileInputs,
  mebibyte,
  text,
  times,
} from './hostile-input.ts';
import { compressed, pngChunk } from './write-png.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const end = pngChunk('IEND', new Uint8Array());

function header(width: number, height: number): Uint8Array {
  const fields = new DataView(new ArrayBuffer(13));
  fields.setUint32(0, width);
  fields.setUint32(4, height);
  return pngChunk('IHDR', new Uint8Array(fields.buffer));
}

function picture(...chunks: readonly Uint8Array[]): HostileInput {
  return { bytes: concat(signature, header(90, 90), ...chunks, end) };
}

function crowd(count: number): Uint8Array {
  const empty = pngChunk('tEXt', new Uint8Array());
  const all = new Uint8Array(count * empty.length);
  for (let at = 0; at < all.length; at += empty.length) all.set(empty, at);
  return all;
}

const packed = (bytes: Uint8Array) => pngChunk('iTXt', concat(utf8('openbadges\0\u0001\0\0\0'), bytes));

/** A picture that says it has 60,000 pixels a side, with a badge in it. */
export function vastPicture(document: Uint8Array): HostileInput {
  const baked = pngChunk('iTXt', concat(utf8('openbadges\0\0\0\0\0'), document));
  return { bytes: concat(signature, header(60_000, 60_000), baked, end) };
}

export const hostilePictures: HostileInputs = {
  'a compressed text that grows to 128 MiB': async () =>
    picture(packed(await compressed(new Uint8Array(128 * mebibyte), 'deflate'))),
  'sixteen compressed texts of just under 1 MiB': async () => {
    const one = packed(await compressed(utf8(`{"a":[${times('{},', mebibyte - 20)}{}]}`), 'deflate'));
    return picture(...Array.from({ length: 16 }, () => one));
  },
  'a million chunks': async () => picture(crowd(1_000_000)),
  'as many chunks as a file can hold': async () => picture(crowd(436_000)),
  'a chunk of 2^31 bytes': async () =>
    picture(concat(Uint8Array.of(0x80, 0, 0, 0), utf8('iTXtopenbadges\0'))),
  'a drawing with entities in entities': async () =>
    text(
      `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, at) => `<!ENTITY a${at} "${'&a;'.repeat(10)}">`).join('')}]><svg xmlns="http://www.w3.org/2000/svg">&a8;</svg>`,
    ),
  'a drawing of a million elements': async () =>
    text(`<svg xmlns="http://www.w3.org/2000/svg">${times('<a/>', fileBytes - 50)}</svg>`),
  'a drawing of a hundred thousand namespaces': async () => {
    const names = Array.from({ length: 180_000 }, (_, at) => ` xmlns:a${at}="b${at}"`).join('');
    return text(`<svg xmlns="http://www.w3.org/2000/svg"${names}></svg>`);
  },
  'a drawing with one endless text': async () =>
    text(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:o="http://openbadges.org"><o:assertion>{&#x41;${times('&#x41;', fileBytes - 200)}</o:assertion></svg>`,
    ),
};

/** JSON that is no badge yet, or only begins like one. */
export const hostileJson: HostileInputs = {
  'lists in lists': async () => text(`{"a":${'['.repeat(documentBytes / 2)}`),
  'empty objects': async () => text(`{"a":[${times('{},', documentBytes - 10)}{}]}`),
  'empty lists': async () => text(`{"a":[${times('[],', documentBytes - 10)}[]]}`),
  numbers: async () => text(`{"a":[${times('1.5,', documentBytes - 10)}1]}`),
  'short texts': async () => text(`{"a":[${manyNames(documentBytes - 20, '')}"z"]}`),
  'an object of many names': async () => text(`{${manyNames(documentBytes - 20, ':1')}"z":1}`),
  'objects of one name each': async () => text(`{"a":[${manyNames(documentBytes - 20, ':1', true)}1]}`),
  'as many objects and names as are read': async () => text(`{"a":${JSON.stringify(manyObjects())}}`),
  'one name again and again': async () => text(`{${times('"a":1,', documentBytes - 10)}"a":1}`),
  'one long text': async () => text(`{"a":"${'a'.repeat(documentBytes - 20)}"}`),
  'one long text of wide letters': async () => text(`{"a":"é中${'a'.repeat(documentBytes - 20)}"}`),
  'one long text of escapes': async () => text(`{"a":"${times('\\u4e2d', documentBytes - 20)}"}`),
  'one long number': async () => text(`{"a":${'9'.repeat(documentBytes - 20)}}`),
  'a token of 2 MiB': async () =>
    text(
      `${base64UrlOf(utf8('{"alg":"ES256"}'))}.${base64UrlOf(utf8(`{"a":[${times('{},', 1.5 * mebibyte - 100)}1]}`))}.AAAA`,
    ),
  'a presentation of texts': async () =>
    text(
      `{"type":"VerifiablePresentation","verifiableCredential":[${times('"a",', documentBytes - 80)}"a"]}`,
    ),
};

/** No two of them have a name in common: nothing that a reader learns of one helps with the next. */
export function manyObjects(): JsonObject[] {
  const namesEach = maxJsonValues / maxJsonContainers - 1;
  const nameOf = (object: number, at: number) => (object * namesEach + at).toString(36);
  return Array.from({ length: maxJsonContainers - 100 }, (_, object) =>
    Object.fromEntries(Array.from({ length: namesEach }, (_name, at) => [nameOf(object, at), 1])),
  );
}

function manyNames(length: number, value: string, alone = false): string {
  const parts: string[] = [];
  for (let size = 0, at = 0; size < length; at += 1) {
    const part = alone ? `{"${at.toString(36)}"${value}},` : `"${at.toString(36)}"${value},`;
    size += part.length;
    if (size < length) parts.push(part);
  }
  return parts.join('');
}
