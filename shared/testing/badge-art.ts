import { type Bytes, utf8 } from '../model/bytes.ts';
import { writePng } from './write-png.ts';

export type ArtShape = 'circle' | 'hexagon' | 'shield' | 'star' | 'rosette';
export type ArtGlyph = 'code' | 'check' | 'person' | 'team' | 'chevrons' | 'quote';

/** A badge's picture. `hue`: 0 to 359, as in HSL. */
export type Art = { readonly shape: ArtShape; readonly glyph: ArtGlyph; readonly hue: number };

type Point = readonly [number, number];
type Layer =
  | { readonly kind: 'area'; readonly points: readonly Point[]; readonly colour: Colour }
  | {
      readonly kind: 'line';
      readonly points: readonly Point[];
      readonly width: number;
      readonly colour: Colour;
    };
type Colour = readonly [number, number, number];

const drawn = new Map<string, Promise<Bytes>>();

/** Draws the picture as PNG, `size` pixels a side, transparent around the shape. Each is drawn once. */
export function drawPng(art: Art, size = 192): Promise<Bytes> {
  const name = `${art.shape} ${art.glyph} ${art.hue} ${size}`;
  const known = drawn.get(name) ?? rasterise(art, size);
  drawn.set(name, known);
  return known;
}

function rasterise(art: Art, size: number): Promise<Bytes> {
  const layers = layersOf(art);
  const pixels = new Uint8Array(size * size * 4);
  const pixelSize = 2 / size;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const at: Point = [(x + 0.5) * pixelSize - 1, (y + 0.5) * pixelSize - 1];
      pixels.set(pixelOf(layers, at, pixelSize), (y * size + x) * 4);
    }
  }
  return writePng(size, size, pixels);
}

/** Draws the same picture as SVG. */
export function drawSvg(art: Art, title: string): Bytes {
  const text = (value: string) => value.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const points = (list: readonly Point[]) =>
    list.map(([x, y]) => `${x.toFixed(3)},${y.toFixed(3)}`).join(' ');
  const layers = layersOf(art).map((layer) => {
    const colour = `rgb(${layer.colour.join(',')})`;
    return layer.kind === 'area'
      ? `  <polygon fill="${colour}" points="${points(layer.points)}"/>`
      : `  <polyline fill="none" stroke="${colour}" stroke-width="${layer.width}" stroke-linecap="round" stroke-linejoin="round" points="${points(layer.points)}"/>`;
  });
  return utf8(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 2 2" width="192" height="192">\n  <title>${text(title)}</title>\n${layers.join('\n')}\n</svg>\n`,
  );
}

function layersOf({ shape, glyph, hue }: Art): readonly Layer[] {
  const outline = outlines[shape];
  const scaled = (factor: number) => outline.map(([x, y]): Point => [x * factor, y * factor]);
  const light: Colour = [255, 255, 255];
  return [
    { kind: 'area', points: scaled(0.97), colour: colourOf(hue, 0.62, 0.27) },
    { kind: 'area', points: scaled(0.87), colour: colourOf(hue, 0.5, 0.88) },
    { kind: 'area', points: scaled(0.81), colour: colourOf(hue, 0.6, 0.42) },
    ...glyphs[glyph].map((points): Layer => ({ kind: 'line', points, width: 0.1, colour: light })),
  ];
}

/** Colour and opacity of one point; edges are smoothed over one pixel. */
function pixelOf(
  layers: readonly Layer[],
  at: Point,
  pixelSize: number,
): readonly [number, number, number, number] {
  let [red, green, blue, alpha] = [0, 0, 0, 0];
  for (const layer of layers) {
    const distance =
      layer.kind === 'area'
        ? areaDistance(layer.points, at)
        : lineDistance(layer.points, at) - layer.width / 2;
    const cover = Math.min(1, Math.max(0, 0.5 - distance / pixelSize));
    if (cover === 0) continue;
    const total = cover + alpha * (1 - cover);
    const mixed = (above: number, below: number) => (above * cover + below * alpha * (1 - cover)) / total;
    [red, green, blue] = [
      mixed(layer.colour[0], red),
      mixed(layer.colour[1], green),
      mixed(layer.colour[2], blue),
    ];
    alpha = total;
  }
  return [Math.round(red), Math.round(green), Math.round(blue), Math.round(alpha * 255)];
}

