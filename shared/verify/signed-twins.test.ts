import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import {
  type BadgeProof,
  type BadgeWish,
  type BuiltBadge,
  buildBadge,
  jsonOf,
  withByteChanged,
} from '../testing/build-badge.ts';
import { type BuiltIssuer, buildIssuer, type KeyPlace } from '../testing/build-issuer.ts';
import { type Documents, fetcherOver, mergeDocuments, servedJson } from '../testing/documents.ts';
import type { Forgery } from '../testing/forgeries.ts';
import { fixedClock, seeded } from '../testing/seeded.ts';
import type { KeyAlgorithm } from '../testing/signing-keys.ts';
import { snapshotFetcher } from './snapshot.ts';
import { verifyBadge } from './verify-badge.ts';

/** One way of vouching for a badge; each row meets every forgery that exists for it. */
type Row = { readonly proof: BadgeProof; readonly algorithm: KeyAlgorithm; readonly keyPlace: KeyPlace };

function rows(proof: BadgeProof, algorithm: KeyAlgorithm, ...places: readonly KeyPlace[]): readonly Row[] {
  return places.map((keyPlace) => ({ proof, algorithm, keyPlace }));
}

const signedRows: readonly Row[] = [
  ...rows('jws', 'RS256', 'cryptographic-key'),
  ...rows('jws', 'ES256', 'cryptographic-key'),
  ...rows('jws', 'EdDSA', 'cryptographic-key'),
  ...rows('vc-jwt', 'EdDSA', 'did:key', 'did:web', 'jwks', 'jwk', 'controller'),
  ...rows('vc-jwt', 'ES256', 'did:key', 'did:web', 'jwks', 'jwk', 'controller'),
  ...rows('vc-jwt', 'RS256', 'did:web', 'jwks', 'jwk', 'controller'),
  ...rows('vc-jwt', 'ES384', 'did:key', 'did:jwk', 'jwks'),
  ...rows('vc-jwt', 'ES512', 'did:key', 'did:jwk', 'jwk'),
  ...rows('vc-jwt', 'ES256K', 'did:key', 'did:jwk', 'did:web', 'jwks'),
  ...rows('vc-jwt', 'RS384', 'jwk'),
  ...rows('vc-jwt', 'RS512', 'jwk'),
  ...rows('vc-jwt', 'PS256', 'did:jwk', 'jwks'),
  ...rows('vc-jwt', 'PS384', 'jwk'),
  ...rows('vc-jwt', 'PS512', 'jwk'),
  ...rows('eddsa-rdfc-2022', 'EdDSA', 'did:key', 'did:jwk', 'did:web', 'controller'),
  ...rows('eddsa-2022', 'EdDSA', 'did:key'),
  ...rows('eddsa-jcs-2022', 'EdDSA', 'did:key', 'did:jwk', 'did:web', 'controller'),
  ...rows('ecdsa-rdfc-2019', 'ES256', 'did:key', 'did:jwk', 'did:web', 'controller'),
  ...rows('ecdsa-rdfc-2019', 'ES384', 'did:key', 'did:jwk', 'did:web', 'controller'),
  ...rows('ecdsa-jcs-2019', 'ES256', 'did:key', 'did:jwk', 'did:web', 'controller'),
  ...rows('ecdsa-jcs-2019', 'ES384', 'did:key', 'did:web', 'controller'),
  ...rows('ecdsa-sd-2023', 'ES256', 'did:key', 'did:jwk', 'did:web', 'controller'),
  ...rows('Ed25519Signature2020', 'EdDSA', 'did:key', 'did:web', 'controller'),
  ...rows('Ed25519Signature2018', 'EdDSA', 'did:key', 'did:web', 'controller'),
  ...rows('JsonWebSignature2020', 'EdDSA', 'did:key', 'did:web'),
  ...rows('JsonWebSignature2020', 'ES256', 'did:key', 'did:web'),
  ...rows('JsonWebSignature2020', 'ES256K', 'did:key', 'controller'),
  ...rows('JsonWebSignature2020', 'RS256', 'did:web', 'controller'),
  ...rows('JsonWebSignature2020', 'PS256', 'did:jwk'),
];

