import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrl } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { fetcherOver, jsonBytes, type Served, servedJson } from '../testing/documents.ts';
import { fixedClock, testNow } from '../testing/seeded.ts';
import {
  codesOf,
  gone,
  idOf,
  jsonAt,
  missing,
  page,
  verify,
  verifyAt,
  withServed,
} from '../testing/verify-served.ts';
import type { BadgeInput } from './open-badge.ts';
import { snapshotFetcher } from './snapshot.ts';
import { verifyBadge } from './verify-badge.ts';

const university = 'https://university.example';

describe('a hosted 2.0 badge', () => {
  it('is vouched for by the host that serves it, and by that name', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: university });
    for (const verified of [
      await verify({ kind: 'bytes', bytes: badge.bytes }, badge.documents),
      await verifyAt(idOf(badge.document), badge.documents),
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

  it('is bound by a policy inside the profile, whatever it is called, and by one that is only linked', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: university });
    const profile = badge.issuer.id;
    const linked = `${university}/policy`;
    const outcomeBy = async (verification: JsonObject | string, allowed: string) => {
      const policy = { '@context': 'https://w3id.org/openbadges/v2', id: linked, type: 'VerificationObject' };
      const documents = withServed(badge, {
        [profile]: servedJson({ ...jsonAt(badge, profile), verification }),
        [linked]: servedJson({ ...policy, allowedOrigins: allowed }),
      });
      return (await verify({ kind: 'bytes', bytes: badge.bytes }, documents)).verdict.outcome;
    };
    const [own, other] = ['university.example', 'other.example'];
    for (const id of [undefined, `${profile}#policy`, `${university}/nowhere`, linked, '_:b0']) {
      const inside = (allowedOrigins: string): JsonObject => ({
        ...(id === undefined ? {} : { id }),
        allowedOrigins,
      });
      expect(await outcomeBy(inside(own), other)).toBe('valid');
      expect(await outcomeBy(inside(other), own)).toBe('invalid');
    }
    for (const link of [linked, { id: linked }]) {
      expect(await outcomeBy(link, own)).toBe('valid');
      expect(await outcomeBy(link, other)).toBe('invalid');
    }
    expect(await outcomeBy({ id: `${university}/nowhere` }, own)).toBe('unreachable');
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
    if (answer === undefined) documents.delete(idOf(badge.document));
    else documents.set(idOf(badge.document), answer);
    const { verdict } = await verify({ kind: 'bytes', bytes: badge.bytes }, documents);
    expect(verdict).toMatchObject({ outcome, reason });
  });

  it('is revoked when the address says so, in whatever words', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const context = badge.document['@context'] ?? '';
    const bodies: readonly JsonObject[] = [
      { '@context': context, id: idOf(badge.document), type: 'Assertion', revoked: true },
      { ...badge.document, revoked: true, revocationReason: 'A mistake' },
      { '@context': context, id: idOf(badge.document), revoked: true },
      { revoked: true },
    ];
    for (const body of bodies) {
      const documents = withServed(badge, { [idOf(badge.document)]: servedJson(body) });
      for (const verified of [
        await verify({ kind: 'bytes', bytes: badge.bytes }, documents),
        await verifyAt(idOf(badge.document), documents),
      ])
        expect(verified.verdict.outcome, JSON.stringify(body)).toBe('revoked');
    }
  });

  it.each([
    ['from http to https', university.replace('https:', 'http:')],
    ['to another host', 'https://old-name.example'],
  ])('is known again where its issuer has moved %s since', async (_, old) => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: university });
    const text = new TextDecoder().decode(badge.bytes).replaceAll(university, old);
    const moved = [...badge.documents.keys()].map((address): [string, Served] => {
      const answer = { status: 301, mediaType: '', bytes: new Uint8Array(), location: address };
      return [address.replace(university, old), answer];
    });
    const documents = withServed(badge, Object.fromEntries(moved));
    const verified = await verify({ kind: 'bytes', bytes: utf8(text) }, documents);
    expect(verified.verdict.outcome).toBe('valid');
    expect(verified.issuerProof).toEqual({ kind: 'host', host: 'university.example', encrypted: true });
    expect(codesOf(verified, 'warning')).toEqual(['hosted-redirected', 'hosted-copy-differs']);
    expect(verified.badge?.id).toBe(idOf(badge.document));

    const of = async (presented: JsonObject, served: JsonObject) => {
      const there = withServed({ documents }, { [idOf(badge.document)]: servedJson(served) });
      return (await verify({ kind: 'bytes', bytes: jsonBytes(presented) }, there)).verdict.outcome;
    };
    const given: JsonObject = JSON.parse(text);
    const someone = { type: 'email', hashed: false, identity: 'someone@learner.example' };
    expect(await of(given, badge.document)).toBe('valid');
    expect(await of({ ...given, recipient: someone }, badge.document)).toBe('invalid');
    expect(await of({ ...given, badge: `${old}/another` }, badge.document)).toBe('invalid');
    const elsewhere = String(given['badge']).replace(old, 'https://stranger.example');
    expect(await of({ ...given, badge: elsewhere }, badge.document)).toBe('invalid');
    expect(await of({ ...given, badge: badge.document['badge'] ?? '' }, badge.document)).toBe('valid');
    // Only an address that gives itself as the id is one.
    expect(await of(given, { ...badge.document, id: `${university}/elsewhere` })).toBe('invalid');
  });

  it('may have a class and an issuer that stayed in the form of 1.1', async () => {
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: university });
    const classAddress = String(badge.document['badge']);
    const context = 'https://w3id.org/openbadges/v1';
    const badgeClass: JsonObject = {
      '@context': context,
      type: 'BadgeClass',
      name: 'Robotics',
      description: 'Builds robots.',
      image: `${university}/robotics.png`,
      criteria: `${university}/robotics`,
      issuer: badge.issuer.id,
      alignment: [{ name: 'Engineering', url: 'https://standards.example/1' }],
    };
    const issuer: JsonObject = { '@context': context, type: 'IssuerOrg', name: 'School', url: university };
    const of = (inClass: JsonObject, inIssuer: JsonObject, at = badge.issuer.id) =>
      verify(
        { kind: 'bytes', bytes: badge.bytes },
        withServed(badge, {
          [classAddress]: servedJson({ ...badgeClass, issuer: at, ...inClass }),
          [at]: servedJson({ ...issuer, ...inIssuer }),
        }),
      );
    const verified = await of({}, {});
    expect(verified.verdict.outcome).toBe('valid');
    expect(verified.issuerProof).toEqual({ kind: 'host', host: 'university.example', encrypted: true });
    expect(verified.badge?.achievement.alignments.map(({ name }) => name)).toEqual(['Engineering']);
    // One without an id is the one that its address names, and no other host’s.
    expect((await of({}, {}, 'https://academy.example/issuer')).verdict.outcome).toBe('invalid');
    expect((await of({ '@context': badge.document['@context'] ?? '' }, {})).verdict.outcome).toBe(
      'malformed',
    );
    expect((await of({ type: 'Issuer' }, {})).verdict.outcome).toBe('malformed');
    expect((await of({}, { url: null })).verdict.outcome).toBe('malformed');
  });

  it('ends when it says so, in whatever form of JSON-LD', async () => {
    const past = '2026-01-01T00:00:00Z';
    const type = 'http://www.w3.org/2001/XMLSchema#dateTime';
    const awarded = '2025-01-01T00:00:00Z';
    for (const expires of [past, [past], { '@value': past, '@type': type }, [{ '@value': past }]]) {
      const badge = await buildBadge({ proof: 'hosted', awarded });
      const at = async (body: JsonObject) =>
        (
          await verifyAt(
            idOf(badge.document),
            withServed(badge, { [idOf(badge.document)]: servedJson(body) }),
          )
        ).verdict.outcome;
      expect(await at({ ...badge.document, expires }), JSON.stringify(expires)).toBe('expired');
      expect(await at({ ...badge.document, expires: [{ '@value': '2036-01-01T00:00:00Z' }] })).toBe('valid');
    }
  });

  it('is not taken back by a copy that says so, nor by a word that is no yes', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const stub = jsonBytes({
      '@context': badge.document['@context'] ?? '',
      id: idOf(badge.document),
      revoked: true,
    });
    expect((await verify({ kind: 'bytes', bytes: stub }, badge.documents)).verdict.outcome).toBe('invalid');
    const kept = withServed(badge, {
      [idOf(badge.document)]: servedJson({ ...badge.document, revoked: false }),
    });
    expect((await verifyAt(idOf(badge.document), kept)).verdict.outcome).toBe('valid');
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

describe('a list of one in place of the one value', () => {
  const listed = (document: JsonObject, names: readonly string[]): JsonObject => ({
    ...document,
    ...Object.fromEntries(names.map((name) => [name, [document[name] ?? null]])),
  });

  it('means the same as the value, in the badge, its class and its issuer', async () => {
    const badge = await buildBadge({
      proof: 'hosted',
      change: (document) => listed(document, ['recipient', 'badge', 'verification', 'issuedOn', 'narrative']),
      narrative: 'By hand',
    });
    const [classAddress, issuerAddress] = [
      `${badge.issuer.origin}/badges/javascript-basics`,
      badge.issuer.id,
    ];
    const documents = withServed(badge, {
      [classAddress]: servedJson(
        listed(jsonAt(badge, classAddress), ['name', 'description', 'image', 'criteria', 'issuer']),
      ),
      [issuerAddress]: servedJson(listed(jsonAt(badge, issuerAddress), ['name', 'url', 'email'])),
    });
    const verified = await verify({ kind: 'bytes', bytes: badge.bytes }, documents);
    expect([verified.verdict.outcome, verified.verdict.reason]).toEqual(['valid', 'all-passed']);
    const plain = await buildBadge({ proof: 'hosted', narrative: 'By hand' });
    const { badge: shown } = await verify({ kind: 'bytes', bytes: plain.bytes }, plain.documents);
    expect({ ...verified.badge, document: null }).toEqual({ ...shown, document: null });
  });

  it.each<[string, JsonObject, JsonObject, string]>([
    ['an end', { expires: ['2026-05-01T00:00:00Z'] }, {}, 'expired'],
    ['a beginning', { issuedOn: ['2027-05-01T00:00:00Z'] }, {}, 'invalid'],
    ['a revocation', { revoked: [true] }, {}, 'revoked'],
    ['a border', {}, { verification: [{ allowedOrigins: 'elsewhere.example' }] }, 'invalid'],
    ['a border within', {}, { verification: { startsWith: ['https://academy.example/other/'] } }, 'invalid'],
    ['an end that is to come', { expires: ['2030-05-01T00:00:00Z'] }, {}, 'valid'],
    ['two ends', { expires: ['2026-05-01T00:00:00Z', '2030-05-01T00:00:00Z'] }, {}, 'malformed'],
  ])('does not hide %s', async (_name, assertion, profile, outcome) => {
    const change = (document: JsonObject) => ({ ...document, ...assertion });
    const badge = await buildBadge({ proof: 'hosted', change });
    const issuer = servedJson({ ...jsonAt(badge, badge.issuer.id), ...profile });
    const documents = withServed(badge, { [badge.issuer.id]: issuer });
    const { verdict } = await verify({ kind: 'bytes', bytes: badge.bytes }, documents);
    expect(verdict.outcome).toBe(outcome);
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
