import { describe, expect, it } from 'vitest';
import { type BadgeWish, buildBadge } from '../testing/build-badge.ts';
import type { StatusWish } from '../testing/build-status.ts';
import { type Documents, fetcherOver } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { verifyBadge } from '../verify/verify-badge.ts';

const kind = 'RevocationList2020Status';

async function verdictWith(
  status: StatusWish,
  change: (served: Documents) => Documents = (served) => served,
  wish: BadgeWish = {},
) {
  const badge = await buildBadge({ proof: 'vc-jwt', status: { kind, ...status }, ...wish });
  const effects = { fetch: fetcherOver(change(badge.documents)), clock: fixedClock() };
  const { verdict } = await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
  return `${verdict.outcome}: ${verdict.reason}`;
}

describe('a revocation list of the draft of 2020', () => {
  it('says what its bit says, and no more', async () => {
    expect(await verdictWith({})).toBe('valid: all-passed');
    expect(await verdictWith({ set: true })).toBe('revoked: has-been-revoked');
    expect(await verdictWith({ broken: true })).toBe('invalid: status-list-bad');
    expect(await verdictWith({ index: 131_072 })).toBe('invalid: status-index-out-of-range');
    expect(await verdictWith({}, () => new Map())).toBe('unreachable: status-unreachable');
  });

  it('is not called clear when the other end of the byte says revoked', async () => {
    expect(await verdictWith({ set: true, rightFirst: true })).toBe('unsupported: status-order-unclear');
    expect(await verdictWith({ rightFirst: true })).toBe('valid: all-passed');
    // The standard says which end is first.
    const later = { kind: 'StatusList2021Entry', set: true, rightFirst: true } as const;
    expect(await verdictWith(later)).toBe('valid: all-passed');
  });
});

describe('a status that cannot be asked', () => {
  const withStatus = (credentialStatus: object) =>
    verdictWith({}, undefined, {
      proof: 'eddsa-jcs-2022',
      change: (document) => ({ ...document, credentialStatus: JSON.parse(JSON.stringify(credentialStatus)) }),
    });

  it.each([
    'CredentialStatusList2017',
    'VelocityRevocationListJan2021',
    'vc-status-rl-2020',
    'RevocationBitmap2022',
    'TokenStatusList',
  ])('is named and never passed over: %s', async (type) => {
    const entry = { id: 'https://academy.example/status#1', type };
    expect(await withStatus(entry)).toBe('unsupported: status-kind-not-supported');
    expect(await withStatus([entry, entry])).toBe('unsupported: status-kind-not-supported');
  });

  it('is not passed over in a crowd either', async () => {
    const entry = { id: 'https://academy.example/status#1', type: 'CredentialStatusList2017' };
    expect(await withStatus(Array.from({ length: 11 }, () => entry))).toBe('unsupported: beyond-limits');
  });
});