/** Keys are slow to make and never the point: one issuer for each kind of key. */
const issuers = new Map<string, Promise<BuiltIssuer>>();
function issuerOf({ algorithm, keyPlace }: Row): Promise<BuiltIssuer> {
  const name = `${algorithm} ${keyPlace}`;
  const known = issuers.get(name) ?? buildIssuer({ algorithm, keyPlace });
  issuers.set(name, known);
  return known;
}

async function built(row: Row, wish: BadgeWish = {}): Promise<BuiltBadge> {
  return buildBadge({ proof: row.proof, issuer: await issuerOf(row), ...wish });
}

async function verdictOf(badge: Pick<BuiltBadge, 'bytes' | 'documents'>, served: Documents = new Map()) {
  const fetch = fetcherOver(mergeDocuments(badge.documents, served));
  const input = { kind: 'bytes', bytes: badge.bytes } as const;
  return verifyBadge(input, {}, { fetch, clock: fixedClock() });
}

const outcomeOf = async (badge: Pick<BuiltBadge, 'bytes' | 'documents'>) => {
  const { verdict } = await verdictOf(badge);
  return `${verdict.outcome}: ${verdict.reason}`;
};

/** What must be said of each forgery; the code is the reason that a person reads. */
const forgeries: Readonly<Record<Exclude<Forgery, 'none'>, { readonly codes: readonly string[] }>> = {
  'byte-changed': { codes: ['signature-bad'] },
  'other-key': { codes: ['signature-bad'] },
  'algorithm-swapped': {
    codes: ['signature-bad', 'algorithm-not-supported', 'key-does-not-fit', 'bad-value', 'proof-elsewhere'],
  },
  'key-of-another-issuer': { codes: ['key-owner-differs', 'key-not-listed'] },
  'alg-none': { codes: ['algorithm-not-supported'] },
  'hmac-with-public-key': { codes: ['algorithm-not-supported'] },
};
const forgeriesOf = (proof: BadgeProof) =>
  (Object.keys(forgeries) as (keyof typeof forgeries)[]).filter(
    (forgery) =>
      proof === 'jws' || proof === 'vc-jwt' || !['alg-none', 'hmac-with-public-key'].includes(forgery),
  );

describe.each(signedRows)('$proof with $algorithm, key by $keyPlace', (row) => {
  it('is valid, and names who vouches', async () => {
    const badge = await built(row);
    const { verdict, issuerProof, badge: read } = await verdictOf(badge);
    expect([verdict.outcome, verdict.reason]).toEqual(['valid', 'all-passed']);
    expect(read?.achievement.name).toBe('JavaScript Basics');
    const expected =
      row.keyPlace === 'did:key' || row.keyPlace === 'did:jwk'
        ? { kind: 'key' }
        : { kind: 'host', host: 'academy.example', encrypted: true };
    expect(issuerProof).toMatchObject(expected);
  });

  it.each(forgeriesOf(row.proof))('is invalid when forged by %s', async (forgery) => {
    const { verdict } = await verdictOf(await built(row, { forgery }));
    expect(verdict.outcome).toBe('invalid');
    expect(forgeries[forgery].codes).toContain(verdict.reason);
  });
});

describe('the containers', () => {
  const firsts: readonly Row[] = [
    ...rows('hosted', 'EdDSA', 'cryptographic-key'),
    ...rows('jws', 'RS256', 'cryptographic-key'),
    ...rows('vc-jwt', 'ES256', 'did:key'),
    ...rows('eddsa-rdfc-2022', 'EdDSA', 'did:web'),
    ...rows('Ed25519Signature2020', 'EdDSA', 'did:key'),
    ...rows('ecdsa-sd-2023', 'ES256', 'did:key'),
    ...rows('ecdsa-jcs-2019', 'ES384', 'did:web'),
  ];
  const pairs = firsts.flatMap((row) =>
    (['json', 'png', 'svg'] as const).map((container) => ({ ...row, container })),
  );

  it.each(pairs)(
    '$container holds $proof: valid, and with one byte changed not',
    async ({ container, ...row }) => {
      expect(await outcomeOf(await built(row, { container }))).toBe('valid: all-passed');
      const forged = await verdictOf(await built(row, { container, forgery: 'byte-changed' }));
      expect(forged.verdict.outcome).toBe('invalid');
      expect(forged.container).toBe(container === 'json' && /jw[st]|jwt/.test(row.proof) ? 'jws' : container);
    },
  );

  it.each(firsts)('$proof verified again from its own snapshot gives the same verdict', async (row) => {
    const badge = await built(row, { ...(row.proof.startsWith('e') ? { status: {} } : {}) });
    const first = await verdictOf(badge);
    const again = await verifyBadge(
      { kind: 'bytes', bytes: first.original },
      {},
      { fetch: snapshotFetcher(first.snapshot), clock: fixedClock() },
    );
    expect(again.verdict).toEqual(first.verdict);
    expect(again.issuerProof).toEqual(first.issuerProof);
  });
});

