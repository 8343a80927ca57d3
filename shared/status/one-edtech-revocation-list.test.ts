import { expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { type BadgeWish, buildBadge } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { fetcherOver, servedBytes, servedJson } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { verifyBadge } from '../verify/verify-badge.ts';

async function verdictOf(status: NonNullable<BadgeWish['status']>, isServed = true, issuerOrigin?: string) {
  const badge = await buildBadge({
    status: { kind: '1EdTechRevocationList', ...status },
    ...(issuerOrigin === undefined ? {} : { issuerOrigin }),
  });
  const effects = { fetch: fetcherOver(isServed ? badge.documents : new Map()), clock: fixedClock() };
  const { verdict } = await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
  return {
    verdict: `${verdict.outcome}: ${verdict.reason}`,
    warnings: verdict.checks.filter(({ outcome }) => outcome === 'warning').map(({ detail }) => detail.code),
  };
}

it('revokes the credential that it names, and no other', async () => {
  expect(await verdictOf({ set: true })).toEqual({ verdict: 'revoked: has-been-revoked', warnings: [] });
  expect(await verdictOf({ set: false })).toEqual({ verdict: 'valid: all-passed', warnings: [] });
});

it('never lets a badge pass when nobody answers, or the list is none', async () => {
  expect((await verdictOf({}, false)).verdict).toBe('unreachable: status-unreachable');
  expect((await verdictOf({ broken: true })).verdict).toBe('invalid: status-list-bad');
});

it('takes a page of the server for no answer, and any other document for a bad list', async () => {
  const badge = await buildBadge({ status: { kind: '1EdTechRevocationList' } });
  const address = `${badge.issuer.origin}/status/revoked-clear`;
  expect(badge.documents.has(address)).toBe(true);
  const id = badge.document['id'] ?? '';
  const answers = [
    [servedBytes(utf8('<!doctype html><p>Be right back'), 'text/html'), 'unreachable: status-unreachable'],
    [servedBytes(new Uint8Array([0xff, 0xfe]), 'application/json'), 'unreachable: status-unreachable'],
    [servedJson([]), 'invalid: status-list-bad'],
    [servedJson({ error: 'no such list' }), 'invalid: status-list-bad'],
    [
      servedJson({ issuer: badge.issuer.id, revokedCredential: [{ revoked: true }] }),
      'invalid: status-list-bad',
    ],
    // Nobody is revoked yet: lists are not written empty (OB 3.0 §Serialization).
    [servedJson({ issuer: badge.issuer.id }), 'valid: all-passed'],
    // What stands there under other names could be this very badge.
    ...[{ revokedCredentials: [id] }, { revokedAssertions: [id] }, { revokedCredential: null }].map(
      (written) => [servedJson({ issuer: badge.issuer.id, ...written }), 'invalid: status-list-bad'] as const,
    ),
    [
      servedJson({ revokedCredential: { id: 'urn:uuid:00000000-0000-4000-8000-000000000000' } }),
      'valid: all-passed',
    ],
    [servedJson({ revokedCredential: { id } }), 'revoked: has-been-revoked'],
    [servedJson({ revokedCredential: id }), 'revoked: has-been-revoked'],
  ] as const;
  for (const [served, expected] of answers) {
    const documents = new Map([...badge.documents, [address, served]]);
    const effects = { fetch: fetcherOver(documents), clock: fixedClock() };
    const { verdict } = await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
    expect(`${verdict.outcome}: ${verdict.reason}`).toBe(expected);
  }
});

it('tells a list in another name', async () => {
  expect((await verdictOf({ signedBy: await buildIssuer() })).warnings).toEqual(['status-list-other-key']);
});

it('is read where its address leads on to, as long as nobody on the way could have changed it', async () => {
  const badge = await buildBadge({ status: { kind: '1EdTechRevocationList', set: true } });
  const address = `${badge.issuer.origin}/status/revoked-set`;
  const list = badge.documents.get(address);
  if (list === undefined) throw new Error(address);
  for (const [target, expected] of [
    ['https://lists.example/1', 'revoked: has-been-revoked'],
    ['http://lists.example/1', 'unreachable: not-encrypted'],
    ['https://nobody.example/1', 'unreachable: status-unreachable'],
  ] as const) {
    const leads = { status: 302, mediaType: '', bytes: new Uint8Array(), location: target };
    const served = target.includes('nobody') ? [] : [[target, list] as const];
    const documents = new Map([...badge.documents, [address, leads], ...served]);
    const effects = { fetch: fetcherOver(documents), clock: fixedClock() };
    const { verdict } = await verifyBadge({ kind: 'bytes', bytes: badge.bytes }, {}, effects);
    expect(`${verdict.outcome}: ${verdict.reason}`).toBe(expected);
  }
});

it('takes nothing from a list that anybody on the way could have changed', async () => {
  const origins = {
    'http://academy.example': 'unreachable: not-encrypted',
    'https://academy.example': 'valid: all-passed',
  };
  for (const [origin, verdict] of Object.entries(origins))
    expect((await verdictOf({}, true, origin)).verdict).toBe(verdict);
});
