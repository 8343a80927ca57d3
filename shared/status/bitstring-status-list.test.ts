import { describe, expect, it } from 'vitest';
import { base64UrlOf } from '../model/bytes.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { type BadgeWish, buildBadge } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import type { StatusWish } from '../testing/build-status.ts';
import { type Documents, fetcherOver, mergeDocuments, servedJson } from '../testing/documents.ts';
import { fixedClock, testNow } from '../testing/seeded.ts';
import { signEmbedded } from '../testing/sign-data-integrity.ts';
import { verify } from '../testing/verify-served.ts';
import { compressed } from '../testing/write-png.ts';
import { openSession } from '../verify/session.ts';
import { verifyBadge } from '../verify/verify-badge.ts';
import { minEntries, valueAt } from './bit-list.ts';
import { bitstringStatusList } from './bitstring-status-list.ts';
import { statusKindOf } from './registry.ts';

async function verdictWith(
  status: StatusWish,
  change: (served: Documents) => Documents = (served) => served,
  wish: BadgeWish = {},
) {
  const badge = await buildBadge({ status, ...wish });
  const effects = { fetch: fetcherOver(change(badge.documents)), clock: fixedClock() };
  const { verdict } = await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
  return `${verdict.outcome}: ${verdict.reason}`;
}

/** A list without a set bit, signed once for all that ask it. */
const served = buildIssuer().then((issuer) => listOf(issuer, new Uint8Array(16_384)));

