import { describe, expect, it } from 'vitest';
import { maxClaimedAtOnce, parseRequest } from './channel.ts';

const badge = `badge|${'A'.repeat(43)}`;
const samples = [
  { kind: 'offers-of-tab', tab: 1 },
  { kind: 'look-at-offer', tab: 1, key: 'k', privateHost: 'nas.local' },
  { kind: 'look-at-offer', tab: 1, key: 'k' },
  { kind: 'claim-badge', key: 'k', mode: 'keep-as-unverified' },
  { kind: 'claim-all', keys: ['a', 'b'] },
  { kind: 'undo-claim', badge, key: 'k' },
  { kind: 'undo-claim', badge: `offer|${'A'.repeat(43)}` },
  { kind: 'dismiss-offer', key: 'k' },
  { kind: 'undo-dismiss', key: 'k' },
  { kind: 'import-file', name: 'a.png', bytes: 'AA==' },
  { kind: 'import-text', text: '{}' },
  { kind: 'import-part', text: '{}' },
  { kind: 'import-address', address: 'https://a.example' },
  { kind: 'remove-badge', badge },
  { kind: 'restore-badge', badge },
  { kind: 'verify-again', badge },
  { kind: 'set-identities', identities: [{ type: 'email', value: 'anna@example.org' }] },
  { kind: 'sync-now' },
];

describe('a request of a page', () => {
  it.each(samples.map((sample) => [sample.kind, sample] as const))('%s is read', (_, sample) => {
    expect(parseRequest(sample)).toEqual(sample);
    expect(parseRequest({ ...sample, more: true })).toBeUndefined();
  });

  it.each([
    { kind: 'claim-badge', key: 'k', mode: 'nothing' },
    { kind: 'claim-badge', key: '', mode: 'claim' },
    { kind: 'offers-of-tab', tab: -1 },
    { kind: 'offers-of-tab', tab: 1.5 },
    { kind: 'remove-badge', badge: `settings|${'A'.repeat(43)}` },
    { kind: 'remove-badge', badge: 'badge|../x' },
    { kind: 'set-identities', identities: [{ type: 'email', value: '  ' }] },
    { kind: 'set-identities', identities: [{ type: 'root', value: 'x' }] },
    { kind: 'open-everything' },
    null,
    'claim-badge',
  ])('%j is none', (message) => {
    expect(parseRequest(message)).toBeUndefined();
  });

  it('claims as many at once as a page may offer, and no more', () => {
    const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`);
    expect(parseRequest({ kind: 'claim-all', keys: keys(maxClaimedAtOnce) })).toBeDefined();
    expect(parseRequest({ kind: 'claim-all', keys: keys(maxClaimedAtOnce + 1) })).toBeUndefined();
  });
});
