import { pngSizeOf } from '../baking/png-chunks.ts';

export type PictureSize = { readonly width: number; readonly height: number };
type Kind = 'png' | 'jpeg' | 'gif' | 'webp';

/**
 * Width and height that a picture's header names, without decoding a pixel; `undefined` when it cannot be told.
 * A browser that is handed 60,000 by 60,000 pixels would unpack them before anybody could say no (threat T45).
 */
export function pictureSizeOf(bytes: Uint8Array, kind: Kind): PictureSize | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (kind) {
    case 'png':
      return pngSizeOf(bytes);
    case 'gif':
      return bytes.length < 10
        ? undefined
        : { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case 'webp':
      return webpSize(view);
    case 'jpeg':
      return jpegSize(view);
  }
}

/** Source: WebP container specification; RFC 6386 §9.1 (VP8); WebP lossless §3. */
function webpSize(view: DataView): PictureSize | undefined {
  if (view.byteLength < 30) return undefined;
  const chunk = String.fromCharCode(
    view.getUint8(12),
    view.getUint8(13),
    view.getUint8(14),
    view.getUint8(15),
  );
  const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536;
  switch (chunk) {
    case 'VP8X':
      return { width: uint24(24) + 1, height: uint24(27) + 1 };
    case 'VP8L': {
      const packed = view.getUint32(21, true);
      return { width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return undefined;
  }
}

/** Walks from marker to marker to the frame header. Source: ITU T.81 §B.1, §B.2.2. */
function jpegSize(view: DataView): PictureSize | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    const isBare = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    if (marker === 0xd9 || marker === 0xda) return undefined;
    at += isBare ? 2 : 2 + Math.max(2, view.getUint16(at + 2));
  }
  return undefined;
}
