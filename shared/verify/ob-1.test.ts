import { beforeAll, describe, expect, it } from 'vitest';
import { parseUrl } from '../model/brands.ts';
import { concat, hexOf, sha256, utf8 } from '../model/bytes.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { type BuiltOldBadge, buildOldBadge, oldRecipient } from '../testing/build-old-badge.ts';
import {
  type Documents,
  fetcherOver,
  jsonBytes,
  mergeDocuments,
  type Served,
  servedJson,
} from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { createKey, type SigningKey } from '../testing/signing-keys.ts';
import type { BadgeInput } from './open-badge.ts';
import { type Verification, verifyBadge } from './verify-badge.ts';

const origin = 'https://academy.example';
const stranger = 'https://stranger.example';
const generations = ['0.5', '1.0', '1.1'] as const;

function verify(input: BadgeInput, documents: Documents): Promise<Verification> {
  return verifyBadge(
    input,
    { recipient: [oldRecipient] },
    { fetch: fetcherOver(documents), clock: fixedClock() },
  );
}

function verifyBytes({ bytes, documents }: BuiltOldBadge): Promise<Verification> {
  return verify({ kind: 'bytes', bytes }, documents);
}

function verifyAt(address: string, documents: Documents): Promise<Verification> {
  const url = parseUrl(address);
  if (!url.ok) throw new Error(address);
  return verify({ kind: 'address', address: url.value }, documents);
}

function served(badge: BuiltOldBadge, changes: Readonly<Record<string, Served>>): Documents {
  return mergeDocuments(badge.documents, new Map(Object.entries(changes)));
}

function answer(status: number, body = ''): Served {
  return { status, mediaType: 'text/html', bytes: utf8(body) };
}

function codes({ verdict }: Verification): readonly string[] {
  return verdict.checks.map(({ detail }) => detail.code);
}

describe.each(generations)('a hosted badge of %s', (generation) => {
  it('is vouched for by its own address and loses nothing in the one view', async () => {
    const badge = await buildOldBadge({ generation });
    const { verdict, issuerProof, badge: view } = await verifyAt(badge.address, badge.documents);
    expect([verdict.outcome, verdict.reason]).toEqual(['valid', 'all-passed']);
    expect(verdict.checks.filter(({ outcome }) => outcome === 'warning')).toEqual([]);
    expect(issuerProof).toEqual({ kind: 'host', host: 'academy.example', encrypted: true });
    expect(view).toMatchObject({
      generation,
      id: badge.address,
      achievement: {
        name: 'Robotics',
        picture: `${origin}/image.png`,
        criteria: { address: `${origin}/criteria` },
      },
      issuer: { name: 'School of Webcraft', email: 'badges@academy.example' },
      document: badge.document,
    });
    expect(view?.awarded).toBe(
      generation === '0.5' ? '2012-01-01T00:00:00.000Z' : '2013-02-18T13:10:00.000Z',
    );
  });

  it.each([301, 302, 307])('is read behind a redirect of %i on the same host', async (status) => {
    const badge = await buildOldBadge({ generation });
    const moved = { ...answer(status), location: '/moved' };
    const documents = served(badge, {
      [badge.address]: moved,
      [`${origin}/moved`]: servedJson(badge.document),
    });
    const verified = await verifyAt(badge.address, documents);
    expect(verified.verdict.outcome).toBe('valid');
    expect(verified.issuerProof.kind).toBe('host');
  });

  it('is read whatever media type and byte order mark it is served with', async () => {
    const badge = await buildOldBadge({ generation });
    const bytes = concat(Uint8Array.of(0xef, 0xbb, 0xbf), jsonBytes(badge.document));
    const documents = served(badge, { [badge.address]: { status: 200, mediaType: 'text/html', bytes } });
    expect((await verifyAt(badge.address, documents)).verdict.outcome).toBe('valid');
  });

  it.each([
    ['revoked', answer(410)],
    ['revoked', answer(410, '<h1>Gone</h1>')],
    ['revoked', servedJson({ revoked: true })],
    ['unreachable', answer(404)],
    ['unreachable', answer(500, '{"oops":true}')],
    ['malformed', answer(200, '<!doctype html><title>Log in</title>')],
  ] as const)('is %s when its address says so', async (outcome, response) => {
    const badge = await buildOldBadge({ generation });
    const documents = served(badge, { [badge.address]: response });
    expect((await verifyAt(badge.address, documents)).verdict.outcome).toBe(outcome);
  });

  it('never proves an issuer that lives on another host', async () => {
    const badge = await buildOldBadge({ generation });
    const address = `${stranger}/assertion`;
    const verifyThere = generation === '0.5' ? {} : { verify: { type: 'hosted', url: address } };
    const documents = served(badge, { [address]: servedJson({ ...badge.document, ...verifyThere }) });
    const verified = await verifyAt(address, documents);
    expect(verified.verdict.outcome).toBe('valid');
    expect(codes(verified)).toContain('outside-issuer-scope');
    expect(verified.issuerProof).toEqual({ kind: 'none' });
  });
});

