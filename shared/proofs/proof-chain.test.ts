import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { judge, outcomeOf } from '../testing/judge.ts';
import { type EmbeddedSuite, proofOver } from '../testing/sign-data-integrity.ts';
import type { KeyAlgorithm } from '../testing/signing-keys.ts';

const good = 'valid: all-passed';
const bad = 'invalid: signature-bad';
const broken = 'invalid: proof-chain-broken';
const id = (name: string) => `urn:uuid:0000000${name}-0000-4000-8000-000000000000`;

/** One suite and the key that signs with it. */
const kinds: readonly (readonly [EmbeddedSuite, KeyAlgorithm])[] = [
  ['eddsa-rdfc-2022', 'EdDSA'],
  ['eddsa-jcs-2022', 'EdDSA'],
  ['ecdsa-rdfc-2019', 'ES256'],
  ['ecdsa-rdfc-2019', 'ES384'],
  ['ecdsa-jcs-2019', 'ES256'],
];
/** The suites before Data Integrity have sets; their contexts know no word for what came before. */
const older: readonly (readonly [EmbeddedSuite, KeyAlgorithm])[] = [
  ['Ed25519Signature2020', 'EdDSA'],
  ['Ed25519Signature2018', 'EdDSA'],
  ['JsonWebSignature2020', 'ES256'],
];

describe.each(older)('several proofs of %s with %s', async (suite, algorithm) => {
  const issuer = await buildIssuer({ algorithm });
  const { document } = await buildBadge({ issuer, proof: suite });
  const signing = { suite, key: issuer.key, verificationMethod: issuer.keyId };
  const first = await proofOver(document, { ...signing, created: '2026-01-15T10:00:00Z' });
  const second = await proofOver(document, { ...signing, created: '2026-01-16T10:00:00Z' });

  it('are a set, and no chain', async () => {
    expect(await outcomeOf({ ...document, proof: [first, second] })).toBe(good);
    expect(
      await outcomeOf({ ...document, proof: [first, { ...second, created: '2026-01-17T10:00:00Z' }] }),
    ).toBe(bad);
    const chained = { ...second, previousProof: id('1') };
    expect(await outcomeOf({ ...document, proof: [{ ...first, id: id('1') }, chained] })).toMatch(
      /^(?:invalid|malformed)/,
    );
  });
});

describe.each(kinds)('several proofs of %s with %s', async (suite, algorithm) => {
  const issuer = await buildIssuer({ algorithm });
  const built = await buildBadge({ issuer, proof: suite });
  const { document } = built;
  const sign = (over: JsonObject, extra: JsonObject = {}) =>
    proofOver(over, {
      suite,
      key: issuer.key,
      verificationMethod: issuer.keyId,
      created: '2026-01-15T10:00:00Z',
      extra,
    });
  const first = await sign(document, { id: id('1') });
  const beside = await sign(document, { id: id('2') });
  const both = [first, beside];
  const second = await sign({ ...document, proof: both }, { id: id('3'), previousProof: [id('1'), id('2')] });
  const third = await sign({ ...document, proof: [second] }, { previousProof: id('3') });
  const independent = await sign(document);

  it('are a set: each is good by itself, and one forged spoils all', async () => {
    expect(await outcomeOf({ ...document, proof: both })).toBe(good);
    expect(await outcomeOf({ ...document, proof: [beside, first] })).toBe(good);
    const forged = { ...beside, created: '2026-01-15T10:00:01Z' };
    expect(await outcomeOf({ ...document, proof: [first, forged] })).toBe(bad);
    expect(await outcomeOf({ ...document, name: 'Another name', proof: both })).toBe(bad);
  });

  it('are a chain, alone and beside an independent proof', async () => {
    expect(await outcomeOf({ ...document, proof: [first, beside, second] })).toBe(good);
    expect(await outcomeOf({ ...document, proof: [first, beside, second, third] })).toBe(good);
    expect(await outcomeOf({ ...document, proof: [independent, first, beside, second, third] })).toBe(good);
  });

  it('break when a proof before is missing, another one, or twice there', async () => {
    expect(await outcomeOf({ ...document, proof: [first, second] })).toBe(broken);
    expect(await outcomeOf({ ...document, proof: [second] })).toBe(broken);
    expect(await outcomeOf({ ...document, proof: [first, first, beside, second] })).toBe(broken);
    const other = await sign({ ...document }, { id: id('2'), domain: 'academy.example' });
    expect(await outcomeOf({ ...document, proof: [first, other, second] })).toBe(bad);
    const { previousProof: _, ...loose } = second;
    expect(await outcomeOf({ ...document, proof: [first, beside, loose] })).toBe(bad);
    const less = { ...second, previousProof: id('1') };
    expect(await outcomeOf({ ...document, proof: [first, beside, less] })).toBe(bad);
  });

  it('break when they go round in a circle', async () => {
    const own = await sign({ ...document, proof: [first] }, { id: id('1'), previousProof: id('1') });
    expect(await outcomeOf({ ...document, proof: [own] })).toBe(broken);
    const one = { ...first, previousProof: id('2') };
    const two = { ...beside, previousProof: id('1') };
    expect(await outcomeOf({ ...document, proof: [one, two] })).toBe(broken);
    expect(await outcomeOf({ ...document, proof: [one, two, independent] })).toBe(broken);
  });
});

