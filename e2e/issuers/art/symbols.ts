/** Lines of a symbol in a square of 100 by 100: each a list of points. */
export type Strokes = readonly (readonly (readonly [x: number, y: number])[])[];

function arc(x: number, y: number, radius: number, from: number, to: number): readonly [number, number][] {
  const steps = 24;
  return Array.from({ length: steps + 1 }, (_, step): [number, number] => {
    const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
    return [round(x + radius * Math.cos(angle)), round(y + radius * Math.sin(angle))];
  });
}

const round = (value: number) => Math.round(value * 10) / 10;

const person = (x: number, y: number, size: number): Strokes => [
  arc(x, y - size, size * 0.55, 0, 360),
  arc(x, y + size * 1.1, size * 1.1, 180, 360),
];

/** One symbol for each badge of the school, by slug. */
export const symbols: Readonly<Record<string, Strokes>> = {
  javascript: [
    [
      [44, 28],
      [37, 30],
      [36, 44],
      [29, 50],
      [36, 56],
      [37, 70],
      [44, 72],
    ],
    [
      [56, 28],
      [63, 30],
      [64, 44],
      [71, 50],
      [64, 56],
      [63, 70],
      [56, 72],
    ],
  ],
  php: [
    [
      [50, 26],
      [70, 33],
      [69, 52],
      [62, 66],
      [50, 74],
      [38, 66],
      [31, 52],
      [30, 33],
      [50, 26],
    ],
    [
      [41, 50],
      [48, 57],
      [60, 42],
    ],
  ],
  accessibility: [
    arc(50, 30, 5, 0, 360),
    [
      [30, 42],
      [44, 45],
      [56, 45],
      [70, 42],
    ],
    [
      [50, 45],
      [50, 58],
    ],
    [
      [40, 74],
      [50, 58],
      [60, 74],
    ],
  ],
  'good-teammate': [...person(38, 54, 12), ...person(63, 54, 12)],
  'peer-mentor': [
    [
      [30, 32],
      [70, 32],
      [70, 60],
      [52, 60],
      [42, 71],
      [42, 60],
      [30, 60],
      [30, 32],
    ],
    [
      [40, 42],
      [60, 42],
    ],
    [
      [40, 50],
      [54, 50],
    ],
  ],
  'first-page': [
    [
      [34, 27],
      [58, 27],
      [66, 35],
      [66, 73],
      [34, 73],
      [34, 27],
    ],
    [
      [42, 44],
      [58, 44],
    ],
    [
      [42, 53],
      [58, 53],
    ],
    [
      [42, 62],
      [52, 62],
    ],
  ],
  'view-source': [
    [
      [40, 37],
      [27, 50],
      [40, 63],
    ],
    [
      [60, 37],
      [73, 50],
      [60, 63],
    ],
    [
      [54, 33],
      [46, 67],
    ],
  ],
  'good-question': [[...arc(50, 41, 12, 180, 405), [50, 56], [50, 62]], arc(50, 71, 1, 0, 360)],
};

/** What stands for the school itself. */
export const schoolSymbol: Strokes = [
  [
    [26, 42],
    [50, 31],
    [74, 42],
    [50, 53],
    [26, 42],
  ],
  [
    [36, 48],
    [36, 62],
    [50, 68],
    [64, 62],
    [64, 48],
  ],
  [
    [74, 42],
    [74, 60],
  ],
];
