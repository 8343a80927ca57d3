import { describe, expect, it } from 'vitest';
import { utf8 } from '../../shared/model/bytes.ts';
import type { Json } from '../../shared/model/json.ts';
import { buildBadge, jsonOf } from '../../shared/testing/build-badge.ts';
import { fetcherOver } from '../../shared/testing/documents.ts';
import { fixedClock } from '../../shared/testing/seeded.ts';
import { databaseOf } from '../store/database.ts';
import { importFile, importPart, importText, silent } from './import-badge.ts';
import { look } from './look.ts';

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

describe('an envelope of several badges', () => {
  const deps = {
    // An envelope is never kept, so that nothing is asked of the store.
    store: databaseOf('envelopes'),
    fetcher: () => fetcherOver(new Map()),
    clock: fixedClock(),
    random: (length: number) => new Uint8Array(length),
  };
  const envelope = (inside: readonly Json[]) =>
    JSON.stringify({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: 'VerifiablePresentation',
      verifiableCredential: inside,
    });

  it('is taken apart into badges that hold by themselves, from a file as from a text', async () => {
    const token = await buildBadge({ proof: 'vc-jwt', name: 'Python Basics' });
    const text = envelope([jsonOf(await buildBadge()), token.text]);
    const pasted = await importText(text, {}, deps);
    expect(await importFile({ name: 'all.json', bytes: utf8(text) }, {}, deps)).toEqual(pasted);
    const parts = pasted.state === 'several' ? pasted.parts : [];
    const found = await Promise.all(
      parts.map(async (part) => (await look({ kind: 'bytes', bytes: utf8(part) }, 'all', deps)).found),
    );
    expect(
      found.map((one) =>
        one.state === 'failed'
          ? one.error.code
          : [one.verification.verdict.outcome, one.verification.badge?.achievement.name],
      ),
    ).toEqual([
      ['valid', 'JavaScript Basics'],
      ['valid', 'Python Basics'],
    ]);
  });

  it('is not opened a second time when it lies inside another', async () => {
    const badge = jsonOf(await buildBadge());
    const inner = envelope([badge, badge]);
    expect((await importText(inner, {}, deps)).state).toBe('several');
    expect(await importPart(inner, {}, deps)).toMatchObject({
      state: 'failed',
      error: { code: 'not-a-badge' },
    });
  });
});
