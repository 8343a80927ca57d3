import { describe, expect, it } from 'vitest';
import { sha256Of, utf8 } from '../model/bytes.ts';
import { discloseAll, discloseBadge } from './disclosure.ts';

const hash = await sha256Of(utf8('badge'));
const documents = [{ hash, bytes: 5, what: 'badge' as const, mediaType: 'application/json' }];

describe('what becomes readable', () => {
  it('names the learner’s address where the badge has it in clear', () => {
    const disclosed = discloseBadge({
      documents,
      recipients: [{ type: 'email', identity: 'Ada@School.example', hashed: false }],
      said: [{ recipient: { identity: 'Ada@School.example' } }],
      identities: [],
    });
    expect(disclosed).toEqual({
      documents,
      inClear: ['ada@school.example'],
      guessable: false,
      alsoNamed: [],
    });
  });

  it('says that a hashed address can be confirmed by who guesses it', () => {
    const disclosed = discloseBadge({
      documents,
      recipients: [{ type: 'email', identity: `sha256$${'a'.repeat(64)}`, hashed: true, salt: 'x' }],
      said: [{}],
      identities: [{ type: 'email', value: 'ada@school.example' }],
    });
    expect(disclosed.inClear).toEqual([]);
    expect(disclosed.guessable).toBe(true);
  });

  it('finds the learner’s address wherever in the documents it stands', () => {
    const disclosed = discloseBadge({
      documents,
      recipients: [],
      said: [{ evidence: [{ narrative: 'Write to ADA@school.example, or to tutor@school.example.' }] }],
      identities: [{ type: 'email', value: 'ada@school.example' }],
    });
    expect(disclosed.inClear).toEqual(['ada@school.example']);
    expect(disclosed.alsoNamed).toEqual(['tutor@school.example']);
  });

  it('adds several badges up, each document and address once', () => {
    const one = discloseBadge({
      documents,
      recipients: [{ type: 'email', identity: 'ada@school.example', hashed: false }],
      said: [],
      identities: [],
    });
    const other = discloseBadge({
      documents,
      recipients: [],
      said: [{ issuer: 'ada@school.example' }],
      identities: [],
    });
    expect(discloseAll([one, other])).toEqual({
      documents,
      inClear: ['ada@school.example'],
      guessable: false,
      alsoNamed: [],
    });
  });
});
