import { crc32 } from '../../shared/baking/crc32.ts';
import { bakePng } from '../../shared/baking/png.ts';
import { bake as bakeInto, unbake } from '../../shared/baking/registry.ts';
import { concat, sameBytes, textOf, utf8 } from '../../shared/model/bytes.ts';
import { drawSvg } from '../../shared/testing/badge-art.ts';
import { pngChunk } from '../../shared/testing/write-png.ts';
import { type Area, alternate, ceiling, compare, type Row, timed } from './measure.ts';
import { loadPeer, peerName } from './peers.ts';

const kilobyte = 1000;
type PeerChunk = { name: string; data: Uint8Array };

/** Writing and reading a bake, beside the least that it can cost and beside what others use. */
export const bake: Area = { name: 'bake', run };

async function run(): Promise<readonly Row[]> {
  const extract = (await loadPeer('png-chunks-extract', 'index.js'))['default'] as (
    png: Uint8Array,
  ) => PeerChunk[];
  const encode = (await loadPeer('png-chunks-encode', 'index.js'))['default'] as (
    chunks: PeerChunk[],
  ) => Uint8Array;
  const metaPng = await loadPeer('meta-png', 'dist/meta-png.umd.js');
  const getMetadata = (metaPng['default'] as Record<string, unknown>)['getMetadata'] as (
    png: Uint8Array,
    key: string,
  ) => string | undefined;
  const peers = `${peerName('png-chunks-extract')} + ${peerName('png-chunks-encode')}`;
  const document = utf8(JSON.stringify({ id: 'urn:uuid:1', narrative: 'n'.repeat(3000) }));

  const rows: Row[] = [];
  for (const size of [200 * kilobyte, 5000 * kilobyte]) {
    const picture = pngOfSize(size);
    const name = `${size / kilobyte} kB`;
    const count = size > kilobyte * 1000 ? 10 : 100;
    const ours = () => bakePng(picture, document, 'credential');
    const theirs = () => {
      const chunks = extract(picture);
      chunks.splice(1, 0, { name: 'iTXt', data: concat(utf8('openbadgecredential\0\0\0\0\0'), document) });
      return encode(chunks);
    };
    const limit = () => {
      const copy = new Uint8Array(picture.length + document.length + 36);
      copy.set(picture);
      return crc32(document, 0, document.length) + copy.length;
    };
    const mine = ours();
    const sound = mine.ok && sameBytes(mine.value, theirs());
    const costs = await alternate([
      { name: 'ours', once: () => timed(count, ours) },
      { name: 'limit', once: () => timed(count, limit) },
      { name: 'peers', once: () => timed(Math.max(2, count / 10), theirs) },
    ]);
    const [a = [], b = [], c = []] = costs;
    const base = { area: 'bake', unit: 'ms', ours: a, sound };
    rows.push(
      compare({
        ...base,
        measure: `write PNG ${name} beside one copy and one CRC`,
        baselineName: 'one copy + CRC of the new chunk',
        atMost: 1.25,
        baseline: b,
      }),
    );
    rows.push(
      compare({ ...base, measure: `write PNG ${name}`, baselineName: peers, atMost: 0.02, baseline: c }),
    );
  }
  rows.push(...(await reading(document, extract, getMetadata)));
  rows.push(...(await drawing(document)));
  return rows;
}

