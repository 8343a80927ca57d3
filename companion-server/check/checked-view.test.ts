import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../shared/messages/catalogue.ts';
import type { Sha256 } from '../../shared/model/brands.ts';
import { passed } from '../../shared/model/check.ts';
import { buildBadge } from '../../shared/testing/build-badge.ts';
import { fetcherOver } from '../../shared/testing/documents.ts';
import { fixedClock } from '../../shared/testing/seeded.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import { checkedView } from './checked-view.ts';

const words = wordsOf('en', 'UTC');

async function checked(wish: Parameters<typeof buildBadge>[0], relayedHosts: readonly string[]) {
  const badge = await buildBadge(wish);
  const verification = await verifyBadge(
    { kind: 'bytes', bytes: badge.bytes },
    {},
    { fetch: fetcherOver(badge.documents), clock: fixedClock() },
  );
  return { verification, relayedHosts, relayed: new Set<Sha256>(), picture: undefined };
}

describe('what is shown of a check', () => {
  it('calls proven and checked what this browser has read', async () => {
    const view = checkedView(await checked({ proof: 'hosted' }, []), words);
    expect(view.verdict.mark).toBe('checked');
    expect(view.issuer.proven).toBe(true);
    expect(view.relayedIssuer).toBeUndefined();
  });

  it('says whose word it is where the server has read instead, and proves no host by it', async () => {
    const view = checkedView(await checked({ proof: 'hosted' }, ['academy.example']), words);
    expect(view.verdict.mark).toBe('as-recorded');
    expect(view.relayedNote).toContain('academy.example');
    expect(view.issuer.proven).toBe(false);
    expect(view.relayedIssuer?.lead).toBe('academy.example');
  });

  it('calls no endorsement checked where the server has read for this browser', async () => {
    const endorsed = await checked({ proof: 'hosted' }, []);
    const marksOf = (relayedHosts: readonly string[]) => {
      const { verification } = endorsed;
      const badge = verification.badge;
      const name = 'https://guild.example/issuer';
      const found = passed('endorsement', 'endorsement-good', 'OB 2.0', { name });
      const one = {
        ...verification,
        ...(badge && { badge: { ...badge, endorsements: [{ issuerId: name, document: null }] } }),
        verdict: { ...verification.verdict, checks: [...verification.verdict.checks, found] },
      };
      return checkedView({ ...endorsed, verification: one, relayedHosts }, words).endorsements.map(
        ({ mark }) => mark,
      );
    };
    expect(marksOf([])).toEqual(['checked']);
    expect(marksOf(['academy.example'])).toEqual(['as-recorded']);
  });

  it('passes on what speaks against a badge as it is', async () => {
    const view = checkedView(await checked({ forgery: 'byte-changed' }, ['academy.example']), words);
    expect(view.verdict.mark).toBe('not-valid');
    expect(view.relayedNote).toContain('academy.example');
  });
});
