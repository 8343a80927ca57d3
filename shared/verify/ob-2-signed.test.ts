import { describe, expect, it } from 'vitest';
import { textOf, utf8 } from '../model/bytes.ts';
import type { Json } from '../model/json.ts';
import { type BuiltBadge, buildBadge } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { mergeDocuments, type Served, servedJson } from '../testing/documents.ts';
import { idOf, jsonAt, missing, verify, withServed } from '../testing/verify-served.ts';

const university = 'https://university.example';
const stranger = 'https://evil.example';
/** RSA of 1024 bits, long since too few. */
const weakPem = `-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDYO7omGWgygknYcFEX7z0elkpM
DeQUSnzSVLP67thpnpkwVqGZu3nMAGWzt6XQU8cJZLq1FiEZ0On/l50x3yddeDpm
sBkr3kREhbSVv1DKXV9yRV9RpXINrm6f9dgFh+Fe/EmsSpHtbLvH3yjuLcKFCyaD
qslswAokHhZPpkq17wIDAQAB
-----END PUBLIC KEY-----`;

describe('a signed 2.0 badge', () => {
  it('is revoked when it says so of itself', async () => {
    for (const [revoked, outcome] of [
      [true, 'revoked'],
      [false, 'valid'],
    ] as const) {
      const badge = await buildBadge({ proof: 'jws', change: (document) => ({ ...document, revoked }) });
      const { verdict } = await verify({ kind: 'bytes', bytes: badge.bytes }, badge.documents);
      expect(verdict.outcome).toBe(outcome);
    }
  });

  it('is an assertion: nothing of another class is vouched for by its signature', async () => {
    for (const [type, outcome] of [
      ['Assertion', 'valid'],
      [['Assertion', 'https://prizes.example/Prize'], 'valid'],
      ['https://prizes.example/Prize', 'invalid'],
    ] as const) {
      const badge = await buildBadge({ proof: 'jws', change: (document) => ({ ...document, type }) });
      const input = { kind: 'bytes', bytes: badge.bytes } as const;
      const { verdict } = await verify(input, badge.documents, { acceptsParts: true });
      expect(verdict.outcome, String(type)).toBe(outcome);
    }
  });

  it('is vouched for by the host whose profile lists the key', async () => {
    const badge = await buildBadge({ proof: 'jws', issuerOrigin: university });
    const { verdict, issuerProof } = await verify({ kind: 'bytes', bytes: badge.bytes }, badge.documents);
    expect(verdict.outcome).toBe('valid');
    expect(issuerProof).toEqual({ kind: 'host', host: 'university.example', encrypted: true });
  });

  const changes: readonly [
    string,
    (badge: BuiltBadge) => Readonly<Record<string, Served>>,
    string,
    string,
  ][] = [
    [
      'the profile does not list the key',
      (badge) => ({ [badge.issuer.id]: servedJson({ ...jsonAt(badge, badge.issuer.id), publicKey: [] }) }),
      'invalid',
      'key-not-listed',
    ],
    [
      'the profile does not list the key, which nobody serves',
      (badge) => ({
        [badge.issuer.id]: servedJson({ ...jsonAt(badge, badge.issuer.id), publicKey: [] }),
        [badge.issuer.keyId]: missing,
      }),
      'invalid',
      'key-not-listed',
    ],
    [
      'the key names another owner',
      (badge) => ({
        [badge.issuer.keyId]: servedJson({
          ...jsonAt(badge, badge.issuer.keyId),
          owner: `${university}/other`,
        }),
      }),
      'invalid',
      'key-owner-differs',
    ],
    [
      'the key is one whose signature says nothing',
      (badge) => ({
        [badge.issuer.keyId]: servedJson({ ...jsonAt(badge, badge.issuer.keyId), publicKeyPem: weakPem }),
      }),
      'unsupported',
      'key-kind-not-supported',
    ],
    [
      'the key is not served',
      (badge) => ({ [badge.issuer.keyId]: missing }),
      'unreachable',
      'document-unreachable',
    ],
    [
      'the profile is not served',
      (badge) => ({ [badge.issuer.id]: missing }),
      'unreachable',
      'document-unreachable',
    ],
  ];
  it.each(changes)('is not good when %s', async (_name, change, outcome, reason) => {
    const badge = await buildBadge({ proof: 'jws', issuerOrigin: university });
    const { verdict, issuerProof } = await verify(
      { kind: 'bytes', bytes: badge.bytes },
      withServed(badge, change(badge)),
    );
    expect(verdict).toMatchObject({ outcome, reason });
    expect(issuerProof.kind).not.toBe('host');
  });

  it('T41: cannot be signed with a key that only says it is the issuer’s', async () => {
    const honest = await buildIssuer({ origin: university, keyPlace: 'cryptographic-key' });
    const thief = await buildIssuer({ origin: stranger, keyPlace: 'cryptographic-key' });
    const real = await buildBadge({ proof: 'jws', issuer: honest });
    const badge = await buildBadge({
      proof: 'jws',
      issuer: thief,
      change: (document) => ({ ...document, badge: real.document['badge'] ?? '' }),
    });
    const key = servedJson({ ...jsonAt(badge, thief.keyId), id: honest.keyId, owner: honest.id });
    const documents = mergeDocuments(badge.documents, real.documents, new Map([[thief.keyId, key]]));
    const { verdict, issuerProof } = await verify({ kind: 'bytes', bytes: badge.bytes }, documents);
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'key-not-listed' });
    expect(issuerProof).toEqual({ kind: 'none' });
  });

  it('T43: cannot bring its issuer’s profile and keys along', async () => {
    const honest = await buildIssuer({ origin: university, keyPlace: 'cryptographic-key' });
    const thief = await buildIssuer({ origin: stranger, keyPlace: 'cryptographic-key' });
    const profile = { ...jsonAt(honest, honest.id), publicKey: [thief.keyId] };
    const badge = await buildBadge({
      proof: 'jws',
      issuer: thief,
      change: (document) => ({
        ...document,
        badge: {
          id: `${university}/badges/x`,
          type: 'BadgeClass',
          name: 'Degree',
          description: 'x',
          image: `${university}/x.png`,
          criteria: `${university}/x`,
          issuer: profile,
        },
      }),
    });
    const key = servedJson({ ...jsonAt(badge, thief.keyId), owner: honest.id });
    const documents = mergeDocuments(badge.documents, honest.documents, new Map([[thief.keyId, key]]));
    const { verdict, issuerProof } = await verify({ kind: 'bytes', bytes: badge.bytes }, documents);
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'key-not-listed' });
    expect(issuerProof).toEqual({ kind: 'none' });
  });

  it('is revoked when the issuer’s list names it, and unknown when the list is not there', async () => {
    const badge = await buildBadge({ proof: 'jws', revoked: 'listed' });
    const list = String(jsonAt(badge, badge.issuer.id)['revocationList']);
    expect((await verify({ kind: 'bytes', bytes: badge.bytes }, badge.documents)).verdict.outcome).toBe(
      'revoked',
    );
    const documents = withServed(badge, { [list]: missing });
    expect((await verify({ kind: 'bytes', bytes: badge.bytes }, documents)).verdict).toMatchObject({
      outcome: 'unreachable',
      reason: 'status-unreachable',
    });
    const lists: readonly [Json, string][] = [
      [[{ id: idOf(badge.document), revoked: false }], 'valid'],
      [[{ uid: idOf(badge.document), revocationReason: 'A mistake' }], 'revoked'],
      // What names nobody, or is written as the list of 1.x was, could mean this badge as well.
      [{ [idOf(badge.document)]: 'A mistake' }, 'invalid'],
      [[null, 'urn:uuid:00000000-0000-4000-8000-000000000000'], 'invalid'],
      [[7, idOf(badge.document)], 'revoked'],
      [[], 'valid'],
      [[`${idOf(badge.document)}0`], 'valid'],
    ];
    for (const [revokedAssertions, outcome] of lists) {
      const served = servedJson({ ...jsonAt(badge, list), revokedAssertions });
      expect(
        (await verify({ kind: 'bytes', bytes: badge.bytes }, withServed(badge, { [list]: served }))).verdict
          .outcome,
      ).toBe(outcome);
    }
    const noList = withServed(badge, { [list]: servedJson({ hello: 'world' }) });
    expect((await verify({ kind: 'bytes', bytes: badge.bytes }, noList)).verdict).toMatchObject({
      outcome: 'invalid',
      reason: 'status-list-bad',
    });
  });

  it('is revoked by a list under any name of its kind, and cleared by no other', async () => {
    const badge = await buildBadge({ proof: 'jws', revoked: 'listed' });
    const list = String(jsonAt(badge, badge.issuer.id)['revocationList']);
    const outcomeBy = async (type: Json, revokedAssertions: Json) => {
      const served = servedJson({ ...jsonAt(badge, list), type, revokedAssertions });
      const documents = withServed(badge, { [list]: served });
      return (await verify({ kind: 'bytes', bytes: badge.bytes }, documents)).verdict.outcome;
    };
    const own = idOf(badge.document);
    const obi = 'https://w3id.org/openbadges#RevocationList';
    for (const type of ['RevocationList', 'obi:RevocationList', obi, ['https://a.example/List', obi]]) {
      expect(await outcomeBy(type, [own])).toBe('revoked');
      expect(await outcomeBy(type, [`${own}0`])).toBe('valid');
    }
    for (const type of [null, 'Profile', 'ex:RevocationList']) {
      expect(await outcomeBy(type, [own])).toBe('revoked');
      expect(await outcomeBy(type, [`${own}0`])).toBe('invalid');
    }
  });

  it.each(['jws', 'vc-jwt'] as const)(
    'T41: as %s is signed by nobody when its last part is no signature',
    async (proof) => {
      const badge = await buildBadge({ proof });
      const [head, body, signature = ''] = (textOf(badge.bytes) ?? '').split('.');
      const verdictOn = async (last: string, first = head) =>
        (await verify({ kind: 'bytes', bytes: utf8(`${first}.${body}.${last}`) }, badge.documents)).verdict;
      expect(await verdictOn(signature)).toMatchObject({ outcome: 'valid' });
      // Cut off, with bits that belong to no byte, with one letter too many, and nothing at all.
      for (const last of [signature.slice(0, -2), `${signature.slice(0, -1)}_`, `${signature}AAA`, ''])
        expect(await verdictOn(last)).toMatchObject({ outcome: 'invalid', reason: 'signature-bad' });
      expect(await verdictOn(signature, `${head}_`)).toMatchObject({ outcome: 'malformed' });
    },
  );

  it('proves nothing as plain JSON', async () => {
    const badge = await buildBadge({ proof: 'jws' });
    const { verdict } = await verify(
      { kind: 'bytes', bytes: utf8(JSON.stringify(badge.document)) },
      badge.documents,
    );
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'no-proof' });
  });
});
