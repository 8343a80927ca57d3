import { describe, expect, it } from 'vitest';
import type { Badge } from '../../shared/model/badge.ts';
import { maxRecordBytes } from '../../shared/model/limits.ts';
import { trimBadge } from './badge-fields.ts';

const small: Badge = {
  generation: '2.0',
  id: 'https://academy.example/1',
  achievement: { name: 'JavaScript', tags: ['web'], alignments: [] },
  issuer: { id: 'https://academy.example/', name: 'Academy' },
  recipients: [{ type: 'email', identity: 'sha256$00', hashed: true, salt: 's' }],
  evidence: [],
  endorsements: [],
  document: { any: 'thing' },
};

describe('what is kept of a badge’s view', () => {
  it('is all of it, its raw document apart', () => {
    expect(trimBadge(small)).toEqual({ ...small, document: {} });
  });

  it('leaves out pictures inside the document: their bytes are kept by themselves', () => {
    const picture = `data:image/png;base64,${'A'.repeat(3000)}`;
    expect(trimBadge({ ...small, achievement: { ...small.achievement, picture } })).toEqual({
      ...small,
      document: {},
    });
  });

  it('fits into a record, whatever its issuer wrote', () => {
    const text = '€'.repeat(11_000);
    const monster: Badge = {
      ...small,
      achievement: { ...small.achievement, name: text, description: text, tags: Array(60).fill(text) },
      evidence: Array(60).fill({ name: text, description: text, narrative: text, address: text }),
      narrative: text,
    };
    const kept = new TextEncoder().encode(JSON.stringify(trimBadge(monster)));
    expect(kept.length).toBeLessThan(maxRecordBytes);
    expect(JSON.stringify(trimBadge(monster))).toContain('€€€');
  });
});
