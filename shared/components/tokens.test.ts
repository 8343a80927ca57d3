import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Theme, themeOf, themes } from '../model/themes.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const themesCss = readFileSync(new URL('./theme-tokens.css', import.meta.url), 'utf8');

type Scheme = 'light' | 'dark';

/** What a theme changes; nothing for the usual one. */
function changesOf(theme: Theme): string {
  return new RegExp(`\\.theme-${theme} \\{([^}]*)\\}`).exec(themesCss)?.[1] ?? '';
}

/** Relative luminance (WCAG 2.2) of a token in one scheme, from its oklch value (CSS Color 4 §9). */
function luminanceOf(token: string, scheme: Scheme, theme: Theme = 'paper'): number {
  const pair = new RegExp(`--${token}: light-dark\\(oklch\\(([^)]*)\\), oklch\\(([^)]*)\\)\\);`);
  const found = pair.exec(changesOf(theme)) ?? pair.exec(css);
  const value = scheme === 'light' ? found?.[1] : found?.[2];
  if (value === undefined) throw new Error(`tokens.css has no --${token}`);
  const [lightness = 0, chroma = 0, hue = 0] = value.split(' ').map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => Math.min(1, Math.max(0, part)));
  const [red = 0, green = 0, blue = 0] = linear;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string, scheme: Scheme, theme: Theme): number {
  const both = [luminanceOf(one, scheme, theme), luminanceOf(other, scheme, theme)];
  const [dark = 0, light = 0] = both.sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ['surface', 'surface-raised', 'surface-sunken'];
const texts = ['ink', 'ink-soft', 'accent', 'valid', 'caution', 'danger', 'unknown'];
const initials = Array.from({ length: 12 }, (_, index) => `initial-${index}`);

const all = themes.flatMap((theme) => (['light', 'dark'] as const).map((scheme) => [theme, scheme] as const));

describe.each(all)('colours of %s, %s', (theme, scheme) => {
  it.each(texts)('%s reads on every surface, at least 4.5 to 1', (text) => {
    for (const surface of surfaces)
      expect(contrast(text, surface, scheme, theme), surface).toBeGreaterThanOrEqual(4.5);
  });

  it('the word on the accent reads', () => {
    expect(contrast('accent-ink', 'accent', scheme, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it('the initial reads on each of the twelve colours, which stand out from the page', () => {
    for (const initial of initials)
      expect(contrast('initial-ink', initial, scheme, theme), initial).toBeGreaterThanOrEqual(4.5);
  });
});

describe('the themes', () => {
  it('change tokens of the house and nothing else, each of them', () => {
    const inner = themesCss.replace(/\/\*[\s\S]*?\*\//g, '');
    const blocks = [...inner.matchAll(/\.theme-([a-z-]+) \{([^}]*)\}/g)];
    expect(blocks.map(([, name]) => name)).toEqual(themes.slice(1));
    for (const [, name, block = ''] of blocks)
      for (const declaration of block.split(';').filter((each) => each.trim() !== '')) {
        const token = /^\s*(--[a-z-]+): /.exec(declaration)?.[1] ?? '';
        expect(css, `${name} ${declaration}`).toContain(`${token}:`);
      }
  });
});

describe('the computation', () => {
  it('sees a theme’s own colour', () => {
    expect(luminanceOf('accent', 'light', 'ember')).not.toBeCloseTo(luminanceOf('accent', 'light'), 3);
    expect(themeOf('of-another-time')).toBe('paper');
  });

  it('knows black on white', () => {
    expect(luminanceOf('surface-raised', 'light')).toBeCloseTo(1, 2);
  });
});