async function reading(
  document: Uint8Array,
  extract: (png: Uint8Array) => PeerChunk[],
  getMetadata: (png: Uint8Array, key: string) => string | undefined,
): Promise<readonly Row[]> {
  const baked = (size: number) => {
    const result = bakePng(pngOfSize(size), document, 'credential');
    if (!result.ok) throw result.error;
    return result.value;
  };
  const [small, large] = [baked(200 * kilobyte), baked(5000 * kilobyte)];
  // meta-png reads tEXt and iTXt alike by keyword; it has to find the same text to be compared with.
  const found = getMetadata(small, 'openbadgecredential');
  const ours = await unbake(small);
  const text = ours.ok ? (textOf(ours.value.document) ?? '') : '';
  const [a = [], b = [], c = [], d = []] = await alternate([
    { name: 'ours', once: () => timed(100, () => unbake(small)) },
    { name: 'ours, 5 MB', once: () => timed(100, () => unbake(large)) },
    { name: 'png-chunks-extract', once: () => timed(10, () => extract(small)) },
    { name: 'meta-png', once: () => timed(50, () => getMetadata(small, 'openbadgecredential')) },
  ]);
  const same = text.length > 0;
  return [
    compare({
      area: 'bake',
      measure: 'read PNG 200 kB',
      unit: 'ms',
      baselineName: peerName('png-chunks-extract'),
      atMost: 0.02,
      ours: a,
      baseline: c,
      sound: same,
    }),
    compare({
      area: 'bake',
      measure: 'read PNG 200 kB',
      unit: 'ms',
      baselineName: peerName('meta-png'),
      atMost: 0.5,
      ours: a,
      baseline: d,
      sound: same,
      note:
        found?.includes(text) === true
          ? 'the peer finds the same text'
          : 'the peer does not read iTXt: it walks the chunks all the same',
    }),
    compare({
      area: 'bake',
      measure: 'read PNG 5 MB beside 200 kB',
      unit: 'ms',
      baselineName: 'ours at 200 kB',
      atMost: 3,
      ours: b,
      baseline: a,
      sound: same,
    }),
  ];
}

async function drawing(document: Uint8Array): Promise<readonly Row[]> {
  const path = '<path d="M0 0L1 1"/>'.repeat(2500);
  const picture = utf8(
    (textOf(drawSvg({ shape: 'star', glyph: 'team', hue: 20 }, 'Drawn')) ?? '').replace(
      '</svg>',
      `${path}</svg>`,
    ),
  );
  const text = textOf(document) ?? '';
  const splice = () => {
    const whole = textOf(picture) ?? '';
    const at = whole.indexOf('>') + 1;
    return utf8(
      `${whole.slice(0, at)}<openbadges:credential><![CDATA[${text}]]></openbadges:credential>${whole.slice(at)}`,
    );
  };
  const written = bakeInto(picture, document, 'credential');
  const bytes = written.ok ? written.value : picture;
  const read = await unbake(bytes);
  const sound = read.ok && sameBytes(read.value.document, document);
  const [a = [], b = [], c = []] = await alternate([
    { name: 'write', once: () => timed(20, () => bakeInto(picture, document, 'credential')) },
    { name: 'read', once: () => timed(20, () => unbake(bytes)) },
    { name: 'splice', once: () => timed(50, splice) },
  ]);
  const baselineName = 'decode + splice + encode';
  const common = { area: 'bake', unit: 'ms', baselineName, atMost: 1.5, baseline: c, sound };
  return [
    compare({ ...common, measure: `write SVG ${Math.round(picture.length / kilobyte)} kB`, ours: a }),
    compare({ ...common, measure: `read SVG ${Math.round(picture.length / kilobyte)} kB`, ours: b }),
    ceiling('bake', 'SVG comes back byte for byte', sound ? 0 : 1, 0, 'differences'),
  ];
}

/** A PNG whose pixels are as many bytes as asked, in chunks as encoders write them. */
function pngOfSize(size: number): Uint8Array {
  const header = pngChunk('IHDR', Uint8Array.of(0, 0, 4, 0, 0, 0, 4, 0, 8, 6, 0, 0, 0));
  const pixels = Array.from({ length: Math.ceil(size / 8192) }, (_, index) =>
    pngChunk('IDAT', new Uint8Array(Math.min(8192, size - index * 8192)).fill(index & 255)),
  );
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return concat(signature, header, ...pixels, pngChunk('IEND', new Uint8Array()));
}