describe('a bare badge of 0.5', () => {
  it('proves nothing', async () => {
    const badge = await buildOldBadge({ generation: '0.5' });
    const verified = await verifyBytes(badge);
    expect([verified.verdict.outcome, verified.verdict.reason]).toEqual(['unsupported', 'no-proof']);
    expect(verified.badge?.achievement.name).toBe('Robotics');
  });

  it('is judged by the address that it is known to come from', async () => {
    const badge = await buildOldBadge({ generation: '0.5' });
    const address = parseUrl(badge.address);
    if (!address.ok) throw new Error('address');
    const input = { kind: 'bytes', bytes: badge.bytes, address: address.value } as const;
    expect((await verify(input, badge.documents)).verdict.outcome).toBe('valid');
    const other = { ...badge.document, recipient: 'someone@learner.example' };
    const documents = served(badge, { [badge.address]: servedJson(other) });
    expect((await verify(input, documents)).verdict.outcome).toBe('invalid');
  });
});

describe('a hosted badge of 1.x', () => {
  it.each(['badge', 'issuer'])(
    'is unreachable without its %s, and malformed when that is no JSON',
    async (part) => {
      const badge = await buildOldBadge();
      const gone = await verify(
        { kind: 'bytes', bytes: badge.bytes },
        served(badge, { [`${origin}/${part}`]: answer(404) }),
      );
      expect(gone.verdict.outcome).toBe('unreachable');
      const page = served(badge, { [`${origin}/${part}`]: answer(200, 'imma badge') });
      expect((await verify({ kind: 'bytes', bytes: badge.bytes }, page)).verdict.outcome).toBe('malformed');
    },
  );

  it('is whose hash it holds, the salt written as text or as a number', async () => {
    const identity = `sha256$${hexOf(await sha256(utf8(`${oldRecipient.value}12345`)))}`;
    for (const salt of ['12345', 12345, 54321]) {
      const recipient: JsonObject = { type: 'email', hashed: true, salt, identity };
      const change = (document: JsonObject) => ({ ...document, recipient });
      const badge = await buildOldBadge({ change });
      const { outcome } = (await verifyBytes(badge)).verdict;
      expect(outcome).toBe(salt === 54321 ? 'invalid' : 'valid');
    }
  });

  it('is taken back by whatever its address has left of it', async () => {
    for (const generation of ['0.5', '1.0', '1.1'] as const) {
      const badge = await buildOldBadge({ generation });
      const { badge: _, ...rest } = badge.document;
      const { '@context': context = null, type = null, uid = null, verify: way = null } = rest;
      for (const left of [rest, { uid, verify: way }, { '@context': context, type, uid }, {}]) {
        const documents = served(badge, { [badge.address]: servedJson({ ...left, revoked: true }) });
        const { outcome } = (await verifyAt(badge.address, documents)).verdict;
        expect(outcome, `${generation} ${JSON.stringify(left)}`).toBe('revoked');
        const lacking = served(badge, { [badge.address]: servedJson({ ...left, revoked: false }) });
        const otherwise = (await verifyAt(badge.address, lacking)).verdict.outcome;
        expect(['malformed', 'unsupported']).toContain(otherwise);
      }
    }
  });

  it('counts as its own address says, and not as a copy says', async () => {
    const badge = await buildOldBadge();
    const forged = jsonBytes({ ...badge.document, uid: 'another' });
    expect((await verify({ kind: 'bytes', bytes: forged }, badge.documents)).verdict.outcome).toBe('invalid');
    const harmless = jsonBytes({ ...badge.document, evidence: `${origin}/other` });
    const verified = await verify({ kind: 'bytes', bytes: harmless }, badge.documents);
    expect(verified.verdict.outcome).toBe('valid');
    expect(codes(verified)).toContain('hosted-copy-differs');
  });

  it('is known again in the copy that the Mozilla backpack baked', async () => {
    const badge = await buildOldBadge();
    const recipient = badge.document['recipient'] as JsonObject;
    const copy: JsonObject = {
      ...badge.document,
      recipient: String(recipient['identity']),
      salt: 'seasalt',
      _originalRecipient: recipient,
      badge: { name: 'Robotics', issuer: { name: 'School', origin }, _location: `${origin}/badge` },
      issued_on: 1_399_404_880,
    };
    const { verdict, badge: view } = await verify({ kind: 'bytes', bytes: jsonBytes(copy) }, badge.documents);
    expect([verdict.outcome, verdict.reason]).toEqual(['valid', 'all-passed']);
    expect(view?.document).toEqual(badge.document);
  });

  it('is read as 2.0 when its issuer has moved on, and only for the same person', async () => {
    const badge = await buildOldBadge();
    const context = { '@context': 'https://w3id.org/openbadges/v2' };
    const issuer = { ...context, type: 'Issuer', id: `${origin}/issuer`, name: 'School', url: origin };
    const badgeClass = {
      ...context,
      type: 'BadgeClass',
      id: `${origin}/badge`,
      name: 'Robotics',
      description: 'Builds robots',
      image: `${origin}/image.png`,
      criteria: { narrative: 'Build one.' },
      issuer: `${origin}/issuer`,
    };
    const { verify: _, ...rest } = badge.document;
    const assertion: JsonObject = {
      ...rest,
      ...context,
      type: 'Assertion',
      id: badge.address,
      verification: { type: 'HostedBadge' },
      issuedOn: '2013-02-18T13:10:00Z',
    };
    const documents = (now: JsonObject) =>
      served(badge, {
        [badge.address]: servedJson(now),
        [`${origin}/badge`]: servedJson(badgeClass),
        [`${origin}/issuer`]: servedJson(issuer),
      });
    const input = { kind: 'bytes', bytes: badge.bytes } as const;
    const same = await verify(input, documents(assertion));
    expect([same.verdict.outcome, same.verdict.reason]).toEqual(['valid', 'all-passed']);
    expect(same.badge?.generation).toBe('2.0');
    expect(same.issuerProof).toEqual({ kind: 'host', host: 'academy.example', encrypted: true });
    const recipient = { type: 'email', hashed: false, identity: 'someone@learner.example' };
    expect((await verify(input, documents({ ...assertion, recipient }))).verdict.outcome).toBe('invalid');
    // The other way round: the assertion is still of 1.0, its class and issuer are not.
    const mixed = await verify(input, documents(badge.document));
    expect([mixed.verdict.outcome, mixed.verdict.reason]).toEqual(['valid', 'all-passed']);
  });

  it.each([
    ['expired', { expires: '2014-02-18' }],
    ['valid', { expires: '2040-02-18' }],
    ['invalid', { issuedOn: '2040-02-18' }],
    // A day that has begun only in the far east of UTC.
    ['valid', { issuedOn: '2026-06-02' }],
    ['invalid', { issuedOn: 4_000_000_000 }],
  ] as const)('is %s by its times: %j', async (outcome, times) => {
    const badge = await buildOldBadge({ change: (document) => ({ ...document, ...times }) });
    expect((await verifyBytes(badge)).verdict.outcome).toBe(outcome);
  });

  it('must hide whom it says to hide', async () => {
    const plain = (document: JsonObject): JsonObject => ({
      ...document,
      recipient: { type: 'email', hashed: true, identity: oldRecipient.value },
    });
    expect((await verifyBytes(await buildOldBadge({ change: plain }))).verdict.outcome).toBe('malformed');
    const hidden = (hashed: boolean) => (document: JsonObject) => {
      const { recipient } = document;
      return { ...document, recipient: { ...(isJsonObject(recipient) ? recipient : {}), hashed } };
    };
    for (const [hashed, outcome] of [
      [true, 'valid'],
      [false, 'malformed'],
    ] as const)
      expect((await verifyBytes(await buildOldBadge({ change: hidden(hashed) }))).verdict.outcome).toBe(
        outcome,
      );
  });
});

