import { describe, expect, it } from 'vitest';
import {
  coverPlaces,
  coverRatio,
  cutOf,
  makeCover,
  maxCoverFileBytes,
  maxCoverPixels,
} from './make-cover.ts';

describe('the cover of a page', () => {
  it('is the middle of what was chosen, as wide as the page shows it', () => {
    const photograph = { x: 0, y: 1_000, width: 4_000, height: 1_000, toWidth: 1_600, toHeight: 400 };
    expect(cutOf(4_000, 3_000)).toEqual({ ok: true, value: photograph });
    const panorama = { x: 2_000, y: 0, width: 4_000, height: 1_000, toWidth: 1_600, toHeight: 400 };
    expect(cutOf(8_000, 1_000)).toEqual({ ok: true, value: panorama });
  });

  it('is its top or its bottom, its left or its right, where the learner wants that', () => {
    expect(cutOf(4_000, 3_000, 'start')).toMatchObject({
      value: { x: 0, y: 0, width: 4_000, height: 1_000 },
    });
    expect(cutOf(4_000, 3_000, 'end')).toMatchObject({
      value: { x: 0, y: 2_000, width: 4_000, height: 1_000 },
    });
    expect(cutOf(8_000, 1_000, 'end')).toMatchObject({
      value: { x: 4_000, y: 0, width: 4_000, height: 1_000 },
    });
    for (const place of coverPlaces)
      expect(cutOf(4_000, 1_000, place)).toMatchObject({
        value: { x: 0, y: 0, width: 4_000, height: 1_000 },
      });
  });

  it('is never drawn larger than it is, and never as nothing', () => {
    expect(cutOf(400, 400)).toMatchObject({ value: { y: 150, toWidth: 400, toHeight: 100 } });
    for (const [width, height] of [
      [1, 1],
      [1, 9_999],
      [9_999, 1],
    ] as const) {
      const cut = cutOf(width, height);
      if (!cut.ok) throw cut.error;
      const { x, y, toWidth, toHeight } = cut.value;
      expect(toWidth / toHeight).toBe(coverRatio);
      expect(x + cut.value.width).toBeLessThanOrEqual(width);
      expect(y + cut.value.height).toBeLessThanOrEqual(height);
    }
  });

  it('is not made of more than a browser can draw', async () => {
    const side = Math.sqrt(maxCoverPixels);
    expect(cutOf(side, side)).toMatchObject({ ok: true });
    expect(cutOf(side + 1, side)).toMatchObject({ ok: false, error: { code: 'picture-too-large' } });
    const blob = new Blob([new Uint8Array(maxCoverFileBytes + 1)]);
    expect(await makeCover(blob)).toMatchObject({ ok: false, error: { code: 'picture-too-large' } });
  });
});
