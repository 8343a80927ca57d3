import { describe, expect, it } from 'vitest';
import { sayFinding, wordsOf } from '../messages/catalogue.ts';
import type { Url } from '../model/brands.ts';
import type { Fetcher } from '../model/effects.ts';
import { BackpackError } from '../model/errors.ts';
import type { JsonObject } from '../model/json.ts';
import { failed } from '../model/result.ts';
import { type BadgeWish, buildBadge } from '../testing/build-badge.ts';
import { buildClr, recordOwner } from '../testing/build-clr.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { fetcherOver } from '../testing/documents.ts';
import { fixedClock, testNow } from '../testing/seeded.ts';
import { maxDocumentsInAll, shareOf } from './session.ts';
import { verifyBadge } from './verify-badge.ts';

const owner = { type: 'did', value: recordOwner } as const;

/** A badge of an issuer of its own, with a document for its key and a list for its state. */
async function badgeOf(number: number, wish: BadgeWish = {}) {
  const issuer = await buildIssuer({ keyPlace: 'did:web', origin: `https://school-${number}.example` });
  const common = { proof: 'eddsa-jcs-2022', recipient: owner, issuer, name: `Course ${number}` } as const;
  return buildBadge({ ...common, ...wish });
}

async function recordOf(count: number, first?: Awaited<ReturnType<typeof badgeOf>>) {
  const rest = Array.from({ length: count - (first === undefined ? 0 : 1) }, (_, at) =>
    badgeOf(at + 1, { status: {} }),
  );
  return buildClr({ parts: [...(first === undefined ? [] : [first]), ...(await Promise.all(rest))] });
}

type Built = Pick<Awaited<ReturnType<typeof buildClr>>, 'bytes' | 'documents'>;

async function verified({ bytes, documents }: Built, around: (fetch: Fetcher) => Fetcher = (same) => same) {
  const asked: Url[] = [];
  const fetch = around(fetcherOver(documents, testNow, asked));
  const { verdict } = await verifyBadge({ kind: 'bytes', bytes }, {}, { fetch, clock: fixedClock() });
  const count = (code: string) => verdict.checks.filter(({ detail }) => detail.code === code).length;
  return { verdict, asked, count };
}

/** Ten lists of state, each at an address of its own, and each signed with a key in a document of its own. */
async function greedyBadge() {
  const built = await Promise.all(Array.from({ length: 10 }, (_, at) => badgeOf(1000 + at, { status: {} })));
  const entries = built.map(({ document }) => document['credentialStatus'] as JsonObject);
  const greedy = await badgeOf(999, {
    name: 'Greedy',
    change: (document) => ({ ...document, credentialStatus: entries }),
  });
  const documents = new Map([greedy, ...built].flatMap((badge) => [...badge.documents]));
  return { ...greedy, documents };
}

describe('a record of many badges', () => {
  it('has each of 60 checked to the end, whose issuers are all others', async () => {
    const { verdict, asked, count } = await verified(await recordOf(60));
    expect(verdict.outcome).toBe('valid');
    expect([count('part-good'), count('part-not-asked'), count('some-not-asked')]).toEqual([60, 0, 0]);
    expect(asked.length).toBe(120);
  });

  it('lets no badge ask away the share of another, and says which was cut and what was left', async () => {
    const greedy = await greedyBadge();
    const { verdict, count } = await verified(await recordOf(20, greedy));
    expect(verdict.outcome).toBe('valid');
    expect([count('part-good'), count('part-not-asked')]).toEqual([19, 1]);
    const told = verdict.checks.filter(({ detail }) =>
      ['part-not-asked', 'some-not-asked'].includes(detail.code),
    );
    expect(told.map(({ outcome }) => outcome)).toEqual(['warning', 'warning']);
    const [part, rest] = told.map(({ detail }) => sayFinding(detail, wordsOf('en')).sentence);
    expect(part).toContain('Greedy');
    expect(rest).toContain('https://school-10');
    // By itself it is asked about in full.
    const alone = await verified(greedy);
    expect([alone.verdict.outcome, alone.count('some-not-asked')]).toEqual(['valid', 0]);
  });

  it('T39: says so when whoever fetches for us stops at ten', async () => {
    let left = 10;
    const limited =
      (fetch: Fetcher): Fetcher =>
      async (request) => {
        left -= 1;
        return left >= 0 ? fetch(request) : tooMany();
      };
    const { verdict, asked, count } = await verified(await recordOf(12), limited);
    expect([verdict.outcome, asked.length]).toEqual(['valid', 10]);
    expect(count('part-good') + count('part-not-asked')).toBe(12);
    expect(count('some-not-asked')).toBe(1);
  });

  it('T39: never asks more than its ceiling, however many badges are inside', () => {
    for (const parts of [1, 2, 24, 25, 26, 60, 99, 100]) {
      expect(shareOf(parts)).toBeGreaterThanOrEqual(3);
      expect(24 + parts * shareOf(parts)).toBeLessThanOrEqual(maxDocumentsInAll);
    }
  });
});

function tooMany(): ReturnType<Fetcher> {
  return Promise.resolve(failed(new BackpackError('too-many-requests', {})));
}
