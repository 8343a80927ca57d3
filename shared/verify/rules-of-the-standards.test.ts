import { describe, expect, it } from 'vitest';
import { instantOf } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { buildClr, recordOwner } from '../testing/build-clr.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { extensionsContext } from '../testing/build-status.ts';
import { fetcherOver, mergeDocuments, servedJson } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { signToken } from '../testing/sign-token.ts';
import { codesOf, jsonAt, verify, withServed } from '../testing/verify-served.ts';
import { verifyBadge } from './verify-badge.ts';

const context = 'https://w3id.org/openbadges/v2';

describe('a hosted badge', () => {
  it('is asked for as linked data first, and as JSON else (OB 2.0 §HostedBadge)', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const accepted: (string | undefined)[] = [];
    const served = fetcherOver(badge.documents);
    const fetch: typeof served = (request) => {
      accepted.push(request.accept);
      return served(request);
    };
    const effects = { fetch, clock: fixedClock() };
    const { verdict } = await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
    expect(verdict.outcome).toBe('valid');
    expect(accepted.length).toBeGreaterThan(2);
    for (const accept of accepted) expect(accept).toMatch(/^application\/ld\+json, application\/json;q=0\.9/);
  });

  it('is read under the other address of its context, and under no like one (OB 2.0 §JSON-LD)', async () => {
    const badge = await buildBadge({ proof: 'hosted' });
    const address = String(badge.document['id']);
    const outcomeUnder = async (name: string) => {
      const renamed = { ...badge.document, '@context': name };
      const documents = withServed(badge, { [address]: servedJson(renamed) });
      return (await verify({ kind: 'bytes', bytes: utf8(JSON.stringify(renamed)) }, documents)).verdict
        .outcome;
    };
    expect(await outcomeUnder('https://openbadgespec.org/v2/context.json')).toBe('valid');
    expect(await outcomeUnder('https://openbadgespec.org/v3/context.json')).toBe('unsupported');
  });
});

it('bears clocks that are five minutes apart at the beginning, and none at the end (trap 19)', async () => {
  const now = Date.UTC(2026, 2, 12, 12);
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  const outcomeOf = async (awarded: number, expires?: number) => {
    const ends = expires === undefined ? {} : { expires: at(expires) };
    const badge = await buildBadge({ awarded: at(awarded), ...ends });
    const effects = { fetch: fetcherOver(badge.documents), clock: () => instantOf(now) };
    return (await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects)).verdict.outcome;
  };
  expect(await outcomeOf(299)).toBe('valid');
  expect(await outcomeOf(301)).toBe('invalid');
  expect(await outcomeOf(-60, 1)).toBe('valid');
  expect(await outcomeOf(-60, 0)).toBe('expired');
});

it('takes a signed endorsement back by its endorser’s list (OB 2.0 §RevocationList)', async () => {
  const list = 'https://guild.example/revocations';
  const guild = await buildIssuer({
    origin: 'https://guild.example',
    keyPlace: 'cryptographic-key',
    algorithm: 'RS256',
    extra: { revocationList: list },
  });
  const id = 'urn:uuid:5a0f2a0c-0000-4000-8000-000000000004';
  const endorsement: JsonObject = {
    '@context': context,
    id,
    type: 'Endorsement',
    claim: { id: 'https://academy.example/badges/1', endorsementComment: 'Well made' },
    issuer: guild.id,
    issuedOn: '2026-01-10T10:00:00Z',
    verification: { type: 'SignedBadge', creator: guild.keyId },
  };
  const bytes = utf8(await signToken({ alg: 'RS256' }, endorsement, guild.key));
  const outcomeWith = async (revokedAssertions: readonly string[]) => {
    const revocations = { '@context': context, id: list, type: 'RevocationList', issuer: guild.id };
    const served = new Map([
      [list, servedJson({ ...revocations, revokedAssertions: [...revokedAssertions] })],
    ]);
    const documents = mergeDocuments(guild.documents, served);
    return (await verify({ kind: 'bytes', bytes }, documents, { acceptsParts: true })).verdict.outcome;
  };
  expect(jsonAt(guild, guild.id)['revocationList']).toBe(list);
  expect(await outcomeWith(['urn:uuid:00000000-0000-4000-8000-000000000000'])).toBe('valid');
  expect(await outcomeWith([id])).toBe('revoked');
});

