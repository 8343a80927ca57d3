import { readPngRows, writePngRows } from './bake-png.ts';
import { svgRows } from './bake-svg.ts';
import type { Area, Row } from './measure.ts';

/** Writing and reading a bake, beside the least that it can cost and beside what others use. */
export const bake: Area = { name: 'bake', run };

async function run(): Promise<readonly Row[]> {
  return [
    ...(await writePngRows(200_000)),
    ...(await writePngRows(5_000_000)),
    ...(await readPngRows()),
    ...(await svgRows()),
  ];
}
