import { describe, expect, it } from 'vitest';
import { base64Of, utf8 } from '../model/bytes.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { type BadgeWish, buildBadge, jsonOf } from '../testing/build-badge.ts';
import { fetcherOver } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { tokenPart } from '../testing/signing-keys.ts';
import { verifyBadge } from './verify-badge.ts';

const context = 'https://www.w3.org/ns/credentials/v2';
const presentation = (inside: readonly Json[]): JsonObject => ({
  '@context': [context],
  type: 'VerifiablePresentation',
  holder: 'did:example:mia',
  verifiableCredential: inside,
});

async function verified(text: string) {
  const effects = { fetch: fetcherOver(new Map()), clock: fixedClock() };
  return verifyBadge({ kind: 'bytes', bytes: utf8(text) }, {}, effects);
}

const forms: Readonly<Record<string, (wish: BadgeWish) => Promise<string>>> = {
  'an embedded badge': async (wish) => JSON.stringify(presentation([jsonOf(await buildBadge(wish))])),
  'a token': async (wish) => {
    const { text } = await buildBadge({ ...wish, proof: 'vc-jwt' });
    return JSON.stringify(presentation([text]));
  },
  'an enveloped token': async (wish) => {
    const { text } = await buildBadge({ ...wish, proof: 'vc-jwt' });
    const id = `data:application/vc+jwt,${text}`;
    return JSON.stringify(presentation([{ '@context': context, id, type: 'EnvelopedVerifiableCredential' }]));
  },
  'a token in a token': async (wish) => {
    const { text } = await buildBadge({ ...wish, proof: 'vc-jwt' });
    return `${tokenPart({ alg: 'EdDSA', typ: 'JWT' })}.${tokenPart({ vp: presentation([text]) })}.AAAA`;
  },
};

describe('an enveloped badge', () => {
  const envelope = (id: string, type: Json = 'EnvelopedVerifiableCredential') =>
    verified(JSON.stringify({ '@context': context, id, type }));

  it.each([
    ['as it is', 'data:application/vc+jwt,', (text: string) => text],
    ['with a parameter', 'data:application/vc+jwt;charset=utf-8,', (text: string) => text],
    ['of the draft', 'data:application/vc+ld+json+jwt,', (text: string) => text],
    ['in base64', 'data:application/vc+jwt;base64,', (text: string) => base64Of(utf8(text))],
  ] as const)('is the token inside, %s', async (_name, head, write) => {
    for (const [forgery, outcome] of [
      ['none', 'valid'],
      ['byte-changed', 'invalid'],
    ] as const) {
      const { text } = await buildBadge({ proof: 'vc-jwt', forgery });
      expect((await envelope(head + write(text))).verdict.outcome).toBe(outcome);
      expect((await envelope(head + write(text), ['EnvelopedVerifiableCredential'])).verdict.outcome).toBe(
        outcome,
      );
    }
  });

  it('is nothing else beside, and is not read in ways that nobody here knows', async () => {
    const { text } = await buildBadge({ proof: 'vc-jwt' });
    const id = `data:application/vc+jwt,${text}`;
    const both = ['VerifiableCredential', 'EnvelopedVerifiableCredential'];
    expect((await envelope(id, both)).verdict.outcome).toBe('malformed');
    expect((await envelope('https://academy.example/awards/1')).verdict.outcome).toBe('malformed');
    for (const other of [`data:application/vc+sd-jwt,${text}~`, 'data:application/vc+cose;base64,0oRDoQEm'])
      expect((await envelope(other)).verdict).toMatchObject({
        outcome: 'unsupported',
        reason: 'generation-not-supported',
      });
  });
});

describe.each(Object.entries(forms))('a presentation of %s', (_, build) => {
  it('is the badge inside, by the badge’s own proof', async () => {
    const { verdict, badge } = await verified(await build({}));
    expect([verdict.outcome, verdict.reason]).toEqual(['valid', 'all-passed']);
    expect(badge?.achievement.name).toBe('JavaScript Basics');
  });

  it('lends nothing to a badge that was forged', async () => {
    expect((await verified(await build({ forgery: 'byte-changed' }))).verdict.outcome).toBe('invalid');
  });
});

describe('a presentation of several badges, or of none', () => {
  it('is no badge itself, and hands out what lies inside', async () => {
    const badges = [jsonOf(await buildBadge({})), jsonOf(await buildBadge({ name: 'Python Basics' }))];
    const { verdict, badge, parts } = await verified(JSON.stringify(presentation(badges)));
    expect([verdict.outcome, verdict.reason, badge]).toEqual(['unsupported', 'several-badges', undefined]);
    expect(parts).toHaveLength(2);
    for (const part of parts ?? [])
      expect((await verified(new TextDecoder().decode(part))).verdict.outcome).toBe('valid');
  });

  it('is malformed when it is empty, or holds only another presentation', async () => {
    expect((await verified(JSON.stringify(presentation([])))).verdict.outcome).toBe('malformed');
    const badge = jsonOf(await buildBadge({}));
    const nested = presentation([presentation([badge])]);
    expect((await verified(JSON.stringify(nested))).verdict.outcome).not.toBe('valid');
  });
});
