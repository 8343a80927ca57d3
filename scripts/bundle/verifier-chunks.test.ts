import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { ed25519 } from '@noble/curves/ed25519.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contextOf } from '../../shared/contexts/bundled.ts';
import { generationOf } from '../../shared/formats/generation.ts';
import { concat } from '../../shared/model/bytes.ts';
import { isPlainContext } from '../../shared/proofs/json-ld/context-shape.ts';
import { securedDocument } from '../../shared/proofs/proof-chain.ts';
import { type BadgeWish, buildBadge } from '../../shared/testing/build-badge.ts';
import { fetcherOver } from '../../shared/testing/documents.ts';
import { fixedClock } from '../../shared/testing/seeded.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import { contextOf as usualContextOf } from './usual/bundled-contexts.ts';
import type { verifyInPage } from './usual/check.ts';
import { generationOf as usualGenerationOf } from './usual/generation.ts';
import { isSoundEd25519 } from './usual/points.ts';
import { securedDocument as usualSecured } from './usual/proof-chain.ts';
import { buildVerifierChunks } from './verifier-chunks.ts';

const maxUsualBytes = 19 * 1024;
let folder: string;
let code: string;
let verify: typeof verifyInPage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backpack-chunks-'));
  code = (await buildVerifierChunks()).usual;
  const file = join(folder, 'usual.mjs');
  writeFileSync(file, code);
  verify = ((await import(pathToFileURL(file).href)) as { verifyInPage: typeof verifyInPage }).verifyInPage;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(wish: BadgeWish) {
  const badge = await buildBadge(wish);
  const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
  const input = { kind: 'bytes', bytes: badge.bytes } as const;
  let fetched = 0;
  const answer = await verify(input, {}, effects, async () => {
    fetched += 1;
    return { verifyBadge };
  });
  return { answer, expected: await verifyBadge(input, {}, effects), fetched };
}

describe('the verifier in two chunks', () => {
  it('verifies a badge of the usual form by the small one, with the same answer', async () => {
    const { answer, expected, fetched } = await ask({ narrative: 'What was done.' });
    expect(fetched).toBe(0);
    expect(answer.verdict.outcome).toBe('valid');
    expect(answer).toEqual(expected);
  });

  it.each<[string, BadgeWish]>([
    ['a changed badge', { forgery: 'byte-changed' }],
    ['an expired badge', { awarded: '2025-01-01T00:00:00Z', expires: '2026-01-01T00:00:00Z' }],
    ['a token', { proof: 'vc-jwt' }],
    ['a picture', { container: 'png' }],
    ['an older generation', { proof: 'hosted' }],
    ['a state that must be asked for', { status: { set: true } }],
    ['another suite', { proof: 'Ed25519Signature2020' }],
  ])('leaves %s to the whole one', async (_, wish) => {
    const { answer, expected, fetched } = await ask(wish);
    expect(fetched).toBe(1);
    expect(answer.verdict).toEqual(expected.verdict);
  });

  it('knows the usual class and a proof alone as the whole one does, and leaves other ones', () => {
    const badge = {
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: 'A',
      proof: { id: 'urn:a' },
    };
    expect(usualGenerationOf(badge)).toBe(generationOf(badge));
    expect(usualSecured({ id: 'urn:a' }, badge)).toEqual(securedDocument({ id: 'urn:a' }, badge));
    expect(() => usualGenerationOf({ ...badge, badgeConnectAPI: [] })).toThrow();
    expect(() => usualGenerationOf({ type: 'ClrCredential' })).toThrow();
    expect(() => usualSecured({ id: 'urn:b', previousProof: 'urn:a' }, badge)).toThrow();
  });

  it('asks the browser to compile it while it arrives, on the first line, where that is read', () => {
    expect(code.startsWith('//# allFunctionsCalledOnLoad\n')).toBe(true);
  });

  it(`weighs at most ${maxUsualBytes} bytes zipped, its contexts included`, () => {
    const bytes = gzipSync(code, { level: 9 }).length;
    expect(bytes).toBeGreaterThan(8 * 1024);
    expect(bytes).toBeLessThanOrEqual(maxUsualBytes);
  });

  it('holds the published contexts, of the form that the fast walk asks for', () => {
    for (const address of [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ]) {
      expect(usualContextOf(address)).toEqual(contextOf(address));
      expect(isPlainContext(contextOf(address)?.['@context'])).toBe(true);
    }
  });

  it('knows every key of small order, and good keys from them', () => {
    const torsion = ed25519.Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
    let point = ed25519.Point.ZERO;
    const found = new Set<string>();
    for (let times = 0; times < 8; times += 1) {
      point = point.add(torsion);
      found.add(point.toHex());
      expect(isSoundEd25519(concat(point.toBytes()))).toBe(false);
    }
    expect(found.size).toBe(8);
    expect(isSoundEd25519(concat(ed25519.Point.BASE.toBytes()))).toBe(true);
  });
});
