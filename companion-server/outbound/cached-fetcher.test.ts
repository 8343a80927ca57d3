import { describe, expect, it } from 'vitest';
import { instantOf, type Url } from '../../shared/model/brands.ts';
import { utf8 } from '../../shared/model/bytes.ts';
import type { Fetcher } from '../../shared/model/effects.ts';
import { ok } from '../../shared/model/result.ts';
import { cachedFetcher, cacheTimeMs, maxCachedBytes } from './cached-fetcher.ts';
import { limitedFetcher, maxFetchesPerDocument } from './limited-fetcher.ts';

function counting(body: () => { status: number; text: string }): { fetch: Fetcher; asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    fetch: async ({ url }) => {
      asked += 1;
      const { status, text } = body();
      return ok({ requested: url, url, status, mediaType: '', bytes: utf8(text), at: instantOf(asked) });
    },
  };
}

const profile = { url: 'https://a.example/profile?x=1' as Url, maxBytes: 1000 };

describe('answers remembered for a while', () => {
  it('asks once in a quarter of an hour, for the whole address (T40)', async () => {
    let now = 0;
    const source = counting(() => ({ status: 200, text: '{"a":1}' }));
    const fetch = cachedFetcher(source.fetch, () => now);
    await fetch(profile);
    const again = await fetch(profile);
    expect(again.ok && again.value.at).toBe(instantOf(1));
    expect(source.asked()).toBe(1);
    await fetch({ ...profile, url: 'https://a.example/profile?x=2' as Url });
    expect(source.asked()).toBe(2);
    now = cacheTimeMs;
    await fetch(profile);
    expect(source.asked()).toBe(3);
  });

  it('forgets the oldest of many small answers too, by what each takes', async () => {
    const source = counting(() => ({ status: 200, text: '{}' }));
    const fetch = cachedFetcher(source.fetch, () => 0);
    const address = (index: number) => `https://a.example/${'x'.repeat(2000)}${index}` as Url;
    const many = Math.ceil(maxCachedBytes / 4000);
    for (let index = 0; index < many; index += 1) await fetch({ url: address(index), maxBytes: 1000 });
    expect(source.asked()).toBe(many);
    await fetch({ url: address(many - 1), maxBytes: 1000 });
    expect(source.asked()).toBe(many);
    await fetch({ url: address(0), maxBytes: 1000 });
    expect(source.asked()).toBe(many + 1);
  });

  it('never shares failures, error pages or what is no JSON (T40)', async () => {
    for (const body of [
      { status: 500, text: '{}' },
      { status: 404, text: '{}' },
      { status: 200, text: '<html>' },
      { status: 200, text: '{"a":' },
    ]) {
      const source = counting(() => body);
      const fetch = cachedFetcher(source.fetch, () => 0);
      await fetch(profile);
      await fetch(profile);
      expect(source.asked()).toBe(2);
    }
  });

  it('does not hand a larger answer to one who allows only a smaller (T40)', async () => {
    const source = counting(() => ({ status: 200, text: '{"a":"long enough"}' }));
    const fetch = cachedFetcher(source.fetch, () => 0);
    await fetch(profile);
    await fetch({ ...profile, maxBytes: 3 });
    expect(source.asked()).toBe(2);
  });
});

describe('fetches that one document may cause', () => {
  it('are ten, and the eleventh asks nobody (T39)', async () => {
    const source = counting(() => ({ status: 200, text: '{}' }));
    const fetch = limitedFetcher(source.fetch);
    for (let index = 0; index < maxFetchesPerDocument; index += 1)
      expect((await fetch(profile)).ok).toBe(true);
    expect((await fetch(profile)).ok).toBe(false);
    expect(source.asked()).toBe(10);
  });
});
