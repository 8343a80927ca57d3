import { describe, expect, it } from 'vitest';
import { silent } from './import-badge.ts';

describe('an address that gives nothing', () => {
  const row = { key: 'import:1', address: 'https://issuer.example/1' };

  it('can be kept and asked again where its issuer may answer later', () => {
    for (const code of ['offline', 'offer-unreachable', 'offer-timed-out', 'offer-server-failed'] as const)
      expect(silent(row, { code, facts: {} })).toEqual({
        state: 'failed',
        error: { code, facts: {} },
        later: 'import:1',
      });
  });

  it('is refused where its issuer has answered, or may not be asked', () => {
    for (const code of ['offer-not-found', 'offer-gone', 'private-address', 'address-not-allowed'] as const)
      expect(silent(row, { code, facts: {} })).toEqual({ state: 'failed', error: { code, facts: {} } });
  });

  it('is not asked for again where there is no address', () => {
    expect(silent({ key: 'import:1' }, { code: 'offline', facts: {} })).not.toHaveProperty('later');
  });
});
