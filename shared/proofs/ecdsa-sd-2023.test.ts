import { decode, encode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { base64UrlOf, bytesOfBase64Url, concat } from '../model/bytes.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { judge, outcomeOf } from '../testing/judge.ts';
import { signEmbedded } from '../testing/sign-data-integrity.ts';
import { deriveCopy } from '../testing/sign-selective-disclosure.ts';
import { withProof } from '../testing/signature-forgeries.ts';

const issuer = await buildIssuer({ algorithm: 'ES256' });
const { document } = await buildBadge({
  issuer,
  proof: 'ecdsa-rdfc-2019',
  expires: '2030-01-01T00:00:00Z',
  narrative: 'Says “_:c14n0 .” and "quotes"\nand lines',
});
const wish = {
  suite: 'ecdsa-sd-2023',
  key: issuer.key,
  verificationMethod: issuer.keyId,
  created: '2026-01-15T10:00:00Z',
} as const;
const base = await signEmbedded(document, wish);
const whole = ['/credentialSubject', '/name', '/validUntil'];
const most = await deriveCopy(base, whole);
const little = await deriveCopy(base, [
  '/name',
  '/credentialSubject/achievement/name',
  '/credentialSubject/achievement/description',
  '/credentialSubject/achievement/criteria',
]);
const good = 'valid: all-passed';
const bad = 'invalid: signature-bad';

/** The parts of a proof value, changed, in the same envelope. */
function withParts(signed: JsonObject, change: (parts: unknown[]) => unknown, kind?: number): JsonObject {
  const proof = isJsonObject(signed['proof']) ? signed['proof'] : {};
  const bytes = bytesOfBase64Url(String(proof['proofValue']).slice(1)) ?? new Uint8Array();
  const parts = decode(bytes.subarray(3), { useMaps: true }) as unknown[];
  const head = Uint8Array.of(0xd9, 0x5d, kind ?? bytes[2] ?? 0);
  return withProof(signed, { proofValue: `u${base64UrlOf(concat(head, encode(change(parts))))}` });
}
const turned = (bytes: unknown) =>
  (bytes as Uint8Array).map((byte, index) => (index === 5 ? byte ^ 1 : byte));

describe('the copy that a holder shows to others', () => {
  it('is valid with all of the badge, and with a part of it', async () => {
    expect(await outcomeOf(most)).toBe(good);
    expect(await outcomeOf(little)).toBe(good);
    const { badge } = await judge(little);
    expect([badge?.achievement.name, badge?.narrative, badge?.recipients]).toEqual([
      'JavaScript Basics',
      undefined,
      [],
    ]);
  });

  it('is invalid once it says anything else, in what must be shown and in what was chosen', async () => {
    expect(await outcomeOf({ ...most, name: 'Another name' })).toBe(bad);
    expect(await outcomeOf({ ...most, validFrom: '2026-01-15T10:00:01Z' })).toBe(bad);
    expect(await outcomeOf({ ...most, description: 'More' })).toBe(bad);
    expect(await outcomeOf(withProof(most, { created: '2026-01-15T10:00:01Z' }))).toBe(bad);
    const { validUntil: _, ...endless } = most;
    expect(await outcomeOf(endless)).toBe(bad);
  });

  it('is invalid with parts of another badge that the issuer signed as well', async () => {
    const other = await deriveCopy(await signEmbedded({ ...document, name: 'CSS' }, wish), whole);
    expect(await outcomeOf({ ...most, proof: other['proof'] ?? {} })).toBe(bad);
    expect(await outcomeOf(withProof({ ...most, name: 'CSS' }, {}))).toBe(bad);
  });

  it.each<[string, (parts: unknown[]) => unknown]>([
    ['the issuer’s signature', ([first, ...rest]) => [turned(first), ...rest]],
    ['the ephemeral key', ([a, key, ...rest]) => [a, turned(key), ...rest]],
    [
      'one statement’s signature',
      ([a, b, list, ...rest]) => [
        a,
        b,
        [turned((list as unknown[])[0]), ...(list as unknown[]).slice(1)],
        ...rest,
      ],
    ],
    [
      'the order of signatures',
      ([a, b, list, ...rest]) => [a, b, [...(list as unknown[])].reverse(), ...rest],
    ],
    ['a signature too few', ([a, b, list, ...rest]) => [a, b, (list as unknown[]).slice(1), ...rest]],
    [
      'a signature too many',
      ([a, b, list, ...rest]) => [a, b, [...(list as unknown[]), (list as unknown[])[0]], ...rest],
    ],
    ['no signature', ([a, b, _list, ...rest]) => [a, b, [], ...rest]],
    [
      'the name of a node',
      ([a, b, c, map, d]) => [
        a,
        b,
        c,
        new Map([...(map as Map<number, Uint8Array>)].map(([n, v], i) => [n, i === 0 ? turned(v) : v])),
        d,
      ],
    ],
    [
      'two nodes under one name',
      ([a, b, c, map, d]) => [
        a,
        b,
        c,
        new Map(
          [...(map as Map<number, Uint8Array>)].map(([n]) => [
            n,
            [...(map as Map<number, Uint8Array>).values()][0],
          ]),
        ),
        d,
      ],
    ],
    ['no names', ([a, b, c, _map, d]) => [a, b, c, new Map(), d]],
    ['names as an object', ([a, b, c, _map, d]) => [a, b, c, { 0: new Uint8Array(32) }, d]],
    [
      'the places of what must be shown',
      ([a, b, c, d, places]) => [a, b, c, d, (places as number[]).map((place) => place + 1)],
    ],
    ['no place of what must be shown', ([a, b, c, d]) => [a, b, c, d, []]],
    [
      'a place twice',
      ([a, b, c, d, places]) => [a, b, c, d, [...(places as number[]), (places as number[])[0]]],
    ],
    ['a place that is not there', ([a, b, c, d, places]) => [a, b, c, d, [...(places as number[]), 9_999]]],
    ['a place below none', ([a, b, c, d, places]) => [a, b, c, d, [...(places as number[]), -1]]],
    ['a part more', (parts) => [...parts, 0]],
    ['a part less', (parts) => parts.slice(0, 4)],
    ['no list', () => 'text'],
  ])('is invalid with %s changed', async (_name, change) => {
    expect(await outcomeOf(withParts(most, change))).toMatch(/^invalid: (?:signature-bad|bad-value)$/);
  });

  it('is invalid in an envelope that is not quite one', async () => {
    const proof = isJsonObject(most['proof']) ? most['proof'] : {};
    const value = String(proof['proofValue']);
    expect(await outcomeOf(withParts(most, (parts) => parts))).toBe(good);
    expect(await outcomeOf(withParts(most, (parts) => parts, 2))).toBe('invalid: bad-value');
    for (const text of [value.slice(1), `z${value.slice(1)}`, `${value}AA`, value.slice(0, -8), 'u', 'u2V0B'])
      expect(await outcomeOf(withProof(most, { proofValue: text })), text.slice(-20)).toBe(
        'invalid: bad-value',
      );
  });

  it('is invalid when its parts are shown as those of a holder', async () => {
    expect(
      await outcomeOf(
        withParts(most, (parts) => parts, 0),
        { audience: 'holder' },
      ),
    ).toBe('invalid: bad-value');
  });
});

describe('the proof that the issuer made for the holder', () => {
  it('is verified for the holder, who is told what it is', async () => {
    const { verdict } = await judge(base, { audience: 'holder' });
    expect(verdict.outcome).toBe('valid');
    expect(verdict.checks.map(({ detail }) => detail.code)).toContain('proof-for-holder');
    const shown = await judge(most, { audience: 'holder' });
    expect(shown.verdict.checks.map(({ detail }) => detail.code)).not.toContain('proof-for-holder');
  });

  it('is refused when somebody else is shown it', async () => {
    expect(await outcomeOf(base)).toBe('invalid: proof-for-holder');
    expect(await outcomeOf(base, { audience: 'verifier' })).toBe('invalid: proof-for-holder');
  });

  it('is invalid for the holder too once anything of it was changed', async () => {
    const asked = { audience: 'holder' } as const;
    expect(await outcomeOf({ ...base, name: 'Another name' }, asked)).toBe(bad);
    expect(await outcomeOf({ ...base, validFrom: '2026-01-15T10:00:01Z' }, asked)).toBe(bad);
    const { name: _, ...less } = base;
    expect(await outcomeOf(less, asked)).toBe(bad);
    expect(await outcomeOf({ ...base, description: 'More' }, asked)).toBe(bad);
    const changes: readonly ((parts: unknown[]) => unknown)[] = [
      ([first, ...rest]) => [turned(first), ...rest],
      ([a, key, ...rest]) => [a, turned(key), ...rest],
      ([a, b, hmac, ...rest]) => [a, b, turned(hmac), ...rest],
      ([a, b, c, list, d]) => [a, b, c, (list as unknown[]).slice(1), d],
      ([a, b, c, list, d]) => [a, b, c, [...(list as unknown[]), (list as unknown[])[0]], d],
      ([a, b, c, d]) => [a, b, c, d, ['/nowhere']],
    ];
    for (const change of changes)
      expect(await outcomeOf(withParts(base, change), asked)).toMatch(
        /^invalid: (?:signature-bad|bad-value)$/,
      );
  });
});