/** Distance to the edge of a polygon, negative inside. */
function areaDistance(points: readonly Point[], at: Point): number {
  let nearest = Number.POSITIVE_INFINITY;
  let inside = false;
  let previous = points.at(-1) ?? at;
  for (const point of points) {
    nearest = Math.min(nearest, segmentDistance(previous, point, at));
    const crosses = point[1] > at[1] !== previous[1] > at[1];
    const slope = (previous[0] - point[0]) / (previous[1] - point[1]);
    if (crosses && at[0] < slope * (at[1] - point[1]) + point[0]) inside = !inside;
    previous = point;
  }
  return inside ? -nearest : nearest;
}

function lineDistance(points: readonly Point[], at: Point): number {
  let nearest = Number.POSITIVE_INFINITY;
  let previous = points[0] ?? at;
  for (const point of points) {
    nearest = Math.min(nearest, segmentDistance(previous, point, at));
    previous = point;
  }
  return nearest;
}

function segmentDistance(from: Point, to: Point, at: Point): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((at[0] - from[0]) * dx + (at[1] - from[1]) * dy) / length;
  const clamped = Math.min(1, Math.max(0, along));
  return Math.hypot(at[0] - from[0] - dx * clamped, at[1] - from[1] - dy * clamped);
}

/** Source: CSS Color 4 §7 (HSL to sRGB). */
function colourOf(hue: number, saturation: number, lightness: number): Colour {
  const strength = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const place = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - strength * Math.max(-1, Math.min(place - 3, 9 - place, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** `count` points around the centre; odd ones at `inner` of the radius. */
function ring(count: number, inner = 1, turn = -Math.PI / 2): readonly Point[] {
  return Array.from({ length: count }, (_, index): Point => {
    const radius = index % 2 === 0 ? 1 : inner;
    const angle = turn + (index * 2 * Math.PI) / count;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
}

const outlines: Readonly<Record<ArtShape, readonly Point[]>> = {
  circle: ring(48),
  hexagon: ring(6),
  star: ring(16, 0.82),
  rosette: ring(40, 0.9),
  shield: [
    [-0.85, -0.85],
    [0, -1],
    [0.85, -0.85],
    [0.85, 0.1],
    [0.68, 0.5],
    [0.38, 0.8],
    [0, 1],
    [-0.38, 0.8],
    [-0.68, 0.5],
    [-0.85, 0.1],
  ],
};

function arc(centre: Point, radius: number, from: number, to: number): readonly Point[] {
  return Array.from({ length: 13 }, (_, step): Point => {
    const angle = from + ((to - from) * step) / 12;
    return [centre[0] + radius * Math.cos(angle), centre[1] + radius * Math.sin(angle)];
  });
}

function figure(x: number, y: number, scale: number): readonly (readonly Point[])[] {
  return [
    arc([x, y - 0.22 * scale], 0.13 * scale, 0, 2 * Math.PI),
    arc([x, y + 0.32 * scale], 0.28 * scale, Math.PI, 2 * Math.PI),
  ];
}

const glyphs: Readonly<Record<ArtGlyph, readonly (readonly Point[])[]>> = {
  code: [
    [
      [-0.2, -0.25],
      [-0.45, 0],
      [-0.2, 0.25],
    ],
    [
      [0.2, -0.25],
      [0.45, 0],
      [0.2, 0.25],
    ],
    [
      [0.07, -0.32],
      [-0.07, 0.32],
    ],
  ],
  check: [
    [
      [-0.36, 0.02],
      [-0.1, 0.28],
      [0.38, -0.26],
    ],
  ],
  person: [
    arc([0, -0.36], 0.1, 0, 2 * Math.PI),
    [
      [-0.4, -0.1],
      [0.4, -0.1],
    ],
    [
      [0, -0.1],
      [0, 0.14],
      [-0.24, 0.46],
    ],
    [
      [0, 0.14],
      [0.24, 0.46],
    ],
  ],
  team: [...figure(-0.26, 0.04, 1), ...figure(0.26, 0.04, 1)],
  chevrons: [
    [
      [-0.32, 0.08],
      [0, -0.24],
      [0.32, 0.08],
    ],
    [
      [-0.32, 0.36],
      [0, 0.04],
      [0.32, 0.36],
    ],
  ],
  quote: [
    [
      [-0.42, -0.3],
      [0.42, -0.3],
      [0.42, 0.18],
      [-0.04, 0.18],
      [-0.24, 0.4],
      [-0.24, 0.18],
      [-0.42, 0.18],
      [-0.42, -0.3],
    ],
    [
      [-0.2, -0.06],
      [0.2, -0.06],
    ],
  ],
};