it('knows the newer version of a badge by its id, however that is written (OB 3.0 §Equality)', async () => {
  const address = 'https://academy.example/newest';
  const issuer = await buildIssuer();
  const named = (id: string) => (document: JsonObject) => ({
    ...document,
    '@context': [...(document['@context'] as readonly string[]), extensionsContext],
    id,
    refreshService: { id: address, type: '1EdTechCredentialRefresh' },
  });
  const held = await buildBadge({ issuer, change: named('https://academy.example/~mia/1') });
  const toldOf = async (id: string) => {
    const newer = await buildBadge({ issuer, change: named(id), awarded: '2026-03-01T00:00:00Z' });
    const documents = withServed(held, { [address]: servedJson(jsonOf(newer)) });
    const verified = await verify({ kind: 'bytes', bytes: held.bytes }, documents);
    return [...codesOf(verified, 'passed'), ...codesOf(verified, 'warning')].filter((code) =>
      code.endsWith('newer-version'),
    );
  };
  expect(await toldOf('https://academy.example/%7Emia/1')).toEqual(['newer-version']);
  expect(await toldOf('https://academy.example/~mia/2')).toEqual(['no-newer-version']);
});

it('reads a token by its own signature, whatever proof the credential bore before (OB 3.0 §jwt-proof)', async () => {
  const issuer = await buildIssuer();
  const inside = jsonOf(await buildBadge({ issuer }));
  expect(inside).toHaveProperty('proof');
  const claims = {
    iss: issuer.id,
    jti: inside['id'] ?? '',
    nbf: Date.parse(String(inside['validFrom'])) / 1000,
  };
  const outcomeBy = async (key = issuer.key) => {
    const token = await signToken({ alg: 'EdDSA', kid: issuer.keyId }, { ...inside, ...claims }, key);
    return (await verify({ kind: 'bytes', bytes: utf8(token) }, issuer.documents)).verdict.outcome;
  };
  expect(await outcomeBy()).toBe('valid');
  expect(await outcomeBy((await buildIssuer()).key)).toBe('invalid');
});

it('revokes a record without the badges inside, and a badge inside without the record (CLR 2.0)', async () => {
  const list = 'https://university.example/revoked';
  const told = async (revoked: boolean, inside: boolean) => {
    const recipient = { type: 'did', value: recordOwner } as const;
    const part = await buildBadge({ recipient, ...(inside ? { status: { set: true } } : {}) });
    const record = await buildClr({
      parts: [part],
      change: (document) => ({
        ...document,
        '@context': [...(document['@context'] as readonly string[]), extensionsContext],
        credentialStatus: { id: list, type: '1EdTechRevocationList' },
      }),
    });
    const entry = { id: revoked ? (record.document['id'] ?? '') : 'urn:uuid:0' };
    const documents = withServed(record, { [list]: servedJson({ revokedCredential: [entry] }) });
    const verified = await verify({ kind: 'bytes', bytes: record.bytes }, documents);
    const parts = verified.verdict.checks.flatMap(({ detail: { code } }) =>
      code.startsWith('part-') ? [code] : [],
    );
    return [verified.verdict.outcome, parts];
  };
  expect(await told(false, false)).toEqual(['valid', ['part-good']]);
  expect(await told(true, false)).toEqual(['revoked', ['part-good']]);
  expect(await told(false, true)).toEqual(['valid', ['part-bad']]);
});

it('warns of a status of several bits that does not say what each value means (BSL §2.1)', async () => {
  const messages = [0, 1, 2, 3].map((value) => ({ status: `0x${value}`, message: `Step ${value}` }));
  const warned = async (said: typeof messages) => {
    const badge = await buildBadge({
      proof: 'eddsa-jcs-2022',
      status: { purpose: 'message', size: 2, value: 2, messages: said },
    });
    const verified = await verify({ kind: 'bytes', bytes: badge.bytes }, badge.documents);
    return [verified.verdict.outcome, codesOf(verified, 'warning')];
  };
  expect(await warned(messages)).toEqual(['valid', []]);
  expect(await warned(messages.slice(0, 3))).toEqual(['valid', ['field-loose']]);
});
