import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { type BadgeProof, buildBadge, jsonOf } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { fetcherOver } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { type EmbeddedSuite, signEmbedded } from '../testing/sign-data-integrity.ts';
import { verifyBadge } from '../verify/verify-badge.ts';

const issuer = await buildIssuer();
const ecdsa = await buildIssuer({ algorithm: 'ES256' });

describe('T41: half of a character, which no encoding can hold and every encoder replaces', () => {
  const suites: readonly (EmbeddedSuite & BadgeProof)[] = [
    'eddsa-rdfc-2022',
    'eddsa-jcs-2022',
    'ecdsa-rdfc-2019',
    'ecdsa-jcs-2019',
    'Ed25519Signature2020',
    'Ed25519Signature2018',
  ];

  it.each(suites)('is never good for another, nor for its replacement: %s', async (suite) => {
    const by = suite.startsWith('ecdsa') ? ecdsa : issuer;
    const badge = await buildBadge({ proof: suite, issuer: by });
    const { proof: _, ...unsigned } = jsonOf(badge);
    const outcomeOf = async (text: string) => {
      const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
      return (await verifyBadge({ kind: 'bytes', bytes: utf8(text) }, {}, effects)).verdict.outcome;
    };
    const named = async (name: string) =>
      JSON.stringify(
        await signEmbedded(
          { ...unsigned, name },
          {
            suite,
            key: by.key,
            verificationMethod: by.keyId,
            created: '2026-01-01T00:00:00Z',
          },
        ),
      );
    const whole = await named('Weaving \ud83d\ude00');
    expect(await outcomeOf(whole)).toBe('valid');
    expect(await outcomeOf(whole.replace('\ud83d\ude00', '\\ud83d\\uDE00'))).toBe('valid');
    const replaced = await named('Weaving \ufffd');
    expect(await outcomeOf(replaced)).toBe('valid');
    for (const half of ['\\ud83d', '\\uDE00', '\\ude00\\ud83d'])
      expect(await outcomeOf(replaced.replace('\ufffd', half)), half).not.toBe('valid');
    for (const half of ['Weaving \ud83d', '\ude00 Weaving']) {
      const text = await named(half);
      expect(await outcomeOf(text)).not.toBe('valid');
      expect(await outcomeOf(text.replace(/\\ud83d|\\ude00/, '\\ud801'))).not.toBe('valid');
    }
  });

  it('is no text when it stands there in bytes', async () => {
    const badge = await buildBadge({ proof: 'vc-jwt', issuer });
    const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
    const reasonOf = async (inside: readonly number[]) => {
      const bytes = Uint8Array.of(...utf8('{"name":"'), ...inside, ...utf8('"}'));
      return (await verifyBadge({ kind: 'bytes', bytes }, {}, effects)).verdict.reason;
    };
    expect(await reasonOf([0xed, 0xa0, 0xbd])).toBe('not-json');
    expect(await reasonOf([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80])).toBe('not-json');
    expect(await reasonOf([0xf0, 0x9f, 0x98, 0x80])).toBe('not-a-badge');
  });
});
