import { describe, expect, it } from 'vitest';
import { stripBake } from '../../shared/baking/registry.ts';
import { parseUrl } from '../../shared/model/brands.ts';
import { type Bytes, utf8 } from '../../shared/model/bytes.ts';
import { drawPng, drawSvg } from '../../shared/testing/badge-art.ts';
import { type BadgeWish, buildBadge } from '../../shared/testing/build-badge.ts';
import { buildClr } from '../../shared/testing/build-clr.ts';
import { buildOldBadge, type OldBadgeWish } from '../../shared/testing/build-old-badge.ts';
import { type Documents, fetcherOver } from '../../shared/testing/documents.ts';
import { fixedClock } from '../../shared/testing/seeded.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import { bakedPicture } from './bake-kept.ts';

const art = { shape: 'shield', glyph: 'check', hue: 140 } as const;
const pictures = { '.png': await drawPng(art, 32), '.svg': drawSvg(art, 'Gezeichnet') } as const;

type Given = { readonly bytes: Uint8Array; readonly address?: string; readonly documents: Documents };
const old = (wish: OldBadgeWish) => () => buildOldBadge(wish);
const newer = (wish: BadgeWish) => () => buildBadge(wish);
const badges: readonly (readonly [string, () => Promise<Given>])[] = [
  ['0.5, hosted', old({ generation: '0.5' })],
  ['1.0, hosted', old({ generation: '1.0' })],
  ['1.0, signed', old({ generation: '1.0', signed: true })],
  ['1.1, hosted', old({ generation: '1.1' })],
  ['1.1, signed', old({ generation: '1.1', signed: true })],
  ['2.0, hosted', newer({ proof: 'hosted' })],
  ['2.0, signed', newer({ proof: 'jws' })],
  ['3.0, with its proof', newer({})],
  ['3.0, as a token', newer({ proof: 'vc-jwt' })],
  ['a CLR 2.0', () => buildClr()],
];

describe('the picture with the badge in it', () => {
  describe.each(badges)('of a badge of %s', (_, build) => {
    it.each(['.png', '.svg'] as const)(
      'is saved as %s, verifies, and is the picture for the rest',
      async (ending) => {
        const { bytes, address, documents } = await build();
        const effects = { fetch: fetcherOver(documents), clock: fixedClock() };
        const url = parseUrl(address ?? '');
        const isServed = url.ok && documents.has(url.value) && !url.value.endsWith('.pem');
        const first = await verifyBadge(
          isServed ? { kind: 'address', address: url.value } : { kind: 'bytes', bytes },
          {},
          effects,
        );
        expect(first.verdict.outcome).toBe('valid');
        const kept = { ...first, ...(address === undefined ? {} : { address }) };
        const saved = await bakedPicture(kept, first.original as Bytes, pictures[ending]);
        if (!saved.ok) throw saved.error;
        expect(saved.value.ending).toBe(ending);
        const again = await verifyBadge({ kind: 'bytes', bytes: saved.value.bytes }, {}, effects);
        expect(again.verdict).toMatchObject({ outcome: 'valid', reason: first.verdict.reason });
        expect([again.badge?.id, again.badge?.generation]).toEqual([
          first.badge?.id,
          first.badge?.generation,
        ]);
        const stripped = stripBake(saved.value.bytes);
        expect(stripped.ok && [...stripped.value]).toEqual([...pictures[ending]]);
      },
    );
  });

  it('is the very file when the badge came as a picture, PNG or SVG', async () => {
    for (const container of ['png', 'svg'] as const) {
      const { bytes } = await buildBadge({ container });
      const saved = await bakedPicture({ container }, bytes as Bytes, undefined);
      expect(saved.ok && [saved.value.ending, saved.value.bytes]).toEqual([`.${container}`, bytes]);
    }
  });

  it('is none where there is no picture, or one that can hold no badge', async () => {
    const { bytes } = await buildBadge();
    const codes = [undefined, Uint8Array.of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61), utf8('<svg a=1></svg>')].map(
      async (picture) => {
        const saved = await bakedPicture({ container: 'json' }, bytes as Bytes, picture);
        return saved.ok ? 'saved' : saved.error.code;
      },
    );
    expect(await Promise.all(codes)).toEqual(['document-missing', 'malformed-picture', 'malformed-picture']);
  });
});
