import { describe, expect, it } from 'vitest';
import { wordsOf } from '../messages/catalogue.ts';
import type { Issuer } from '../model/badge.ts';
import { hostText, issuerView } from './issuer-view.ts';

const words = wordsOf('en');
const harvard: Issuer = { id: 'did:key:z6MkStranger', name: 'Harvard University' };

describe('who made it (T49)', () => {
  it('leads with an unknown key, not with the famous name it claims', () => {
    const view = issuerView(
      harvard,
      { kind: 'key', key: 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH' },
      words,
    );
    expect(view.lead).toBe('Unknown issuer, key …\u2060wWsdvktH');
    expect(view.claim).toEqual({ before: 'says it is ', name: 'Harvard University', after: '' });
  });

  it('leads with the host that vouches, the name after it as a claim', () => {
    const view = issuerView(harvard, { kind: 'host', host: 'stranger.example', encrypted: true }, words);
    expect(view).toMatchObject({
      proven: true,
      lead: 'stranger.example',
      claim: { name: 'Harvard University' },
    });
    expect(view.caution).toBeUndefined();
  });

  it('says when the host was asked without encryption', () => {
    const view = issuerView(harvard, { kind: 'host', host: 'old.example', encrypted: false }, words);
    expect(view.caution).toBe('not encrypted');
  });

  it('says not proven where nothing binds the key, and why', () => {
    const view = issuerView(
      harvard,
      { kind: 'unconfirmed', key: 'did:key:z6Mk', why: 'key-not-bound' },
      words,
    );
    expect(view.proven).toBe(false);
    expect(view.lead).toBe('Issuer not proven');
    expect(view.why).toContain('nothing ties its key');
    expect(view.claim?.before).toBe('the badge names ');
  });

  it('never takes the lead from what the issuer wrote, whatever the proof', () => {
    const proofs = [
      { kind: 'host', host: 'a.example', encrypted: true },
      { kind: 'key', key: 'did:key:z6Mkabcdefgh' },
      { kind: 'unconfirmed', key: 'k', why: 'key-elsewhere' },
      { kind: 'none' },
    ] as const;
    for (const proof of proofs) expect(issuerView(harvard, proof, words).lead).not.toContain('Harvard');
  });

  it('never shows the host of a key that lies elsewhere as proven (k.15)', () => {
    for (const why of ['key-elsewhere', 'key-not-bound'] as const) {
      const view = issuerView(
        { id: 'https://university.example/issuer', name: 'University', address: 'https://evil.example/' },
        { kind: 'unconfirmed', key: 'did:key:z6MkEvil', why },
        words,
      );
      expect(view.proven).toBe(false);
      expect(view.lead).toBe('Issuer not proven');
      expect(JSON.stringify(view)).not.toMatch(/evil\.example|university\.example/);
    }
    // The twin: a host that was proven leads.
    const proof = { kind: 'host', host: 'university.example', encrypted: true } as const;
    expect(issuerView(harvard, proof, words)).toMatchObject({ proven: true, lead: 'university.example' });
  });

  it('shows a look-alike host in its ASCII form', () => {
    expect(hostText('аpple.example')).toBe('xn--pple-43d.example');
    expect(hostText('Academy.Example:8443')).toBe('academy.example:8443');
  });

  it('cuts and cleans the claimed name (T48)', () => {
    const view = issuerView({ id: 'x', name: `\u202E${'H'.repeat(10_000)}` }, { kind: 'none' }, words);
    expect(view.claim?.name).toHaveLength(80);
    expect(view.claim?.name).not.toContain('\u202E');
  });
});
