import { bake, unbake } from '../../shared/baking/registry.ts';
import { sameBytes, textOf, utf8 } from '../../shared/model/bytes.ts';
import { type Art, drawSvg } from '../../shared/testing/badge-art.ts';
import { ceiling, compare, type Row } from './measure.ts';
import { loadPeer, peerName } from './peers.ts';
import { alternateSettled } from './settled.ts';

type Answer = (error: Error | null, text: string) => void;
type Bakery = {
  readonly bake: (options: { image: Buffer; data: unknown }, answer: Answer) => void;
  readonly extract: (image: Buffer, answer: Answer) => void;
};

const address = 'https://academy.example/awards/1';
const assertion = {
  id: address,
  type: 'Assertion',
  verify: { type: 'hosted', url: address },
  narrative: 'n'.repeat(3000),
};
const text = JSON.stringify(assertion);
const document = utf8(text);

/** What the titles of drawings are written in: text beyond Latin is decoded and encoded many times slower. */
const scripts = { ASCII: 'Drawn by hand', 'text beyond Latin': 'Gezeichnet für 学び' };

/** Writing a badge of 3 kB into drawings of some 50 kB, and reading it, each drawing in its turn. */
export async function svgRows(): Promise<readonly Row[]> {
  const bakery = (await loadPeer('openbadges-bakery', 'lib/svg.js'))['default'] as Bakery;
  const rows: Row[] = [];
  for (const [script, title] of Object.entries(scripts)) rows.push(...(await rowsOf(script, title, bakery)));
  return rows;
}

async function rowsOf(script: string, title: string, bakery: Bakery): Promise<readonly Row[]> {
  const shapes = ['star', 'circle', 'shield', 'hexagon'] as const;
  const pictures = shapes.map((shape, index) => drawing({ shape, glyph: 'team', hue: index * 90 }, title));
  const written = pictures.map((picture) => {
    const result = bake(picture, document, 'assertion');
    if (!result.ok) throw result.error;
    return result.value;
  });
  const theirs = pictures.map((picture) => utf8(bakedBy(bakery, picture)));
  const at = (list: readonly Uint8Array[], index: number) => list[index % list.length] ?? document;
  const splice = (index: number) => {
    const whole = textOf(at(pictures, index)) ?? '';
    const place = whole.indexOf('>') + 1;
    const element = `<openbadges:assertion verify="${address}"><![CDATA[${text}]]></openbadges:assertion>`;
    return utf8(whole.slice(0, place) + element + whole.slice(place));
  };
  const mine = await differences(written);
  const sound = mine + (await differences(theirs)) + notFoundBy(bakery, written) === 0;
  const [a = [], b = [], c = [], d = [], e = []] = await alternateSettled(20, [
    { batches: 10, step: (index) => bake(at(pictures, index), document, 'assertion') },
    { batches: 10, step: (index) => unbake(at(written, index)) },
    { batches: 10, step: splice },
    { batches: 1, step: (index) => bakedBy(bakery, at(pictures, index)) },
    { batches: 1, step: (index) => extractedBy(bakery, at(written, index)) },
  ]);
  const size = `SVG ${Math.round(at(pictures, 0).length / 1000)} kB, ${script}`;
  const common = { area: 'bake', unit: 'ms', sound };
  const least = { ...common, baselineName: 'decode + splice + encode', atMost: 1.5, baseline: c };
  const note = 'each reads what the other wrote; the peer parses and prints the whole drawing';
  const peer = { ...common, baselineName: peerName('openbadges-bakery'), atMost: 0.05, note };
  return [
    compare({
      ...least,
      measure: `write ${size}`,
      ours: a,
      note: 'we read the beginning strictly and search the rest for older bakes, the baseline looks at nothing',
    }),
    compare({ ...least, measure: `read ${size}`, ours: b, note: 'well-formed to the end of the badge' }),
    compare({ ...peer, measure: `write ${size}`, ours: a, baseline: d }),
    compare({ ...peer, measure: `read ${size}`, ours: b, baseline: e }),
    ceiling('bake', `${size} comes back byte for byte`, mine, 0, 'differences'),
  ];
}

/** How many of the drawings do not give back the document. */
async function differences(baked: readonly Uint8Array[]): Promise<number> {
  const read = await Promise.all(baked.map((bytes) => unbake(bytes)));
  return read.filter((result) => !result.ok || !sameBytes(result.value.document, document)).length;
}

function notFoundBy(bakery: Bakery, baked: readonly Uint8Array[]): number {
  return baked.filter((bytes) => extractedBy(bakery, bytes) !== text).length;
}

function bakedBy(bakery: Bakery, picture: Uint8Array): string {
  return answerOf((answer) => bakery.bake({ image: Buffer.from(picture), data: assertion }, answer));
}

function extractedBy(bakery: Bakery, picture: Uint8Array): string {
  return answerOf((answer) => bakery.extract(Buffer.from(picture), answer));
}

/** The peer answers by a callback, and at once. */
function answerOf(ask: (answer: Answer) => void): string {
  let found = '';
  ask((error, text) => {
    if (error !== null) throw error;
    found = text;
  });
  return found;
}

/** A drawing of many shapes as editors write them. */
function drawing(art: Art, title: string): Uint8Array {
  const paths = Array.from({ length: 740 }, (_, index) => {
    const number = (step: number) => (((index + art.hue) * step * 7919) % 1000) / 10;
    return `<path id="p${index}" fill="#${(index * 6151).toString(16).padStart(6, '0').slice(-6)}" d="M${number(1)} ${number(2)}c${number(3)}-${number(4)} ${number(5)} ${number(6)}z"/>\n`;
  });
  return utf8((textOf(drawSvg(art, title)) ?? '').replace('</svg>', `${paths.join('')}</svg>`));
}
