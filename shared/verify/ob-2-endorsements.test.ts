import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { servedJson } from '../testing/documents.ts';
import { codesOf, jsonAt, verify, withServed } from '../testing/verify-served.ts';

const university = 'https://university.example';
const stranger = 'https://evil.example';

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

  async function endorsed(change: JsonObject, embed: boolean, at = address) {
    const badge = await buildBadge({ proof: 'hosted' });
    const classAddress = String(badge.document['badge']);
    const endorsement = {
      '@context': context,
      id: at,
      type: 'Endorsement',
      claim: { id: classAddress, endorsementComment: 'Well made' },
      issuer: endorser,
      issuedOn: '2025-01-01T00:00:00Z',
      verification: { type: 'HostedBadge' },
      ...change,
    };
    const { '@context': _, ...bare } = endorsement;
    const badgeClass = { ...jsonAt(badge, classAddress), endorsement: embed ? bare : [at] };
    const documents = withServed(badge, {
      [classAddress]: servedJson(badgeClass),
      [at]: servedJson(endorsement),
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

  it('are not borrowed by a badge that brings a class, or calls itself, by the endorsed one’s address (T49)', async () => {
    const praised = `${stranger}/praised`;
    for (const [proof, place] of [
      ['hosted', 'class'],
      ['jws', 'class'],
      ['jws', 'badge'],
    ] as const) {
      const outcomeFor = async (id: string) => {
        const plain = await buildBadge({ proof });
        const home = `${plain.issuer.origin}/praised`;
        const named = id === 'own' ? home : praised;
        const badgeClass = jsonAt(plain, String(plain.document['badge']));
        const carried = { endorsement: address };
        const badge = await buildBadge({
          proof,
          issuer: plain.issuer,
          change: (document) =>
            place === 'class'
              ? { ...document, badge: { ...badgeClass, ...carried, id: named } }
              : { ...document, ...carried, id: named },
        });
        const documents = withServed(badge, {
          [address]: servedJson({
            '@context': context,
            id: address,
            type: 'Endorsement',
            claim: { id: named },
            issuer: endorser,
            issuedOn: '2025-01-01T00:00:00Z',
            verification: { type: 'HostedBadge' },
          }),
          [endorser]: servedJson(profile),
        });
        const verified = await verify({ kind: 'bytes', bytes: badge.bytes }, documents);
        expect(verified.verdict.outcome).toBe('valid');
        return verified.verdict.checks.flatMap(({ check, detail }) =>
          check === 'endorsement' ? [detail.code] : [],
        );
      };
      expect(await outcomeFor('own')).toEqual(['endorsement-good']);
      expect(await outcomeFor('a stranger’s')).toEqual(['endorsement-bad']);
    }
  });

  it('are not said to be the university’s by a profile that another host brings along (T49)', async () => {
    const named = (verified: Awaited<ReturnType<typeof endorsed>>) =>
      verified.verdict.checks.flatMap(({ check, detail: { code, facts } }) =>
        check === 'endorsement' ? [[code, facts['name']]] : [],
      );
    expect(named(await endorsed({}, false))).toEqual([['endorsement-good', endorser]]);
    const policy = { type: 'VerificationObject', allowedOrigins: 'evil.example' };
    const brought = { issuer: { ...profile, verification: policy } };
    const stolen = await endorsed(brought, false, `${stranger}/endorsement`);
    expect(named(stolen)).not.toContainEqual(['endorsement-good', endorser]);
    // The endorser's own profile, served by its own host, may send others there.
    const sent = await endorsed(
      { issuer: { ...profile, id: `${stranger}/endorser` } },
      false,
      `${stranger}/endorsement`,
    );
    expect(named(sent)).toEqual([['endorsement-good', `${stranger}/endorser`]]);
  });
});
