import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrl } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { type BuiltBadge, buildBadge, jsonOf } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import {
  type Documents,
  fetcherOver,
  mergeDocuments,
  type Served,
  servedJson,
} from '../testing/documents.ts';
import { fixedClock, testNow } from '../testing/seeded.ts';
import type { BadgeInput } from './open-badge.ts';
import { snapshotFetcher } from './snapshot.ts';
import { type Verification, verifyBadge } from './verify-badge.ts';

const university = 'https://university.example';
const stranger = 'https://evil.example';

function verify(input: BadgeInput, documents: Documents): Promise<Verification> {
  return verifyBadge(input, {}, { fetch: fetcherOver(documents), clock: fixedClock() });
}

function verifyAt(address: string, documents: Documents): Promise<Verification> {
  const url = parseUrl(address);
  if (!url.ok) throw new Error(address);
  return verify({ kind: 'address', address: url.value }, documents);
}

function withServed(
  badge: Pick<BuiltBadge, 'documents'>,
  changes: Readonly<Record<string, Served>>,
): Documents {
  return mergeDocuments(badge.documents, new Map(Object.entries(changes)));
}

function codesOf({ verdict }: Verification, outcome: string): readonly string[] {
  return verdict.checks.filter((check) => check.outcome === outcome).map((check) => check.detail.code);
}

const gone: Served = { status: 410, mediaType: 'text/html', bytes: utf8('<h1>Gone</h1>') };
const missing: Served = { status: 404, mediaType: 'text/html', bytes: utf8('') };
const page: Served = {
  status: 200,
  mediaType: 'text/html',
  bytes: utf8('<!doctype html><title>Log in</title>'),
};

function id(object: JsonObject): string {
  return String(object['id']);
}

describe('a hosted 2.0 badge', () => {
  it('is vouched for by the host that serves it, and by that name', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: university });
    for (const verified of [
      await verify({ kind: 'bytes', bytes: badge.bytes }, badge.documents),
      await verifyAt(id(badge.document), badge.documents),
    ]) {
      expect(verified.verdict.outcome).toBe('valid');
      expect(verified.issuerProof).toEqual({ kind: 'host', host: 'university.example', encrypted: true });
      expect(verified.badge?.achievement.name).not.toBe('');
    }
  });

  it('says that a host was not asked over an encrypted way', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: 'http://university.example' });
    const verified = await verify({ kind: 'bytes', bytes: badge.bytes }, badge.documents);
    expect(verified.verdict.outcome).toBe('valid');
    expect(verified.issuerProof).toEqual({ kind: 'host', host: 'university.example', encrypted: false });
    expect(codesOf(verified, 'warning')).toContain('not-encrypted');
  });

  const answers: readonly [string, Served | undefined, string, string][] = [
    ['410 with a page as its body', gone, 'revoked', 'gone'],
    ['404', missing, 'unreachable', 'document-unreachable'],
    ['500', { ...page, status: 500 }, 'unreachable', 'document-unreachable'],
    ['a page instead of a badge', page, 'malformed', 'document-not-json'],
    ['nothing', undefined, 'unreachable', 'document-unreachable'],
  ];
  it.each(answers)('is judged by what its address answers: %s', async (_name, answer, outcome, reason) => {
    const badge = await buildBadge({ proof: 'hosted' });
    const documents = new Map(badge.documents);
    if (answer === undefined) documents.delete(id(badge.document));
    else documents.set(id(badge.document), answer);
    const { verdict } = await verify({ kind: 'bytes', bytes: badge.bytes }, documents);
    expect(verdict).toMatchObject({ outcome, reason });
  });

  it('is revoked when the address says so, in whatever words', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const context = badge.document['@context'] ?? '';
    const bodies: readonly JsonObject[] = [
      { '@context': context, id: id(badge.document), type: 'Assertion', revoked: true },
      { ...badge.document, revoked: true, revocationReason: 'A mistake' },
    ];
    for (const body of bodies) {
      const documents = withServed(badge, { [id(badge.document)]: servedJson(body) });
      expect((await verify({ kind: 'bytes', bytes: badge.bytes }, documents)).verdict.outcome).toBe(
        'revoked',
      );
    }
  });

  it('is the hosted one where the copies differ, and refused where they name different things', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const differing = async (change: JsonObject) =>
      verify(
        { kind: 'bytes', bytes: utf8(JSON.stringify({ ...badge.document, ...change })) },
        badge.documents,
      );
    const told = await differing({ narrative: 'I did it all alone' });
    expect(told.verdict.outcome).toBe('valid');
    expect(told.badge?.narrative).not.toBe('I did it all alone');
    expect(codesOf(told, 'warning')).toContain('hosted-copy-differs');
    const recipient = { type: 'email', hashed: false, identity: 'thief@evil.example' };
    expect((await differing({ recipient })).verdict).toMatchObject({
      outcome: 'invalid',
      reason: 'hosted-copy-differs',
    });
    expect((await differing({ badge: `${university}/badges/better` })).verdict.outcome).toBe('invalid');
  });

  it('is malformed when the issuer that answers is no issuer', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: university });
    const criteria = { '@context': 'https://w3id.org/openbadges/v2', id: badge.issuer.id, type: 'Criteria' };
    const { verdict } = await verify(
      { kind: 'bytes', bytes: badge.bytes },
      withServed(badge, { [badge.issuer.id]: servedJson(criteria) }),
    );
    expect(verdict.outcome).toBe('malformed');
  });

  it('needs its badge class and its issuer', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    for (const address of [String(badge.document['badge']), badge.issuer.id]) {
      const { verdict } = await verify(
        { kind: 'bytes', bytes: badge.bytes },
        withServed(badge, { [address]: missing }),
      );
      expect(verdict).toMatchObject({ outcome: 'unreachable', reason: 'document-unreachable' });
    }
  });

  it('is no badge when it is only a part of one', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    for (const address of [String(badge.document['badge']), badge.issuer.id]) {
      const { verdict } = await verifyAt(address, badge.documents);
      expect(verdict).toMatchObject({ outcome: 'malformed', reason: 'not-a-badge' });
      const url = parseUrl(address);
      if (!url.ok) throw new Error(address);
      const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
      const part = await verifyBadge(
        { kind: 'address', address: url.value },
        { acceptsParts: true },
        effects,
      );
      expect(part.verdict.outcome).toBe('valid');
    }
  });

  it('keeps its verdict from its own snapshot, with no network', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const input: BadgeInput = { kind: 'bytes', bytes: badge.bytes };
    const first = await verify(input, badge.documents);
    const again = await verifyBadge(
      input,
      {},
      { fetch: snapshotFetcher(first.snapshot), clock: fixedClock() },
    );
    expect(again.verdict).toEqual(first.verdict);
    expect(again.issuerProof).toEqual(first.issuerProof);
  });
});

