import { randomBytes } from 'node:crypto';
import { crc32 } from '../../shared/baking/crc32.ts';
import { bakePng } from '../../shared/baking/png.ts';
import { unbake } from '../../shared/baking/registry.ts';
import { type Bytes, concat, sameBytes, textOf, utf8 } from '../../shared/model/bytes.ts';
import { plainChunk } from '../../shared/testing/baked-pictures.ts';
import { pngChunk } from '../../shared/testing/write-png.ts';
import { compare, type Row } from './measure.ts';
import { loadPeer, peerName } from './peers.ts';
import { alternateSettled } from './settled.ts';

type PeerChunk = { name: string; data: Uint8Array };
type Extract = (png: Uint8Array) => PeerChunk[];

const keyword = 'openbadgecredential';
const document = utf8(JSON.stringify({ id: 'urn:uuid:1', narrative: 'n'.repeat(3000) }));

/** Writing a badge of 3 kB into PNGs of `size` bytes, each in its turn: in life none is still at hand from before. */
export async function writePngRows(size: number): Promise<readonly Row[]> {
  const extract = (await loadPeer('png-chunks-extract', 'index.js'))['default'] as Extract;
  const encode = (await loadPeer('png-chunks-encode', 'index.js'))['default'] as (
    chunks: PeerChunk[],
  ) => Uint8Array;
  const [batches, stepsOfBatch] = size > 1_000_000 ? [20, 1] : [50, 4];
  const pictures = Array.from({ length: size > 1_000_000 ? 4 : 32 }, () => pngOfSize(size));
  const [first = new Uint8Array()] = pictures;
  const pictureAt = (index: number) => pictures[index % pictures.length] ?? first;
  const ours = (index: number) => bakePng(pictureAt(index), document, 'credential');
  const checked = (index: number) => hasSoundChecksums(pictureAt(index)) && ours(index);
  const limit = (index: number) => {
    const picture = pictureAt(index);
    const copy = new Uint8Array(picture.length + document.length + keyword.length + 17);
    copy.set(picture);
    crc32(document, 0, document.length);
    return copy;
  };
  const theirs = (index: number) => {
    const chunks = extract(pictureAt(index));
    chunks.splice(1, 0, { name: 'iTXt', data: concat(utf8(`${keyword}\0\0\0\0\0`), document) });
    return encode(chunks);
  };
  const mine = ours(0);
  const sound = mine.ok && sameBytes(mine.value, theirs(0)) && limit(0).length === mine.value.length;
  const damaged = first.slice();
  damaged[size >> 1] = (damaged[size >> 1] ?? 0) ^ 1;
  const checks = hasSoundChecksums(first) && !hasSoundChecksums(damaged);
  const [a = [], b = [], c = []] = await alternateSettled(stepsOfBatch, [
    { batches, step: ours },
    { batches, step: limit },
    { batches, step: checked },
  ]);
  // Apart: what the peers leave to the collector of garbage would be paid for by whoever comes after them.
  const [besidePeers = [], d = []] = await alternateSettled(stepsOfBatch, [
    { batches, step: ours },
    { batches: 2, step: theirs },
  ]);
  const measure = `write PNG ${size / 1000} kB`;
  const common = { area: 'bake', unit: 'ms', measure, sound };
  const least = { ...common, baselineName: 'one copy + CRC of the new chunk', baseline: b };
  const peers = `${peerName('png-chunks-extract')} + ${peerName('png-chunks-encode')}`;
  return [
    compare({ ...least, atMost: 1.25, ours: a }),
    compare({
      ...least,
      measure: `${measure}, every CRC checked first`,
      atMost: 10,
      ours: c,
      sound: sound && checks,
      note: 'one changed bit among the pixels is noticed; baking itself judges no pixels',
    }),
    compare({
      ...common,
      baselineName: peers,
      atMost: 0.02,
      ours: besidePeers,
      baseline: d,
      note: 'both write the same bytes',
    }),
  ];
}

