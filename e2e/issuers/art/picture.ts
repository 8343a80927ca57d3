import { crc32, deflateSync } from 'node:zlib';
import { type Strokes, schoolSymbol, symbols } from './symbols.ts';

/** A picture's colour: hue in degrees; the rest is the school's. */
type Colours = { readonly face: string; readonly rim: string };
const coloursOf = (hue: number): Colours => ({ face: `hsl(${hue} 48% 40%)`, rim: `hsl(${hue} 52% 62%)` });

/** The badge's picture as SVG. */
export function svgPicture(slug: string, hue: number): string {
  return svgOf(symbols[slug] ?? schoolSymbol, coloursOf(hue));
}

/** The school's own mark. */
export const schoolMark = svgOf(schoolSymbol, coloursOf(18));

function svgOf(symbol: Strokes, { face, rim }: Colours): string {
  const lines = symbol.map((points) => `M${points.map(([x, y]) => `${x} ${y}`).join('L')}`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="256" height="256"><circle cx="50" cy="50" r="48" fill="${rim}"/><circle cx="50" cy="50" r="42" fill="${face}"/><path d="${lines}" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
}

const side = 256;

const painted = new Map<string, Uint8Array>();

/** The same picture as PNG, 256 by 256. Painted once, because that takes a third of a second. */
export function pngPicture(slug: string, hue: number): Uint8Array {
  const known = painted.get(slug);
  if (known !== undefined) return known;
  const picture = paint(slug, hue);
  painted.set(slug, picture);
  return picture;
}

function paint(slug: string, hue: number): Uint8Array {
  const symbol = symbols[slug] ?? schoolSymbol;
  const face = rgbOf(hue, 0.48, 0.4);
  const rim = rgbOf(hue, 0.52, 0.62);
  const rows = Buffer.alloc(side * (1 + side * 4));
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < side; column += 1) {
      const x = ((column + 0.5) * 100) / side;
      const y = ((row + 0.5) * 100) / side;
      const fromCentre = Math.hypot(x - 50, y - 50);
      const line = Math.min(...symbol.map((points) => distanceToLine(x, y, points)));
      const inside = mix(rim, face, coverage(42 - fromCentre));
      const [red, green, blue] = mix(inside, [255, 255, 255], coverage(2.5 - line));
      const offset = row * (1 + side * 4) + 1 + column * 4;
      rows.set([red, green, blue, Math.round(255 * coverage(48 - fromCentre))], offset);
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(body.length, 0);
  whole.set(named, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}

// A soft edge one pixel wide.
function coverage(distanceInside: number): number {
  return Math.max(0, Math.min(1, 0.5 + (distanceInside * side) / 100));
}

type Rgb = readonly [number, number, number];

function mix(under: Rgb, over: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2) => Math.round(under[index] * (1 - share) + over[index] * share);
  return [channel(0), channel(1), channel(2)];
}

function distanceToLine(x: number, y: number, points: Strokes[number]): number {
  let nearest = Number.POSITIVE_INFINITY;
  points.forEach(([x1, y1], index) => {
    const [x2, y2] = points[index + 1] ?? [x1, y1];
    const squared = (x2 - x1) ** 2 + (y2 - y1) ** 2;
    const along = squared === 0 ? 0 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / squared;
    const at = Math.max(0, Math.min(1, along));
    nearest = Math.min(nearest, Math.hypot(x - x1 - at * (x2 - x1), y - y1 - at * (y2 - y1)));
  });
  return nearest;
}

function rgbOf(hue: number, saturation: number, lightness: number): Rgb {
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    const part = saturation * Math.min(lightness, 1 - lightness);
    return Math.round(255 * (lightness - part * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