/** A badge on the stranger's host, as a thief would write it: `changes` replace what his server answers. */
async function theft(
  changes: (
    evil: BuiltBadge,
    honest: BuiltBadge,
  ) => { assertion?: JsonObject; badgeClass?: JsonObject; served?: Readonly<Record<string, Served>> },
) {
  const honest = await buildBadge({ proof: 'hosted', issuerOrigin: university });
  const evil = await buildBadge({ proof: 'hosted', issuerOrigin: stranger });
  const { assertion = evil.document, badgeClass, served = {} } = changes(evil, honest);
  const classAddress = String(evil.document['badge']);
  const classDocument = badgeClass ?? jsonAt(evil, classAddress);
  const documents = mergeDocuments(
    honest.documents,
    evil.documents,
    new Map([
      [id(evil.document), servedJson(assertion)],
      [classAddress, servedJson(classDocument)],
      ...Object.entries(served),
    ]),
  );
  return verifyAt(id(evil.document), documents);
}

function jsonAt({ documents }: Pick<BuiltBadge, 'documents'>, address: string): JsonObject {
  const served = documents.get(address);
  if (served === undefined) throw new Error(`nothing is served at ${address}`);
  return JSON.parse(new TextDecoder().decode(served.bytes));
}

describe("T43: nobody speaks with another host's name", () => {
  const thefts: readonly [string, Parameters<typeof theft>[0]][] = [
    [
      'an id that is the university’s',
      (evil, honest) => ({ assertion: { ...evil.document, id: id(honest.document) } }),
    ],
    [
      'the university’s badge class',
      (evil, honest) => ({ assertion: { ...evil.document, badge: honest.document['badge'] ?? '' } }),
    ],
    [
      'a badge class that names the university as its issuer',
      (evil, honest) => ({
        badgeClass: { ...jsonAt(evil, String(evil.document['badge'])), issuer: honest.issuer.id },
      }),
    ],
    [
      'an embedded copy of the university’s profile',
      (evil, honest) => ({
        badgeClass: {
          ...jsonAt(evil, String(evil.document['badge'])),
          issuer: jsonAt(honest, honest.issuer.id),
        },
      }),
    ],
    [
      'an embedded profile of the university with a policy that allows the stranger',
      (evil, honest) => ({
        badgeClass: {
          ...jsonAt(evil, String(evil.document['badge'])),
          issuer: { ...jsonAt(honest, honest.issuer.id), verification: { allowedOrigins: ['evil.example'] } },
        },
      }),
    ],
    [
      'an embedded badge class with such a profile inside',
      (evil, honest) => ({
        assertion: {
          ...evil.document,
          badge: {
            ...jsonAt(evil, String(evil.document['badge'])),
            issuer: {
              ...jsonAt(honest, honest.issuer.id),
              verification: { startsWith: [`${stranger}/`], allowedOrigins: ['evil.example'] },
            },
          },
        },
      }),
    ],
    [
      'a profile on the stranger’s host that says it is the university’s',
      (evil, honest) => ({
        served: {
          [evil.issuer.id]: servedJson({
            ...jsonAt(evil, evil.issuer.id),
            id: honest.issuer.id,
            verification: { allowedOrigins: ['evil.example'] },
          }),
        },
      }),
    ],
    [
      'a profile that claims an address of the university which nobody answers',
      (evil) => ({
        served: {
          [evil.issuer.id]: servedJson({ ...jsonAt(evil, evil.issuer.id), id: `${university}/nobody` }),
        },
      }),
    ],
  ];
  it.each(thefts)('not with %s', async (_name, changes) => {
    const { verdict, issuerProof } = await theft(changes);
    expect(verdict.outcome).not.toBe('valid');
    expect(issuerProof).not.toMatchObject({ host: 'university.example' });
  });

  it('not through a redirect of the university that leads anywhere', async () => {
    const open = `${university}/leave?to=`;
    const evil = await buildBadge({ proof: 'hosted', issuerOrigin: stranger });
    const address = `${open}award`;
    const issuerAddress = `${open}issuer`;
    const context = 'https://w3id.org/openbadges/v2';
    const profile = {
      '@context': context,
      id: issuerAddress,
      type: 'Issuer',
      name: 'University',
      url: university,
      email: 'a@university.example',
      verification: { allowedOrigins: ['university.example', 'evil.example'] },
    };
    const badgeClass = { ...jsonAt(evil, String(evil.document['badge'])), issuer: issuerAddress };
    const redirect = (location: string): Served => ({
      status: 302,
      mediaType: '',
      bytes: utf8(''),
      location,
    });
    const verified = await verifyAt(
      address,
      new Map([
        [address, redirect(`${stranger}/a`)],
        [issuerAddress, redirect(`${stranger}/i`)],
        [`${stranger}/a`, servedJson({ ...evil.document, id: address, badge: badgeClass })],
        [`${stranger}/i`, servedJson(profile)],
      ]),
    );
    expect(verified.issuerProof).toEqual({ kind: 'none' });
    expect(codesOf(verified, 'warning')).toContain('hosted-redirected');
  });

  it('but a stranger’s badge that says whose it is stands in the stranger’s own name', async () => {
    const { verdict, issuerProof } = await theft(() => ({}));
    expect(verdict.outcome).toBe('valid');
    expect(issuerProof).toEqual({ kind: 'host', host: 'evil.example', encrypted: true });
  });
});

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
      [[{ id: id(badge.document), revoked: false }], 'valid'],
      [[{ uid: id(badge.document), revocationReason: 'A mistake' }], 'revoked'],
      [[], 'valid'],
      [[`${id(badge.document)}0`], 'valid'],
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

  it('proves nothing as plain JSON', async () => {
    const badge = await buildBadge({ proof: 'jws' });
    const { verdict } = await verify(
      { kind: 'bytes', bytes: utf8(JSON.stringify(badge.document)) },
      badge.documents,
    );
    expect(verdict).toMatchObject({ outcome: 'invalid', reason: 'no-proof' });
  });
});