/**
 * Reading the same badge. `meta-png` finds text in `tEXt` alone: there it reads what we are beside it with in either
 * kind. Walking past an `iTXt` that it does not know is no reading.
 */
export async function readPngRows(): Promise<readonly Row[]> {
  const extract = (await loadPeer('png-chunks-extract', 'index.js'))['default'] as Extract;
  const metaPng = (await loadPeer('meta-png', 'dist/meta-png.umd.js'))['default'] as Record<string, unknown>;
  const getMetadata = metaPng['getMetadata'] as (png: Uint8Array, key: string) => string | undefined;
  const [small, large] = [200_000, 5_000_000].map((size) =>
    withChunk(pngOfSize(size), plainChunk(keyword, document)),
  ) as [Bytes, Bytes];
  const latin = withChunk(pngOfSize(200_000), pngChunk('tEXt', concat(utf8(`${keyword}\0`), document)));
  const text = textOf(document) ?? '';
  const found = await Promise.all([small, large, latin].map(documentIn));
  const sound =
    found.every((one) => one === text) &&
    extract(small).some(({ name, data }) => name === 'iTXt' && textOf(data)?.endsWith(text) === true);
  const isFound = getMetadata(latin, keyword) === text;
  const [a = [], b = [], c = [], d = [], e = []] = await alternateSettled(250, [
    { batches: 4, step: () => unbake(small) },
    { batches: 4, step: () => unbake(large) },
    { batches: 1, step: () => extract(small) },
    { batches: 4, step: () => unbake(latin) },
    { batches: 4, step: () => getMetadata(latin, keyword) },
  ]);
  const common = { area: 'bake', unit: 'ms', sound };
  const beside = {
    ...common,
    sound: sound && isFound,
    baselineName: `${peerName('meta-png')}, badge as tEXt`,
    atMost: 0.5,
    baseline: e,
  };
  return [
    compare({
      ...common,
      measure: 'read PNG 200 kB',
      baselineName: peerName('png-chunks-extract'),
      atMost: 0.02,
      ours: a,
      baseline: c,
    }),
    compare({
      ...beside,
      measure: 'read PNG 200 kB, badge as iTXt',
      ours: a,
      note: 'both find the same text; the peer knows no iTXt',
    }),
    compare({
      ...beside,
      measure: 'read PNG 200 kB, badge as tEXt',
      ours: d,
      note: 'both find the same text',
    }),
    compare({
      ...common,
      measure: 'read PNG 5 MB beside 200 kB',
      baselineName: 'ours at 200 kB',
      atMost: 3,
      ours: b,
      baseline: a,
    }),
  ];
}

async function documentIn(png: Uint8Array): Promise<string | undefined> {
  const read = await unbake(png);
  return read.ok ? textOf(read.value.document) : undefined;
}

/** Walks every chunk and computes its checksum; false as soon as one does not fit. */
function hasSoundChecksums(png: Uint8Array): boolean {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  for (let at = 8; at < png.length; at = view.getUint32(at) + at + 12) {
    const end = at + 8 + view.getUint32(at);
    if (crc32(png, at + 4, end) !== view.getUint32(end)) return false;
  }
  return true;
}

/** A PNG whose pixels are as many bytes as asked, in chunks as encoders write them. */
function pngOfSize(size: number): Bytes {
  const header = pngChunk('IHDR', Uint8Array.of(0, 0, 4, 0, 0, 0, 4, 0, 8, 6, 0, 0, 0));
  const pixels = Array.from({ length: Math.ceil(size / 8192) }, (_, index) =>
    pngChunk('IDAT', randomBytes(Math.min(8192, size - index * 8192))),
  );
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return concat(signature, header, ...pixels, pngChunk('IEND', new Uint8Array()));
}

/** The picture with one more chunk behind its header. */
function withChunk(png: Uint8Array, chunk: Uint8Array): Bytes {
  return concat(png.subarray(0, 33), chunk, png.subarray(33));
}