describe('a bitstring status list', () => {
  it('is found by the type of the entry', () => {
    const entry = { type: 'BitstringStatusListEntry' };
    expect(statusKindOf(entry, { generation: '3.0', document: {} })).toBe(bitstringStatusList);
    expect(
      statusKindOf({ type: 'CredentialStatusList2017' }, { generation: '3.0', document: {} }),
    ).toBeUndefined();
  });

  it('says what its bit says, and no more', async () => {
    expect(await verdictWith({ set: false })).toBe('valid: all-passed');
    expect(await verdictWith({ set: true })).toBe('revoked: has-been-revoked');
    expect(await verdictWith({ set: true, purpose: 'suspension' })).toBe('revoked: is-suspended');
  });

  it('is read in the form of its draft of 2021 as well', async () => {
    const kind = 'StatusList2021Entry';
    const draft = (status: StatusWish, change?: (served: Documents) => Documents) =>
      verdictWith({ kind, ...status }, change, { proof: 'vc-jwt' });
    expect(await draft({})).toBe('valid: all-passed');
    expect(await draft({ set: true })).toBe('revoked: has-been-revoked');
    expect(await draft({ set: true, purpose: 'suspension' })).toBe('revoked: is-suspended');
    expect(await draft({ broken: true })).toBe('invalid: status-list-bad');
    expect(await draft({}, () => new Map())).toBe('unreachable: status-unreachable');
  });

  it('gives the issuer’s message in words and leaves the verdict as it is', async () => {
    const messages = [
      { status: '0x1', message: 'Waiting for a signature' },
      { status: '0x2', message: 'Renewed in spring' },
    ];
    const badge = await buildBadge({ status: { purpose: 'message', size: 2, value: 2, messages } });
    const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
    const { verdict } = await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
    expect(verdict.outcome).toBe('valid');
    expect(verdict.checks.find(({ detail }) => detail.code === 'status-message')?.detail.facts).toEqual({
      message: 'Renewed in spring',
    });
  });

  it('gives the issuer’s words for a revocation or suspension as its reason', async () => {
    const messages = [
      { status: '0x0', message: 'All is well' },
      { status: '0x1', message: 'Awarded by mistake' },
    ];
    const reasonOf = async (status: StatusWish) => {
      const badge = await buildBadge({ status });
      const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
      const { verdict } = await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
      const deciding = verdict.checks.find(({ asks }) => asks === 'revoked');
      return [verdict.reason, deciding?.detail.facts];
    };
    const reason = 'Awarded by mistake';
    expect(await reasonOf({ set: true, messages })).toEqual(['has-been-revoked', { reason }]);
    expect(await reasonOf({ set: true, purpose: 'suspension', messages })).toEqual([
      'is-suspended',
      { reason },
    ]);
    expect(await reasonOf({ set: true })).toEqual(['has-been-revoked', {}]);
  });

  it('tells of a newer version, and of a value that it has no words for', async () => {
    const codeOf = async (status: StatusWish) => {
      const badge = await buildBadge({ status });
      const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
      const { verdict } = await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
      return [
        verdict.outcome,
        ...verdict.checks.filter(({ check }) => check === 'status').map(({ detail }) => detail.code),
      ];
    };
    expect(await codeOf({ purpose: 'refresh', set: true })).toEqual(['valid', 'newer-version']);
    expect(await codeOf({ purpose: 'message', size: 4, value: 9 })).toEqual([
      'valid',
      'status-value',
      'field-loose',
    ]);
  });

  it('never lets a badge pass when nobody answers, or the list does not hold', async () => {
    expect(await verdictWith({}, () => new Map())).toBe('unreachable: status-unreachable');
    expect(await verdictWith({ broken: true })).toBe('invalid: status-list-bad');
  });

  it('tells when somebody else signed the list', async () => {
    const signedBy = await buildIssuer();
    const badge = await buildBadge({ status: { signedBy } });
    const fetch = fetcherOver(mergeDocuments(badge.documents, signedBy.documents));
    const { verdict } = await verifyBadge(
      { kind: 'bytes', bytes: badge.bytes },
      {},
      { fetch, clock: fixedClock() },
    );
    expect(verdict.outcome).toBe('valid');
    expect(verdict.checks.map((check) => check.detail.code)).toContain('status-list-other-key');
  });

  /** A badge whose issuer is proven by his keys at their address; its list is signed by whoever wrote it. */
  async function listedBy(isIssuer: boolean, scheme: 'https' | 'http') {
    const issuer = await buildIssuer({ keyPlace: 'jwks' });
    const { key } = await buildIssuer();
    const stranger = { ...issuer, key, keyId: `${issuer.id}#${key.multikey}` };
    const at = (text: string) =>
      text.replaceAll('https://academy.example/status', `${scheme}://lists.example`);
    const badge = await buildBadge({
      issuer,
      status: { signedBy: isIssuer ? issuer : stranger },
      change: (document) => JSON.parse(at(JSON.stringify(document))) as JsonObject,
    });
    const documents = new Map([...badge.documents].map(([address, answer]) => [at(address), answer]));
    const { verdict, issuerProof } = await verify({ kind: 'bytes', bytes: badge.bytes }, documents);
    const codes = verdict.checks.flatMap(({ check, outcome, detail }) =>
      check === 'status' && outcome !== 'passed' ? [detail.code] : [],
    );
    return [`${verdict.outcome}: ${verdict.reason}`, issuerProof.kind, codes];
  }

  it('T44: tells when nothing says that the issuer signed the list, and needs that on an open way', async () => {
    const moved = 'status-list-id-differs';
    const open = 'status-list-not-confirmed';
    expect(await listedBy(true, 'https')).toEqual(['valid: all-passed', 'host', [moved]]);
    expect(await listedBy(true, 'http')).toEqual(['valid: all-passed', 'host', [moved]]);
    expect(await listedBy(false, 'https')).toEqual(['valid: all-passed', 'host', [open, moved]]);
    expect(await listedBy(false, 'http')).toEqual([`unreachable: ${open}`, 'host', [open]]);
  });

  it.each([
    ['an index outside the list', { statusListIndex: '131072' }, 'status-index-out-of-range', 'invalid'],
    ['the last index', { statusListIndex: '131071' }, 'not-revoked', undefined],
    ['another purpose', { statusPurpose: 'suspension' }, 'status-list-bad', 'invalid'],
  ])('answers for %s', async (_, change, code, asks) => {
    const checks = await checkEntry(await served, change);
    expect(checks[0]).toMatchObject({ detail: { code }, ...(asks === undefined ? {} : { asks }) });
  });

  it.each(['0', '000', 0, '131071', 131_071])('T44: has a place %j', async (statusListIndex) => {
    const [check] = await checkEntry(await served, { statusListIndex });
    expect(check).toMatchObject({ outcome: 'passed', detail: { code: 'not-revoked' } });
  });

  it.each([
    ['-1', '-0', ' 0', '0 ', '+0', '', '0.0', '1e1', '0x0', '٠', '0,1', '9'.repeat(301), 'null'],
    [-1, 0.5, 1e21, true, null, ['0'], { '@value': '0' }],
  ])('T44: has no place that is no whole number', async (...places) => {
    for (const statusListIndex of places) {
      const [check] = await checkEntry(await served, { statusListIndex });
      expect(check, JSON.stringify(statusListIndex)).toMatchObject({
        detail: { code: 'bad-value' },
        asks: 'malformed',
      });
    }
    for (const length of [12, 13, 300]) {
      const [beyond] = await checkEntry(await served, { statusListIndex: '9'.repeat(length) });
      expect(beyond).toMatchObject({ detail: { code: 'status-index-out-of-range' }, asks: 'invalid' });
    }
  });

  it('T44: has entries of one to 32 bits, and of no other size', async () => {
    const codeWith = async (statusSize: Json) =>
      (await checkEntry(await served, { statusSize }))[0]?.detail.code;
    expect(await codeWith(1)).toBe('not-revoked');
    expect(await codeWith(32)).toBe('not-revoked');
    for (const size of [0, -1, 1.5, 33, 2 ** 31, 1e300, '1', ' 1 ', '', null, true, [1]])
      expect(await codeWith(size), JSON.stringify(size)).toBe('bad-value');
  });

  it.each([
    ['with padding', (text: string) => `u${text}==`],
    ['without the word for its alphabet', (text: string) => text],
    ['in the other alphabet', (text: string) => text.replaceAll('-', '+').replaceAll('_', '/')],
  ] as const)('is read %s, which is told', async (_name, write) => {
    const issuer = await buildIssuer();
    for (const [first, code] of [
      [0, 'not-revoked'],
      [0x80, 'has-been-revoked'],
    ] as const) {
      const bits = new Uint8Array(minEntries / 8);
      bits[0] = first;
      const codes = (await checkEntry(await listOf(issuer, bits, write), {})).map(
        ({ detail }) => detail.code,
      );
      expect(codes).toEqual(expect.arrayContaining([code, 'field-loose']));
      const usual = (await checkEntry(await listOf(issuer, bits), {})).map(({ detail }) => detail.code);
      expect(usual).toContain(code);
      expect(usual).not.toContain('field-loose');
    }
  });

  it('counts bits from the left of the first byte', () => {
    expect(valueAt(new Uint8Array([0b1000_0000]), 0, 1)).toBe(1);
    expect(valueAt(new Uint8Array([0b1000_0000]), 7, 1)).toBe(0);
    expect(valueAt(new Uint8Array([0b0000_0001, 0b1000_0000]), 6, 4)).toBe(0b0110);
  });
});

