import { describe, expect, it } from 'vitest';
import { en } from './messages/en.ts';
import { type SyncFacts, syncWord } from './sync-word.ts';

const synced: SyncFacts = { account: true, unsent: 0, running: false, distrust: false };

describe('where the backpack stands, in a few words', () => {
  it.each<[string, Partial<SyncFacts>, boolean]>([
    ['Only in this browser', { account: false, unsent: 3 }, true],
    ['On all your devices', {}, true],
    ['On all your devices', {}, false],
    ['On its way', { unsent: 1 }, true],
    ['On its way', { running: true }, true],
    ['Saved here', { unsent: 1 }, false],
    ['Saved here', { unsent: 1, failure: 'companion-unreachable' }, true],
    ['Saved here', { failure: 'too-many-requests' }, true],
    ['Saved here', { failure: 'compacted' }, true],
    ['Needs you', { failure: 'revoked' }, true],
    ['Needs you', { failure: 'unauthorized' }, true],
    ['Needs you', { failure: 'quota', unsent: 2 }, false],
    ['Needs you', { distrust: true, running: true }, true],
  ])('is “%s” with %j, online: %s', (word, facts, online) => {
    expect(syncWord({ ...synced, ...facts }, online, en.sync)).toBe(word);
  });
});
