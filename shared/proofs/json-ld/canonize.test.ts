import { cpuUsage } from 'node:process';
import { describe, expect, it } from 'vitest';
import { bundledContexts, contextOf } from '../../contexts/bundled.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { maxListLength, maxValues } from './canonical.ts';
import { canonize } from './canonize.ts';

const version2 = 'https://www.w3.org/ns/credentials/v2';
const credential: JsonObject = {
  '@context': [version2],
  id: 'urn:uuid:aa8b0b2e-5b52-4e30-8b2f-3f5c2c1d9a01',
  type: ['VerifiableCredential'],
  issuer: 'did:example:issuer',
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:learner' },
};

describe('the canonical text of a document', () => {
  it('is the same whatever the order of its names', async () => {
    const turned = Object.fromEntries(Object.entries(credential).reverse());
    const [first, second] = [await canonize(credential, contextOf), await canonize(turned, contextOf)];
    expect(first).toMatchObject({ ok: true });
    expect(first.ok && second.ok && first.quads === second.quads).toBe(true);
  });

  it('leaves the bundled contexts as they are', async () => {
    const before = JSON.stringify(bundledContexts);
    await canonize(credential, contextOf);
    expect(JSON.stringify(bundledContexts)).toBe(before);
  });

  it.each([
    ['a word that no context defines', { ...credential, favouriteColour: 'green' }, 'favouriteColour'],
    ['a type that no context defines', { ...credential, type: ['VerifiableCredential', 'Wonder'] }, 'Wonder'],
    ['an id that is no URI', { ...credential, id: 'badge-1' }, 'badge-1'],
  ])('is refused for %s, by name', async (_, document, term) => {
    expect(await canonize(document, contextOf)).toMatchObject({
      ok: false,
      code: 'undefined-term',
      facts: { term },
    });
  });

  it('is refused for a context that is not bundled, by its address; nothing is fetched', async () => {
    const address = 'https://issuer.example/context.json';
    expect(await canonize({ ...credential, '@context': [version2, address] }, contextOf)).toEqual({
      ok: false,
      code: 'unknown-context',
      facts: { address },
    });
  });

  it('is refused when a protected word is given another meaning', async () => {
    const own = { name: 'https://issuer.example/other' };
    expect(await canonize({ ...credential, '@context': [version2, own] }, contextOf)).toMatchObject({
      ok: false,
      code: 'bad-value',
    });
  });

  it('stays within its bounds: one more is refused unread', async () => {
    const own = { things: 'https://t.example/things' };
    const wide = (things: Json): JsonObject => ({ ...credential, '@context': [version2, own], things });
    const texts = (count: number) => Array.from({ length: count }, (_, index) => `text ${index}`);
    expect(await canonize(wide(texts(maxListLength)), contextOf)).toMatchObject({ ok: true });
    expect(await canonize(wide(texts(maxListLength + 1)), contextOf)).toMatchObject({
      ok: false,
      code: 'beyond-limits',
    });
    const nested = Array.from({ length: 20 }, () => ({ things: texts(maxValues / 20) }));
    expect(await canonize(wide(nested), contextOf)).toMatchObject({ ok: false, code: 'beyond-limits' });
  });

  it('gives up on a graph made to be hard, within seconds', async () => {
    const context = [version2, { knows: { '@id': 'https://t.example/knows', '@type': '@id' } }];
    // Nodes without names that all know each other look alike from every side.
    const names = Array.from({ length: 12 }, (_, index) => `_:n${index}`);
    const clique = names.map((id) => ({ id, knows: names.filter((other) => other !== id) }));
    const ring = Array.from({ length: 400 }, (_, index) => ({
      id: `_:r${index}`,
      knows: [`_:r${(index + 1) % 400}`, `_:r${(index + 3) % 400}`],
    }));
    // Work is measured, not waiting, so that busy neighbours count for nothing.
    const before = cpuUsage();
    for (const knows of [clique, ring]) {
      const subject = { id: 'did:example:x', knows };
      const document = { ...credential, '@context': context, credentialSubject: subject };
      expect(await canonize(document, contextOf)).toMatchObject({ ok: false, code: 'beyond-limits' });
    }
    const { user, system } = cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(20_000);
  });
});
