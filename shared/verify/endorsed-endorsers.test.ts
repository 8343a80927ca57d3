import { describe, expect, it } from 'vitest';
import type { Url } from '../model/brands.ts';
import type { JsonObject } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { buildClr, recordOwner } from '../testing/build-clr.ts';
import { signEndorsement } from '../testing/build-endorsement.ts';
import { type BuiltIssuer, buildIssuer } from '../testing/build-issuer.ts';
import { type Documents, fetcherOver, mergeDocuments, servedJson } from '../testing/documents.ts';
import { fixedClock, testNow } from '../testing/seeded.ts';
import { verifyBadge } from './verify-badge.ts';

const achievement = 'https://academy.example/achievements/endorsed';

/** The badge with endorsements of its achievement. */
const endorsedBy = (tokens: readonly string[]) => (document: JsonObject) => {
  const subject = document['credentialSubject'] as JsonObject;
  const carrying = {
    ...(subject['achievement'] as JsonObject),
    id: achievement,
    endorsementJwt: [...tokens],
  };
  return { ...document, credentialSubject: { ...subject, achievement: carrying } };
};

async function verified(bytes: Uint8Array, documents: Documents = new Map()) {
  const asked: Url[] = [];
  const effects = { fetch: fetcherOver(documents, testNow, asked), clock: fixedClock() };
  const { verdict } = await verifyBadge({ kind: 'bytes', bytes }, {}, effects);
  const codes = verdict.checks.map(({ detail }) => detail.code);
  const told = codes.filter((code) => /endors|some-not/.test(code));
  return { verdict: `${verdict.outcome}: ${verdict.reason}`, told, checks: verdict.checks, asked };
}

async function endorsers(count: number): Promise<readonly BuiltIssuer[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => buildIssuer({ name: `Guild ${at + 1}` })));
}

/** The first endorses the achievement, and each further one the endorser before. `spoil`: what befalls the last. */
async function chainOf(count: number, spoil: (token: string) => string = (token) => token) {
  const named = await endorsers(count);
  let carries: readonly string[] = [];
  for (const [at, endorser] of [...named.entries()].reverse()) {
    const token = await signEndorsement({ endorses: named[at - 1]?.id ?? achievement, endorser, carries });
    carries = [at === count - 1 ? spoil(token) : token];
  }
  return { named, first: carries };
}

const unsign = (token: string) => `${token.slice(0, token.lastIndexOf('.') + 1)}${'A'.repeat(86)}`;

describe('an endorsement of an endorser', () => {
  it.each([
    [1, ['endorsement-good']],
    [2, ['endorsement-good', 'endorser-endorsed']],
    [3, ['endorsement-good', 'endorser-endorsed', 'endorser-endorsed']],
    [4, ['endorsement-good', 'endorser-endorsed', 'endorser-endorsed', 'some-not-checked']],
  ])('is checked by itself, three steps deep (%i in a row)', async (count, expected) => {
    const { first, named } = await chainOf(count);
    const badge = await buildBadge({ proof: 'eddsa-jcs-2022', change: endorsedBy(first) });
    const { verdict, told, checks } = await verified(badge.bytes);
    expect([verdict, told]).toEqual(['valid: all-passed', expected]);
    const second = checks.find(({ detail }) => detail.code === 'endorser-endorsed');
    if (count > 1) expect(second?.detail.facts).toMatchObject({ of: named[0]?.id, name: named[1]?.id });
  });

  it('is told when it is bad, and spoils neither the endorsement nor the badge', async () => {
    const { first } = await chainOf(2, unsign);
    const badge = await buildBadge({ proof: 'eddsa-jcs-2022', change: endorsedBy(first) });
    const { verdict, told } = await verified(badge.bytes);
    expect([verdict, told]).toEqual(['valid: all-passed', ['endorsement-good', 'endorser-endorsed-badly']]);
  });

  it('must speak of that endorser', async () => {
    const [guild, other] = await endorsers(2);
    if (guild === undefined || other === undefined) throw new Error('no endorser');
    const elsewhere = await signEndorsement({ endorses: achievement, endorser: other });
    const token = await signEndorsement({ endorses: achievement, endorser: guild, carries: [elsewhere] });
    const badge = await buildBadge({ proof: 'eddsa-jcs-2022', change: endorsedBy([token]) });
    expect((await verified(badge.bytes)).told).toEqual(['endorsement-good', 'endorser-endorsed-badly']);
  });

  it('is checked of a badge inside a record, and told of that badge', async () => {
    const [good, bad] = [await chainOf(2), await chainOf(1, unsign)];
    const recipient = { type: 'did', value: recordOwner } as const;
    const part = (first: readonly string[], name: string) =>
      buildBadge({ proof: 'eddsa-jcs-2022', recipient, name, change: endorsedBy(first) });
    const record = await buildClr({
      suite: 'eddsa-jcs-2022',
      parts: [await part(good.first, 'Good course'), await part(bad.first, 'Other course')],
    });
    const { verdict, told, checks } = await verified(record.bytes, record.documents);
    expect(verdict).toBe('valid: all-passed');
    expect(told).toEqual(['part-endorsement-good', 'part-endorsement-good', 'part-endorsement-bad']);
    const parts = checks.filter(({ detail }) => detail.code.startsWith('part-endorsement'));
    expect(parts.map(({ detail }) => detail.facts['part'])).toEqual([
      'Good course',
      'Good course',
      'Other course',
    ]);
  });
});