describe('a 2.0 badge in any shape', () => {
  it('T41: never becomes good by any change of one value of its hosted documents to another’s', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: university });
    const fields = ['id', 'type', 'recipient', 'badge', 'verification', 'issuedOn'] as const;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), fc.jsonValue(), async (field, value) => {
        const changed: JsonObject = { ...jsonOf(badge), [field]: JSON.parse(JSON.stringify(value)) };
        const { verdict } = await verify(
          { kind: 'bytes', bytes: utf8(JSON.stringify(changed)) },
          badge.documents,
        );
        // A presented copy that names other things than the hosted one is refused, or cannot be read at all.
        expect(verdict.outcome).not.toBe('valid');
      }),
      { numRuns: 300, examples: [['type', 'A:!']] },
    );
  });

  it('answers with a verdict whatever its documents are', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: university });
    const addresses = [...badge.documents.keys()];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...addresses),
        fc.oneof(fc.uint8Array(), fc.json().map(utf8)),
        async (address, bytes) => {
          const served = { status: 200, mediaType: 'application/json', bytes: new Uint8Array(bytes) };
          const { verdict } = await verify(
            { kind: 'bytes', bytes: badge.bytes },
            withServed(badge, { [address]: served }),
          );
          expect(verdict.at).toBe(testNow);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('T49: a host is shown as the issuer only for its own word', () => {
  it.each(['controller', 'jwks'] as const)(
    'not for a 3.0 key (%s) that a redirect of it leads to',
    async (keyPlace) => {
      const thief = await buildIssuer({ origin: stranger, keyPlace });
      const badge = await buildBadge({ proof: 'vc-jwt', issuer: thief });
      const moved = new Map<string, Served>();
      for (const [address, served] of badge.documents) {
        moved.set(address, {
          status: 302,
          mediaType: '',
          bytes: utf8(''),
          location: address.replace(stranger, 'https://cdn.example'),
        });
        moved.set(address.replace(stranger, 'https://cdn.example'), served);
      }
      const honest = await verify({ kind: 'bytes', bytes: badge.bytes }, badge.documents);
      expect(honest.issuerProof).toMatchObject({ kind: 'host', host: 'evil.example' });
      const redirected = await verify({ kind: 'bytes', bytes: badge.bytes }, moved);
      expect(redirected.issuerProof.kind).not.toBe('host');
    },
  );
});

describe('endorsements of a 2.0 badge', () => {
  const context = 'https://w3id.org/openbadges/v2';
  const endorser = `${university}/endorser`;
  const address = `${university}/endorsement`;
  const profile = {
    '@context': context,
    id: endorser,
    type: 'Profile',
    name: 'Dean',
    url: university,
    email: 'dean@university.example',
  };

  async function endorsed(change: JsonObject, embed: boolean) {
    const badge = await buildBadge({ proof: 'hosted' });
    const classAddress = String(badge.document['badge']);
    const endorsement = {
      '@context': context,
      id: address,
      type: 'Endorsement',
      claim: { id: classAddress, endorsementComment: 'Well made' },
      issuer: endorser,
      issuedOn: '2025-01-01T00:00:00Z',
      verification: { type: 'HostedBadge' },
      ...change,
    };
    const { '@context': _, ...bare } = endorsement;
    const badgeClass = { ...jsonAt(badge, classAddress), endorsement: embed ? bare : [address] };
    const documents = withServed(badge, {
      [classAddress]: servedJson(badgeClass),
      [address]: servedJson(endorsement),
      [endorser]: servedJson(profile),
    });
    return verify({ kind: 'bytes', bytes: badge.bytes }, documents);
  }

  it.each([true, false])('are counted when the endorser stands behind them (embedded: %s)', async (embed) => {
    const verified = await endorsed({}, embed);
    expect(verified.verdict.outcome).toBe('valid');
    expect(codesOf(verified, 'passed')).toContain('endorsement-good');
    expect(verified.badge?.endorsements.map(({ comment }) => comment)).toEqual(embed ? ['Well made'] : []);
  });

  const bad: readonly [string, JsonObject][] = [
    ['speak of something else', { claim: { id: `${university}/other` } }],
    ['are taken back', { revoked: true }],
    ['are over', { expires: '2025-06-01T00:00:00Z' }],
    ['lie outside the endorser’s policy', { issuer: { ...profile, id: `${stranger}/endorser` } }],
    ['are no endorsements', { type: 'Assertion' }],
  ];
  it.each(bad)('do not count, and do not spoil the badge, when they %s', async (_name, change) => {
    const verified = await endorsed(change, false);
    expect(verified.verdict.outcome).toBe('valid');
    expect(codesOf(verified, 'warning')).toContain('endorsement-bad');
    expect(codesOf(verified, 'passed')).not.toContain('endorsement-good');
  });
});