describe('any single byte of a signed badge', () => {
  it.each([
    ...rows('jws', 'ES256', 'cryptographic-key'),
    ...rows('vc-jwt', 'EdDSA', 'did:key'),
    ...rows('vc-jwt', 'ES256K', 'did:jwk'),
    ...rows('eddsa-rdfc-2022', 'EdDSA', 'did:key'),
    ...rows('eddsa-jcs-2022', 'EdDSA', 'did:key'),
    ...rows('ecdsa-rdfc-2019', 'ES384', 'did:key'),
    ...rows('ecdsa-jcs-2019', 'ES256', 'did:key'),
    ...rows('ecdsa-sd-2023', 'ES256', 'did:key'),
    ...rows('Ed25519Signature2018', 'EdDSA', 'did:key'),
    ...rows('JsonWebSignature2020', 'ES256', 'did:key'),
  ])('T41: of $proof, changed, never leaves it valid unless it says the same', async (row) => {
    const badge = await built(row);
    const random = seeded(41);
    const honest = JSON.stringify(badge.text.startsWith('{') ? jsonOf(badge) : badge.text);
    for (let round = 0; round < 60; round += 1) {
      const [high = 0, low = 0] = random(2);
      const bytes = withByteChanged(badge.bytes, (high * 256 + low) % badge.bytes.length);
      const { verdict } = await verdictOf({ bytes, documents: badge.documents });
      if (verdict.outcome === 'valid') expect(sameMeaning(bytes)).toBe(honest);
    }
  });

  /** White space between tokens of JSON may be another; then nothing that is said has changed. */
  function sameMeaning(bytes: Uint8Array): string {
    const text = new TextDecoder().decode(bytes);
    return JSON.stringify(text.startsWith('{') ? JSON.parse(text) : text.trim());
  }
});

describe('a hosted badge', () => {
  const row: Row = { proof: 'hosted', algorithm: 'EdDSA', keyPlace: 'cryptographic-key' };
  const home = 'https://academy.example/awards/javascript-basics';

  it('is valid where it is found at its own address', async () => {
    expect(await outcomeOf(await built(row))).toBe('valid: all-passed');
  });

  it('T43: is invalid when its id is elsewhere and answers with another badge', async () => {
    const badge = await built(row, {
      change: (document) => ({ ...document, id: 'https://stranger.example/1' }),
    });
    const other = { ...badge.document, id: 'https://stranger.example/other' };
    const { verdict } = await verdictOf(badge, new Map([['https://stranger.example/1', servedJson(other)]]));
    expect(verdict.outcome).toBe('invalid');
  });

  it('T43: is invalid when it lives on a stranger’s host and names this issuer', async () => {
    const badge = await built(row, {
      change: (document) => ({ ...document, id: 'https://stranger.example/1' }),
    });
    const { verdict } = await verdictOf(
      badge,
      new Map([['https://stranger.example/1', servedJson(badge.document)]]),
    );
    expect([verdict.outcome, verdict.reason]).toEqual(['invalid', 'outside-issuer-scope']);
  });

  it('is unreachable when nobody answers at its id', async () => {
    const badge = await built(row, {
      change: (document) => ({ ...document, id: 'https://stranger.example/1' }),
    });
    expect((await verdictOf(badge)).verdict.outcome).toBe('unreachable');
  });

  it('is revoked when its address says gone, or answers with a stub', async () => {
    expect(await outcomeOf(await built(row, { revoked: 'gone' }))).toMatch(/^revoked/);
    expect(await outcomeOf(await built(row, { revoked: 'stub' }))).toMatch(/^revoked/);
  });

  it('shows what its address answers, not what was handed over', async () => {
    const badge = await built(row);
    const claimed: JsonObject = { ...badge.document, narrative: 'With distinction' };
    const { verdict, badge: read } = await verdictOf({ ...badge, bytes: utf8(JSON.stringify(claimed)) });
    expect([verdict.outcome, read?.narrative]).toEqual(['valid', undefined]);
    expect(verdict.checks.some(({ outcome }) => outcome === 'warning')).toBe(true);
    expect(badge.documents.has(home)).toBe(true);
  });
});