type Issuer = Awaited<ReturnType<typeof buildIssuer>>;
const address = 'https://academy.example/list';

async function listOf(
  issuer: Issuer,
  bits: Uint8Array,
  write = (text: string) => `u${text}`,
): Promise<Documents> {
  const list: JsonObject = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: address,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: issuer.id,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: `${address}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: write(base64UrlOf(await compressed(bits, 'gzip'))),
    },
  };
  const signed = await signEmbedded(list, {
    suite: 'eddsa-rdfc-2022',
    key: issuer.key,
    verificationMethod: issuer.keyId,
    created: '2026-01-01T00:00:00Z',
  });
  return new Map([[address, servedJson(signed)]]);
}

async function checkEntry(documents: Documents, change: JsonObject) {
  const fetch = fetcherOver(documents);
  const { session } = openSession(testNow, fetch, () => undefined);
  const entry = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '0',
    statusListCredential: address,
    ...change,
  };
  const verifyCredential = async (bytes: Uint8Array) => {
    const { verdict, issuerProof, document } = await verifyBadge(
      { kind: 'bytes', bytes },
      { acceptsParts: true },
      { fetch, clock: fixedClock() },
    );
    const text = new TextDecoder().decode(document);
    return { verdict, issuerProof, subject: { generation: 'vc-2.0' as const, document: JSON.parse(text) } };
  };
  const subject = { generation: '3.0' as const, document: {} };
  return bitstringStatusList.check(entry, subject, { session, verifyCredential });
}

describe('a list of news', () => {
  it.each(['message', 'refresh'] as const)(
    'for %s that does not hold is told and no verdict',
    async (purpose) => {
      const badge = await buildBadge({ status: { purpose, broken: true } });
      const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
      const { verdict } = await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
      expect(verdict.outcome).toBe('valid');
      expect(verdict.checks).toContainEqual(
        expect.objectContaining({
          outcome: 'warning',
          detail: expect.objectContaining({ code: 'status-list-bad' }),
        }),
      );
      expect(await verdictWith({ broken: true })).toBe('invalid: status-list-bad');
    },
  );
});
