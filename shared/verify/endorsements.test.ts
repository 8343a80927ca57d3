import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { type BadgeProof, buildBadge } from '../testing/build-badge.ts';
import { signEndorsement } from '../testing/build-endorsement.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { fetcherOver, mergeDocuments } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { verify } from '../testing/verify-served.ts';
import { verifyBadge } from './verify-badge.ts';

const comment = 'We hire people who hold it.';

/** A badge that carries one endorsement of its achievement, signed as a token. */
async function endorsed(
  spoil: (token: string) => string,
  proof: BadgeProof = 'eddsa-jcs-2022',
  more: (token: string) => readonly string[] = () => [],
) {
  const endorser = await buildIssuer({ origin: 'https://guild.example', name: 'Guild of Coders' });
  const endorses = 'https://academy.example/achievements/endorsed';
  const token = await signEndorsement({ endorses, endorser, comment });
  const badge = await buildBadge({
    proof,
    change: (document) => {
      const subject = document['credentialSubject'] as JsonObject;
      const achievement = subject['achievement'] as JsonObject;
      const carrying = { ...achievement, id: endorses, endorsementJwt: [spoil(token), ...more(token)] };
      return { ...document, credentialSubject: { ...subject, achievement: carrying } };
    },
  });
  const fetch = fetcherOver(mergeDocuments(endorser.documents, badge.documents));
  const verified = await verifyBadge(
    { kind: 'bytes', bytes: badge.bytes },
    {},
    { fetch, clock: fixedClock() },
  );
  const { outcome, reason, checks } = verified.verdict;
  return {
    verdict: `${outcome}: ${reason}`,
    codes: checks.filter(({ check }) => check === 'endorsement').map(({ detail }) => detail.code),
    shown: verified.badge?.endorsements ?? [],
    endorser,
  };
}

describe('an endorsement that is a token', () => {
  it.each(['eddsa-jcs-2022', 'vc-jwt'] as const)('is checked and shown (%s)', async (proof) => {
    const { verdict, codes, shown, endorser } = await endorsed((token) => token, proof);
    expect([verdict, codes]).toEqual(['valid: all-passed', ['endorsement-good']]);
    expect(shown).toMatchObject([{ comment, issuerName: 'Guild of Coders', issuerId: endorser.id }]);
    expect(shown[0]?.document).toHaveProperty('type', ['VerifiableCredential', 'EndorsementCredential']);
  });

  it('counts once, however often the badge carries it; another of the same endorser is another', async () => {
    const twice = await endorsed(
      (token) => token,
      'vc-jwt',
      (token) => [token, token],
    );
    expect(twice.codes).toEqual(['endorsement-good']);
    const broken = (token: string) => `${token.slice(0, token.lastIndexOf('.') + 1)}${'A'.repeat(86)}`;
    const mixed = await endorsed(broken, 'vc-jwt', (token) => [token, broken(token)]);
    expect(mixed.codes).toEqual(['endorsement-bad', 'endorsement-good', 'endorsement-bad']);
  });

  it('is shown at its word when its signature does not hold, and the checks tell', async () => {
    const other = (token: string) => `${token.slice(0, token.lastIndexOf('.') + 1)}${'A'.repeat(86)}`;
    const { verdict, codes, shown } = await endorsed(other);
    expect([verdict, codes]).toEqual(['valid: all-passed', ['endorsement-bad']]);
    expect(shown).toMatchObject([{ comment }]);
  });

  it('is not shown when nothing can be read in it', async () => {
    for (const spoil of [() => 'a.b.c', () => 'no token', (token: string) => token.slice(0, 60)]) {
      const { codes, shown } = await endorsed(spoil);
      expect([codes, shown]).toEqual([['endorsement-bad'], []]);
    }
  });
});

describe('T49: an endorsement in the name of a university, signed by whoever wrote it', () => {
  const university = 'https://university.example/issuer';

  async function judged(isTheirs: boolean) {
    const writer = await buildIssuer({ origin: 'https://university.example', keyPlace: 'controller' });
    const stranger = { ...(await buildIssuer()), id: university, name: 'University' };
    const endorser = isTheirs ? writer : stranger;
    const endorses = 'https://academy.example/awards/endorsed';
    // The university's own document cannot be had, so that nobody denies it.
    const documents = isTheirs ? writer.documents : new Map();
    const token = await signEndorsement({ endorses, endorser, comment });
    const badge = await buildBadge({
      proof: 'eddsa-jcs-2022',
      change: (document) => ({ ...document, id: endorses, endorsementJwt: [token] }),
    });
    const { verdict } = await verify(
      { kind: 'bytes', bytes: badge.bytes },
      mergeDocuments(badge.documents, documents),
    );
    const told = verdict.checks.flatMap(({ check, detail: { code, facts } }) =>
      check === 'endorsement' ? [[code, facts['name']]] : [],
    );
    return { outcome: verdict.outcome, told, endorser };
  }

  it('is said to be the key’s, and not proven to be theirs', async () => {
    const { outcome, told, endorser } = await judged(false);
    expect(outcome).toBe('valid');
    const [key] = endorser.keyId.split('#');
    expect(told).toEqual([
      ['endorsement-good', key],
      ['endorser-not-confirmed', university],
    ]);
  });

  it('is the university’s where its own document lists the key', async () => {
    const { outcome, told } = await judged(true);
    expect([outcome, told]).toEqual(['valid', [['endorsement-good', university]]]);
  });
});
