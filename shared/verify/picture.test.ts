import { describe, expect, it } from 'vitest';
import type { Badge } from '../model/badge.ts';
import { base64Of, concat, utf8 } from '../model/bytes.ts';
import { maxBadgeFileBytes } from '../model/limits.ts';
import { drawPng, drawSvg } from '../testing/badge-art.ts';
import { fetcherOver, servedBytes } from '../testing/documents.ts';
import { findPicture, pictureOf } from './picture.ts';

const art = { shape: 'circle', glyph: 'check', hue: 150 } as const;
const png = await drawPng(art, 32);

function badgeWith(picture: string | undefined, ofAward?: string): Badge {
  return {
    generation: '3.0',
    id: 'urn:uuid:1',
    achievement: { name: 'A', tags: [], alignments: [], ...(picture === undefined ? {} : { picture }) },
    issuer: { id: 'did:key:z1' },
    recipients: [],
    evidence: [],
    endorsements: [],
    document: {},
    ...(ofAward === undefined ? {} : { picture: ofAward }),
  };
}

function pngOf(width: number, height: number): Uint8Array {
  const bytes = png.slice();
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

const found = async (badge: Badge, served: Record<string, Uint8Array> = {}) => {
  const documents = Object.entries(served).map(
    ([address, bytes]) => [address, servedBytes(bytes, 'text/html')] as const,
  );
  const picture = await findPicture(
    { badge, original: utf8('{}'), container: 'json' },
    fetcherOver(new Map(documents)),
  );
  return picture?.mediaType;
};

describe('the picture of a badge', () => {
  it('is the file itself when that is a picture', async () => {
    const picture = await findPicture({ original: png, container: 'png' }, fetcherOver(new Map()));
    expect(picture).toEqual({ bytes: png, mediaType: 'image/png' });
  });

  it('is else that of the award, else that of the achievement, whatever its server calls it', async () => {
    const svg = drawSvg(art, 'Drawn');
    const [award, achievement] = ['https://a.example/award', 'https://a.example/achievement'];
    const badge = badgeWith(achievement, award);
    expect(await found(badge, { [award]: svg, [achievement]: png })).toBe('image/svg+xml');
    expect(await found(badge, { [achievement]: png })).toBe('image/png');
    expect(await found(badge, { [award]: utf8('<html></html>'), [achievement]: png })).toBe('image/png');
    expect(await found(badge)).toBeUndefined();
    expect(await found(badgeWith(undefined))).toBeUndefined();
  });

  it('may be a data: address, and never another scheme', async () => {
    expect(await found(badgeWith(`data:image/gif;base64,${base64Of(png)}`))).toBe('image/png');
    expect(await found(badgeWith('javascript:alert(1)'))).toBeUndefined();
    expect(await found(badgeWith('data:text/html,<html></html>'))).toBeUndefined();
  });
});

describe('what may be shown', () => {
  it('T45: has 4,096 pixels a side and not one more, and at least one', () => {
    expect(pictureOf(pngOf(4096, 4096))?.mediaType).toBe('image/png');
    expect(pictureOf(pngOf(4097, 1))).toBeUndefined();
    expect(pictureOf(pngOf(1, 60_000))).toBeUndefined();
    expect(pictureOf(pngOf(0, 1))).toBeUndefined();
  });

  it('has 5 MiB and not a byte more', () => {
    const filled = (length: number) => concat(png, new Uint8Array(length - png.length));
    expect(pictureOf(filled(maxBadgeFileBytes))?.mediaType).toBe('image/png');
    expect(pictureOf(filled(maxBadgeFileBytes + 1))).toBeUndefined();
  });

  const bytes = (...parts: (string | number | readonly number[])[]) =>
    concat(...parts.map((part) => (typeof part === 'string' ? utf8(part) : Uint8Array.from([part].flat()))));
  const jpeg = (height: number, width: number) =>
    bytes(
      [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 17, 8],
      [height >> 8, height & 255],
      [width >> 8, width & 255],
      3,
      0,
    );

  it.each([
    ['image/jpeg', jpeg(300, 4096), jpeg(4097, 300)],
    ['image/gif', bytes('GIF89a', [64, 0, 0, 16]), bytes('GIF89a', [1, 16, 64, 0])],
    [
      'image/webp',
      bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [0, 0, 0, 0, 0, 0, 0, 0], [255, 15, 0], [9, 0, 0]),
      bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [0, 0, 0, 0, 0, 0, 0, 0], [0, 16, 0], [9, 0, 0]),
    ],
    [
      'image/webp',
      bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8L', [0, 0, 0, 0, 0x2f], [0xff, 0x0f, 0, 0], [0, 0, 0, 0, 0]),
      bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8L', [0, 0, 0, 0, 0x2f], [0, 0x10, 0, 0], [0, 0, 0, 0, 0]),
    ],
    [
      'image/webp',
      bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a], [0, 16, 1, 0]),
      bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a], [1, 16, 1, 0]),
    ],
  ])('%s is measured by its header', (mediaType, fits, tooWide) => {
    expect(pictureOf(fits)?.mediaType).toBe(mediaType);
    expect(pictureOf(tooWide)).toBeUndefined();
  });

  it('is no cut-off header, no drawing with entities, no page', () => {
    for (const none of [
      png.subarray(0, 20),
      jpeg(9, 9).subarray(0, 12),
      utf8('GIF89a'),
      utf8('<!DOCTYPE svg [<!ENTITY a "b">]><svg/>'),
      utf8('<html/>'),
      new Uint8Array(),
    ])
      expect(pictureOf(none)).toBeUndefined();
  });
});
