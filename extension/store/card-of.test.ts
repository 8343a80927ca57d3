import { describe, expect, it } from 'vitest';
import { instantOf } from '../../shared/model/brands.ts';
import { sha256Of, utf8 } from '../../shared/model/bytes.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { failed } from '../../shared/model/result.ts';
import { emptyDoc, withFields } from '../../shared/sync/doc.ts';
import { nextStamp } from '../../shared/sync/stamp.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import { keptFields } from './badge-fields.ts';
import { cardOf } from './card-of.ts';

const now = Date.UTC(2026, 10, 23);
const at = instantOf(now);

/** The card of a file as an import keeps it, judged by the real verification with nobody answering. */
async function cardOfFile(name: string, text: string) {
  const bytes = utf8(text);
  const verification = await verifyBadge(
    { kind: 'bytes', bytes },
    {},
    { fetch: async () => failed(new BackpackError('offline')), clock: () => at },
  );
  const original = await sha256Of(bytes);
  const fields = keptFields({ at, as: 'to-check', verification, original, name });
  return cardOf(withFields(emptyDoc(`badge|${original}`), fields, nextStamp('', now, '0'.repeat(16))), []);
}

function cardOfJson(name: string, document: JsonObject) {
  return cardOfFile(name, JSON.stringify(document));
}

describe('the card of an imported file', () => {
  it('is that of an unread file where no badge was recognised, so that it is not asked about again', async () => {
    const none = await Promise.all([
      cardOfFile('holiday.txt', 'no badge at all'),
      cardOfJson('empty.json', {}),
      cardOfJson('package.json', { name: 'a-package', version: '1.0.0' }),
      cardOfJson('person.json', { '@context': 'https://schema.org', '@type': 'Person' }),
    ]);
    expect(none.map((card) => [card?.kind, card?.name])).toEqual([
      ['unread', 'holiday.txt'],
      ['unread', 'empty.json'],
      ['unread', 'package.json'],
      ['unread', 'person.json'],
    ]);
  });

  it('is that of a badge to be checked later where its generation cannot be checked yet', async () => {
    const next = { '@context': 'https://w3id.org/openbadges/v9', type: 'Assertion' };
    expect(await cardOfJson('next.json', next)).toMatchObject({
      kind: 'badge',
      keptAs: 'to-check',
      outcome: 'unsupported',
    });
  });

  it('is that of a badge where the issuer of an old one is silent', async () => {
    const early = {
      uid: 'abc-1',
      recipient: { type: 'email', identity: 'ada@school.example', hashed: false },
      verify: { type: 'hosted', url: 'https://academy.example/abc-1' },
      badge: 'https://academy.example/class',
      issuedOn: '2013-06-01',
    };
    const cards = await Promise.all([
      cardOfJson('1.0.json', early),
      cardOfJson('1.1.json', { '@context': 'https://w3id.org/openbadges/v1', type: 'Assertion', ...early }),
    ]);
    for (const card of cards) expect(card).toMatchObject({ kind: 'badge', outcome: 'unreachable' });
  });

  it('is that of a badge where its issuer is silent', async () => {
    const hosted = {
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'Assertion',
      id: 'https://academy.example/1',
      recipient: { type: 'email', identity: 'ada@school.example', hashed: false },
      badge: 'https://academy.example/class',
      verification: { type: 'HostedBadge' },
      issuedOn: '2026-01-01T00:00:00Z',
    };
    expect(await cardOfJson('2.0.json', hosted)).toMatchObject({ kind: 'badge', outcome: 'unreachable' });
  });
});
