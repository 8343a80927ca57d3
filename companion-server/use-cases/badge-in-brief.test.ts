import { describe, expect, it } from 'vitest';
import type { Badge } from '../../shared/model/badge.ts';
import { inBrief, maxLengthInAll, maxTextLength } from './badge-in-brief.ts';

const badge: Badge = {
  generation: '3.0',
  id: 'https://issuer.example/1',
  achievement: { name: 'Weaving', description: 'How to weave.', tags: ['cloth'], alignments: [] },
  issuer: { id: 'did:web:issuer.example', name: 'School' },
  recipients: [{ type: 'email', identity: 'mia@school.example', hashed: false }],
  evidence: [{ address: 'https://issuer.example/basket', name: 'A basket' }],
  endorsements: [],
  document: {},
};

describe('what is kept of a badge for pages', () => {
  it('is all of it where it is as long as badges are', () => {
    expect(inBrief(badge)).toEqual(badge);
    const description = 'x'.repeat(maxTextLength);
    const long = { ...badge, achievement: { ...badge.achievement, description } };
    expect(inBrief(long)).toEqual(long);
  });

  it('is the beginning of a text that is longer than any', () => {
    const description = 'x'.repeat(maxTextLength + 1);
    const kept = inBrief({ ...badge, achievement: { ...badge.achievement, description } });
    expect(kept.achievement.description).toBe(`${'x'.repeat(maxTextLength)}…`);
    expect(kept.issuer).toEqual(badge.issuer);
  });

  it('is the beginning of its lists where they say too much together, and still a whole badge', () => {
    const evidence = Array.from({ length: 200 }, () => ({ name: 'y'.repeat(maxTextLength) }));
    const kept = inBrief({ ...badge, evidence });
    expect(kept.evidence.length).toBeGreaterThan(1);
    expect(JSON.stringify(kept).length).toBeLessThan(maxLengthInAll + 2 * maxTextLength);
    expect({ ...kept, evidence: badge.evidence }).toEqual(badge);
  });
});