describe('a crowd of endorsements', () => {
  it('is cut at ten of one document and thirty of one badge, which is told', async () => {
    const [guild, ...others] = await endorsers(11);
    if (guild === undefined) throw new Error('no endorser');
    const of = async (endorser: BuiltIssuer, carries: readonly string[] = []) =>
      signEndorsement({ endorses: achievement, endorser, carries });
    const many = await Promise.all([guild, ...others].map((endorser) => of(endorser)));
    const wide = await buildBadge({ proof: 'eddsa-jcs-2022', change: endorsedBy(many) });
    const { told } = await verified(wide.bytes);
    expect(told.filter((code) => code === 'endorsement-good')).toHaveLength(10);
    expect(told.at(-1)).toBe('some-not-checked');
    const tree = await Promise.all(
      others.map(async (endorser) => {
        const by = (backer: BuiltIssuer) => signEndorsement({ endorses: endorser.id, endorser: backer });
        return of(endorser, await Promise.all(others.map(by)));
      }),
    );
    const badge = await buildBadge({ proof: 'eddsa-jcs-2022', change: endorsedBy(tree) });
    const deep = await verified(badge.bytes);
    expect(deep.told.filter((code) => code !== 'some-not-checked')).toHaveLength(30);
    expect(deep.told).toContain('some-not-checked');
  });

  it('T39: asks no more than 24 addresses for a tree of a thousand, and comes back to none', async () => {
    const context = 'https://w3id.org/openbadges/v2';
    const host = 'https://university.example';
    const badge = await buildBadge({ proof: 'hosted', issuerOrigin: host });
    const endorsement = (at: number): JsonObject => ({
      '@context': context,
      id: `${host}/endorsements/${at}`,
      type: 'Endorsement',
      claim: { id: at < 10 ? String(badge.document['id']) : `${host}/endorsements/${Math.floor(at / 10)}` },
      issuer: badge.issuer.id,
      issuedOn: '2025-01-01T00:00:00Z',
      verification: { type: 'HostedBadge' },
      // The first of each ten is named again by its own tenth: a circle.
      endorsement: Array.from({ length: 10 }, (_, next) => `${host}/endorsements/${at * 10 + next}`),
    });
    const served = new Map(
      Array.from({ length: 1000 }, (_, at) => [`${host}/endorsements/${at}`, servedJson(endorsement(at))]),
    );
    const carrying = {
      ...badge.document,
      endorsement: Array.from({ length: 10 }, (_, at) => `${host}/endorsements/${at}`),
    };
    const own = new Map([[String(badge.document['id']), servedJson(carrying)]]);
    const { verdict, asked, told } = await verified(
      badge.bytes,
      mergeDocuments(badge.documents, served, own),
    );
    expect(verdict).toBe('valid: all-passed');
    expect(asked.length).toBeLessThanOrEqual(24);
    expect(new Set(asked).size).toBe(asked.length);
    expect(told).toContain('some-not-asked');
  });
});
