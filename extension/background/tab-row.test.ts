import { describe, expect, it } from 'vitest';
import { maxCandidates } from '../../shared/model/candidate.ts';
import { countNew, type FrameFound, readOffers } from './tab-row.ts';

function frameOf(contents: readonly string[], given: Partial<FrameFound> = {}): FrameFound {
  return {
    base: 'https://academy.example/courses/',
    host: 'academy.example',
    candidates: contents.map((content) => ({ content, via: 'meta-tag' })),
    more: false,
    ...given,
  };
}

describe('the offers of a tab', () => {
  it('are one each, whatever their spelling', async () => {
    const { offers } = await readOffers([
      frameOf(['/1.json', 'https://ACADEMY.example:443/1.json#x', '../1.json', '2.json']),
    ]);
    expect(offers.map(({ key, kind, host }) => [key, kind, host])).toEqual([
      ['https://academy.example/1.json', 'hosted', 'academy.example'],
      ['https://academy.example/courses/2.json', 'hosted', 'academy.example'],
    ]);
  });

  it('say which of them nothing can come of, and why (T64)', async () => {
    const { offers } = await readOffers([
      frameOf([
        'javascript:alert(1)',
        'file:///etc/passwd',
        'blob:https://a/1',
        'openid-credential-offer://?a=b',
      ]),
    ]);
    expect(offers.map(({ kind, error }) => [kind, error?.code])).toEqual([
      ['unusable', 'address-not-allowed'],
      ['unusable', 'address-not-allowed'],
      ['unusable', 'address-not-allowed'],
      ['not-supported-yet', 'offer-kind-not-supported'],
    ]);
    expect(countNew({ offers, settled: [] })).toBe(1);
  });

  it('carry the name of the frame that they stand in, and never its parent’s (T64a)', async () => {
    const { offers } = await readOffers([
      frameOf(['/1.json']),
      frameOf(['/1.json', '/2.json'], { base: 'https://ads.example/x', host: 'ads.example' }),
      frameOf(['data:,{}'], { base: 'about:srcdoc', host: '' }),
    ]);
    expect(offers.map(({ frame }) => frame)).toEqual([undefined, 'ads.example', 'ads.example', '']);
  });

  it(`end at ${maxCandidates}, and it is said that there were more`, async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `/${index}.json`);
    const full = await readOffers([frameOf(many(maxCandidates))]);
    expect([full.offers.length, full.more]).toEqual([maxCandidates, false]);
    const beyond = await readOffers([frameOf(many(maxCandidates)), frameOf(['/other.json'])]);
    expect([beyond.offers.length, beyond.more]).toEqual([maxCandidates, true]);
  });

  it('are kept with what they said, long data apart, which is read from the page again', async () => {
    const long = `data:application/json,${'x'.repeat(64 * 1024)}`;
    const { offers, contents } = await readOffers([frameOf(['/1.json', long])]);
    expect(offers).toHaveLength(2);
    expect(Object.keys(contents)).toEqual(['https://academy.example/1.json']);
  });

  it('count only what is new and unsettled', async () => {
    const { offers } = await readOffers([frameOf(['/1.json', '/2.json', '/3.json'])]);
    expect(countNew({ offers, settled: [] })).toBe(3);
    expect(countNew({ offers, settled: ['https://academy.example/2.json'] })).toBe(2);
    const claimed = offers.map((offer) => ({ ...offer, standing: 'claimed' as const }));
    expect(countNew({ offers: claimed, settled: [] })).toBe(0);
  });
});