describe('time and state', () => {
  const signed: readonly Row[] = [
    ...rows('jws', 'RS256', 'cryptographic-key'),
    ...rows('vc-jwt', 'EdDSA', 'did:key'),
    ...rows('eddsa-rdfc-2022', 'EdDSA', 'did:key'),
    ...rows('ecdsa-jcs-2019', 'ES384', 'did:key'),
    ...rows('ecdsa-sd-2023', 'ES256', 'did:key'),
    ...rows('Ed25519Signature2018', 'EdDSA', 'did:key'),
  ];

  it.each(signed)('$proof: expired, not yet valid, and tampered before expired', async (row) => {
    const past = { awarded: '2026-01-01T00:00:00Z', expires: '2026-06-01T11:59:59Z' };
    expect(await outcomeOf(await built(row, past))).toBe('expired: has-expired');
    expect(await outcomeOf(await built(row, { ...past, expires: '2026-06-01T12:00:01Z' }))).toBe(
      'valid: all-passed',
    );
    expect(await outcomeOf(await built(row, { awarded: '2026-06-02T00:00:00Z' }))).toBe(
      'invalid: not-yet-valid',
    );
    expect(await outcomeOf(await built(row, { ...past, forgery: 'byte-changed' }))).toBe(
      'invalid: signature-bad',
    );
  });

  it('2.0: revoked when the issuer’s list names it', async () => {
    const badge = await buildBadge({ proof: 'jws', algorithm: 'ES256', revoked: 'listed' });
    expect(await outcomeOf(badge)).toBe('revoked: has-been-revoked');
  });

  it.each([
    ...rows('vc-jwt', 'ES256', 'did:web'),
    ...rows('eddsa-rdfc-2022', 'EdDSA', 'did:web'),
    ...rows('eddsa-jcs-2022', 'EdDSA', 'did:key'),
    ...rows('ecdsa-rdfc-2019', 'ES256', 'did:web'),
    ...rows('ecdsa-sd-2023', 'ES256', 'did:web'),
  ])('$proof: revoked and suspended by the bit of its status list, valid beside it', async (row) => {
    expect(await outcomeOf(await built(row, { status: {} }))).toBe('valid: all-passed');
    expect(await outcomeOf(await built(row, { status: { set: true } }))).toBe('revoked: has-been-revoked');
    const suspended = { purpose: 'suspension', set: true } as const;
    expect(await outcomeOf(await built(row, { status: suspended }))).toBe('revoked: is-suspended');
  });

  it('3.0: T44: a list whose own proof fails says nothing, and one out of reach is not good news', async () => {
    const row: Row = { proof: 'eddsa-rdfc-2022', algorithm: 'EdDSA', keyPlace: 'did:key' };
    expect(await outcomeOf(await built(row, { status: { broken: true } }))).toBe('invalid: status-list-bad');
    const badge = await built(row, { status: {} });
    const without = new Map([...badge.documents].filter(([address]) => !address.includes('/status/')));
    expect(await outcomeOf({ ...badge, documents: without })).toBe('unreachable: status-unreachable');
  });
});

describe('an issuer that cannot be asked', () => {
  it.each([
    ...rows('jws', 'RS256', 'cryptographic-key'),
    ...rows('vc-jwt', 'ES256', 'jwks'),
    ...rows('eddsa-rdfc-2022', 'EdDSA', 'did:web'),
    ...rows('ecdsa-rdfc-2019', 'ES384', 'did:web'),
    ...rows('ecdsa-sd-2023', 'ES256', 'did:web'),
  ])('$proof is unreachable, never valid', async (row) => {
    const badge = await built(row);
    expect((await verdictOf({ ...badge, documents: new Map() })).verdict.outcome).toBe('unreachable');
  });
});

it.each(['json', 'png', 'svg'] as const)('a cut-off %s is malformed, not a crash', async (container) => {
  const badge = await buildBadge({ container });
  for (const at of [0, 1, 20, 60]) {
    const { verdict } = await verdictOf({ bytes: badge.bytes.subarray(0, at), documents: badge.documents });
    expect(verdict.outcome).toBe('malformed');
  }
});
