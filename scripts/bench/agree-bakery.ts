import { bake, unbake } from '../../shared/baking/registry.ts';
import { textOf, utf8 } from '../../shared/model/bytes.ts';
import { type ArtShape, drawPng, drawSvg } from '../../shared/testing/badge-art.ts';
import { buildOldBadge, type OldBadgeWish } from '../../shared/testing/build-old-badge.ts';
import type { Row } from './measure.ts';
import { loadPeer, peerName } from './peers.ts';

type Answer = (error: Error | null, found: string) => void;
type BakeOptions = { image: Buffer; data?: unknown; url?: string; signature?: string };
type Bakery = {
  readonly bake: (options: BakeOptions, answer: Answer) => void;
  readonly extract: (image: Buffer, answer: Answer) => void;
};

/** What an assertion may say, the odd along with the usual. */
const sayings: Readonly<Record<string, string>> = {
  'plain words': 'Made a thing',
  quotes: `"Well done", 'they' said`,
  'signs of markup': 'a < b && b > c &amp; </svg> <!-- no -->',
  'other scripts': 'Größe, 学び, تعلم 😀',
  'line breaks': 'one\r\ntwo\n',
  addresses: 'https://academy.example/?a=1&b=2#c',
  backslashes: 'C:\\badges\\"1"',
  'the end of a section of CDATA': 'a[b[0]]>1',
  'the name of the element': 'How <openbadges:assertion> works',
};

const wishes: readonly OldBadgeWish[] = [
  { generation: '0.5' },
  { generation: '1.0' },
  { generation: '1.1' },
  { generation: '1.0', signed: true },
];
const shapes: readonly ArtShape[] = ['circle', 'hexagon', 'shield', 'star', 'rosette'];

type Sample = { readonly saying: string; readonly text: string; readonly shape: ArtShape };

/**
 * Pictures that Backpack baked, read by the baker that Mozilla published, and the other way round. It knows assertions
 * alone, and its writer of PNG does not run on Node 24.
 */
export async function bakeryRows(): Promise<readonly Row[]> {
  const svg = (await loadPeer('openbadges-bakery', 'lib/svg.js'))['default'] as Bakery;
  const png = (await loadPeer('openbadges-bakery', 'lib/png.js'))['default'] as Bakery;
  const samples = await buildSamples();
  const theirs = ({ text }: Sample, picture: Uint8Array) =>
    answerOf((answer) => svg.bake({ image: Buffer.from(picture), ...theirOptions(text) }, answer)).then(utf8);
  const readBy = (bakery: Bakery) => (picture: Uint8Array) =>
    answerOf((answer) => bakery.extract(Buffer.from(picture), answer));
  const drawn = ({ shape, saying }: Sample) => drawSvg({ shape, glyph: 'check', hue: 40 }, saying);
  const older = (sample: Sample): Sample => ({ ...sample, text: '{"verify":{"url":"https://a.example/0"}}' });
  const ways: Readonly<Record<string, (sample: Sample) => Promise<string | undefined>>> = {
    'PNG of ours, read by them': async (sample) =>
      readBy(png)(ours(sample, await drawPng({ shape: sample.shape, glyph: 'check', hue: 40 }, 48))),
    'SVG of ours, read by them': (sample) => readBy(svg)(ours(sample, drawn(sample))),
    'SVG of theirs, read by us': async (sample) => readByUs(await theirs(sample, drawn(sample))),
    'SVG of theirs, baked over by us, read by them': async (sample) =>
      readBy(svg)(ours(sample, await theirs(older(sample), drawn(sample)))),
    'SVG of ours, baked over by them, read by us': async (sample) =>
      readByUs(await theirs(sample, ours(older(sample), drawn(sample)))),
  };
  const rows: Row[] = [];
  for (const [way, read] of Object.entries(ways)) rows.push(await rowOf(way, samples, read));
  return rows;
}

async function buildSamples(): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (const [saying, words] of Object.entries(sayings))
    for (const wish of wishes) {
      const change = (document: object) => ({ ...document, evidence: words });
      const { bytes, document } = await buildOldBadge({ ...wish, change });
      const shape = shapes[samples.length % shapes.length] ?? 'circle';
      // It writes an object without spaces and reads without those around it.
      samples.push({
        saying,
        text: wish.signed === true ? (textOf(bytes) ?? '') : JSON.stringify(document),
        shape,
      });
    }
  return samples;
}

function ours({ text }: Sample, picture: Uint8Array): Uint8Array {
  const baked = bake(picture, utf8(text), 'assertion');
  if (!baked.ok) throw baked.error;
  return baked.value;
}

async function readByUs(picture: Uint8Array): Promise<string | undefined> {
  const read = await unbake(picture);
  return read.ok ? textOf(read.value.document) : read.error.code;
}

/** It takes an object, or a token that it puts into the attribute. */
function theirOptions(text: string): Omit<BakeOptions, 'image'> {
  return text.startsWith('{')
    ? { data: JSON.parse(text) as unknown, url: 'https://academy.example/assertion' }
    : { signature: text };
}

function answerOf(ask: (answer: Answer) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    ask((error, found) => (error === null ? resolve(found) : reject(error)));
  });
}

async function rowOf(
  way: string,
  samples: readonly Sample[],
  read: (sample: Sample) => Promise<string | undefined>,
): Promise<Row> {
  const lost = new Map<string, number>();
  for (const sample of samples)
    if ((await read(sample)) !== sample.text) lost.set(sample.saying, (lost.get(sample.saying) ?? 0) + 1);
  for (const [saying, count] of lost) console.log(`      ${count} × ${way}: ${saying}`);
  const differences = [...lost.values()].reduce((sum, count) => sum + count, 0);
  return {
    area: 'agree',
    measure: `${way}: badges compared, differences beside`,
    ours: samples.length,
    baseline: differences,
    unit: 'badges',
    ratio: null,
    goal: 'the same document wherever it is XML',
    pass: [...lost.keys()].every((saying) => oddSayings.includes(saying)),
    baselineName: peerName('openbadges-bakery'),
  };
}

/** What that baker writes as no XML: `docs/agreement.md` says what settles it. */
const oddSayings: readonly string[] = ['the end of a section of CDATA'];
