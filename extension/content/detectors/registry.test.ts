import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { noticedSelectors } from './noticed-selectors.ts';
import { detectors } from './registry.ts';

/** An element as far as a detector reads it. */
function element(attributes: Readonly<Record<string, string>>): Element {
  return { getAttribute: (name: string) => attributes[name] ?? null } as unknown as Element;
}

const samples: Readonly<Record<string, readonly [offers: Element, offersNothing: Element]>> = {
  'meta-tag': [
    element({ name: 'openbadges:offer', content: 'a.json' }),
    element({ name: 'openbadges:offer' }),
  ],
  link: [element({ rel: 'openbadges', href: 'a.json' }), element({ rel: 'openbadges' })],
  'typed-link': [
    element({ type: 'application/vc+jwt', href: 'a.json' }),
    element({ type: 'application/vcard+xml', href: 'card.vcf' }),
  ],
};

describe('the page detectors', () => {
  it('have names of their own, a file each and a sample each', () => {
    const names = detectors.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.toSorted()).toEqual(Object.keys(samples).toSorted());
    const files = readdirSync(import.meta.dirname);
    for (const name of names) expect(files).toContain(`${name}.ts`);
  });

  it.each(detectors.map((detector) => [detector.name, detector] as const))(
    'of %s read the offer of its element, and nothing where there is none',
    (name, detector) => {
      const [offers, offersNothing] = samples[name] ?? [];
      expect(offers && detector.read(offers)).toBe('a.json');
      expect(offersNothing && detector.read(offersNothing)).toBeUndefined();
    },
  );

  it('ask the browser one plain selector each, never a list', () => {
    for (const { selector } of detectors) expect(selector).not.toContain(',');
  });

  it('are all looked for on every page but for those that wait for the popup', () => {
    const everywhere = detectors.filter(({ waitsForPopup }) => waitsForPopup !== true);
    expect(everywhere.map(({ selector }) => selector)).toEqual(noticedSelectors);
  });
});