describe('proofs of different suites in one badge', async () => {
  const edwards = await buildIssuer();
  const { document } = await buildBadge({ issuer: edwards });
  const stranger = await buildIssuer({ algorithm: 'ES256' });
  const common = { created: '2026-01-15T10:00:00Z' } as const;
  const own = { ...common, key: edwards.key, verificationMethod: edwards.keyId };
  const theirs = { ...common, key: stranger.key, verificationMethod: stranger.keyId };
  const good1 = await proofOver(document, { ...own, suite: 'eddsa-rdfc-2022', extra: { id: id('1') } });
  const unknown = { ...good1, cryptosuite: 'bbs-2023', id: id('9') };

  it('may chain from one to the other', async () => {
    const over = { ...document, proof: [good1] };
    const next = await proofOver(over, {
      ...own,
      suite: 'eddsa-jcs-2022',
      extra: { previousProof: id('1') },
    });
    expect(await outcomeOf({ ...document, proof: [good1, next] })).toBe(good);
    expect(
      await outcomeOf({ ...document, proof: [{ ...good1, created: '2026-01-16T10:00:00Z' }, next] }),
    ).toBe(bad);
  });

  it('leave one that is not known as a warning beside a good one, and name it when it stands alone', async () => {
    const { verdict } = await judge({ ...document, proof: [good1, unknown] });
    expect(verdict.outcome).toBe('valid');
    expect(verdict.checks).toContainEqual(
      expect.objectContaining({
        outcome: 'warning',
        detail: { code: 'suite-not-supported', facts: { suite: 'bbs-2023' } },
      }),
    );
    const alone = await judge({ ...document, proof: unknown });
    expect([alone.verdict.outcome, alone.verdict.reason]).toEqual(['unsupported', 'suite-not-supported']);
  });

  it('are invalid when somebody else’s stands beside the issuer’s own', async () => {
    const other = await proofOver(document, { ...theirs, suite: 'ecdsa-jcs-2019' });
    expect(await outcomeOf({ ...document, proof: other })).toBe('invalid: key-owner-differs');
    expect(await outcomeOf({ ...document, proof: [good1, other] })).toBe('invalid: key-owner-differs');
  });

  it('are too many at eleven, though each be good', async () => {
    const many = (count: number) => Array.from({ length: count }, () => ({ ...good1 }));
    expect(await outcomeOf({ ...document, proof: many(10) })).toBe(good);
    expect(await outcomeOf({ ...document, proof: many(11) })).toBe('unsupported: beyond-limits');
  });

  it('are read one by one, whatever stands among them', async () => {
    const junk: readonly Json[] = ['text', 7, null, [good1]];
    expect(await outcomeOf({ ...document, proof: [...junk, good1] })).toMatch(/^(?:valid|invalid|malformed)/);
    expect(await outcomeOf({ ...document, proof: [...junk] })).not.toMatch(/^valid/);
  });
});
