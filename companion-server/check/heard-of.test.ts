import { describe, expect, it } from 'vitest';
import type { Url } from '../../shared/model/brands.ts';
import { ok } from '../../shared/model/result.ts';
import { fetcherOf } from './heard-of.ts';

const own = 'https://backpack.example';

/** What a page of this server asks for on behalf of a statement, and what comes of it. */
async function fetched(url: string) {
  const paths: string[] = [];
  const fetch = fetcherOf(own, async (path) => {
    paths.push(path);
    return ok(new Uint8Array([1]));
  });
  const answer = await fetch({ url: url as Url, maxBytes: 10 });
  return { paths, answer };
}

describe('the keys of a statement', () => {
  it('are asked of this server by its own path', async () => {
    const { paths, answer } = await fetched(`${own}/.well-known/jwks.json?a#b`);
    expect(paths).toEqual(['/.well-known/jwks.json']);
    expect(answer).toMatchObject({ ok: true, value: { status: 200, bytes: new Uint8Array([1]) } });
  });

  it.each([
    'https://elsewhere.example/.well-known/jwks.json',
    'http://backpack.example/.well-known/jwks.json',
    'https://backpack.example:8443/.well-known/jwks.json',
    'https://backpack.example.evil.example/.well-known/jwks.json',
    'https://backpack.example@evil.example/.well-known/jwks.json',
  ])('are not asked of %s', async (url) => {
    const { paths, answer } = await fetched(url);
    expect(paths).toEqual([]);
    expect(answer).toMatchObject({ ok: false, error: { code: 'address-not-allowed' } });
  });
});