describe('a signed badge of 1.x', () => {
  let key: SigningKey;
  beforeAll(async () => {
    key = await createKey('RS256');
  });

  it.each(['RS256', 'rs256'])('is its issuer’s when the key lies with the issuer (%s)', async (alg) => {
    for (const generation of ['1.0', '1.1'] as const) {
      const verified = await verifyBytes(await buildOldBadge({ generation, signed: true, key, alg }));
      expect([verified.verdict.outcome, verified.verdict.reason]).toEqual(['valid', 'all-passed']);
      expect(verified.issuerProof).toEqual({ kind: 'host', host: 'academy.example', encrypted: true });
    }
  });

  it.each(['byte-changed', 'other-key', 'algorithm-swapped', 'alg-none', 'hmac-with-public-key'] as const)(
    'is invalid when forged: %s',
    async (forgery) => {
      const verified = await verifyBytes(await buildOldBadge({ signed: true, key, forgery }));
      expect(verified.verdict.outcome).toBe('invalid');
      expect(verified.issuerProof).toEqual({ kind: 'none' });
    },
  );

  it('never proves the issuer named when the key lies on another host', async () => {
    const verified = await verifyBytes(
      await buildOldBadge({ signed: true, key, forgery: 'key-of-another-issuer' }),
    );
    expect(verified.verdict.outcome).toBe('valid');
    expect(codes(verified)).toContain('issuer-not-confirmed');
    expect(verified.issuerProof).toMatchObject({ kind: 'unconfirmed', why: 'key-elsewhere' });
  });

  it('never proves the issuer named by a key that a redirect fetched elsewhere', async () => {
    const badge = await buildOldBadge({ signed: true, key });
    const pem = badge.documents.get(badge.address);
    if (pem === undefined) throw new Error('no key');
    const documents = served(badge, {
      [badge.address]: { ...answer(302), location: `${stranger}/key.pem` },
      [`${stranger}/key.pem`]: pem,
    });
    const verified = await verify({ kind: 'bytes', bytes: badge.bytes }, documents);
    expect(verified.issuerProof.kind).toBe('unconfirmed');
  });

  it('is unreachable without its key, and invalid with a page in its place', async () => {
    const badge = await buildOldBadge({ signed: true, key });
    const input = { kind: 'bytes', bytes: badge.bytes } as const;
    expect((await verify(input, served(badge, { [badge.address]: answer(404) }))).verdict.outcome).toBe(
      'unreachable',
    );
    const page = served(badge, { [badge.address]: answer(200, '<h1>Hello</h1>') });
    expect((await verify(input, page)).verdict.outcome).toBe('invalid');
  });

  it('is revoked when the issuer’s list names its uid, in the form of 1.x or of 2.0', async () => {
    const lists: readonly JsonObject[] = [
      { d3c4ff: 'my bad' },
      { d3c4ff: '' },
      { type: 'RevocationList', revokedAssertions: [{ uid: 'd3c4ff' }] },
    ];
    for (const revocations of lists)
      expect(
        (await verifyBytes(await buildOldBadge({ signed: true, key, revocations }))).verdict.outcome,
      ).toBe('revoked');
    const none = await verifyBytes(await buildOldBadge({ signed: true, key, revocations: { found: true } }));
    expect(none.verdict.outcome).toBe('valid');
  });

  it('is revoked when it says so of itself', async () => {
    const saying = (revoked: boolean) =>
      buildOldBadge({ signed: true, key, change: (document) => ({ ...document, revoked }) });
    expect((await verifyBytes(await saying(true))).verdict.outcome).toBe('revoked');
    expect((await verifyBytes(await saying(false))).verdict.outcome).toBe('valid');
  });

  it('leaves its state open when the list named is not served', async () => {
    const badge = await buildOldBadge({ signed: true, key });
    const documents = served(badge, { [`${origin}/revocations`]: answer(404) });
    expect((await verify({ kind: 'bytes', bytes: badge.bytes }, documents)).verdict.outcome).toBe(
      'unreachable',
    );
  });

  it('is nobody’s word as JSON without its signature', async () => {
    const badge = await buildOldBadge({ signed: true, key });
    const verified = await verify({ kind: 'bytes', bytes: jsonBytes(badge.document) }, badge.documents);
    expect([verified.verdict.outcome, verified.verdict.reason]).toEqual(['invalid', 'no-proof']);
  });
});
