import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipientsOf } from '../formats/recipients.ts';
import type { Identity, Recipient } from '../model/badge.ts';
import type { Json } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { verify } from '../testing/verify-served.ts';
import { compareRecipient, recipientMatches, recipientMatchOf } from './recipient.ts';

const learner: Readonly<Record<string, string>> = {
  email: 'ada@example.org',
  url: 'https://ada.example/about',
  telephone: '+18006662344',
  did: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
};
const stranger: Readonly<Record<string, string>> = {
  email: 'bob@example.org',
  url: 'https://bob.example/about',
  telephone: '+18006662345',
  did: 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH',
};
const algorithms = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;

function plain(type: string, identity: string): Recipient {
  return { type, identity, hashed: false };
}

function hashed(type: string, identity: string, algorithm: string, salt?: string): Recipient {
  const hex = createHash(algorithm)
    .update(identity + (salt ?? ''))
    .digest('hex');
  return { type, identity: `${algorithm}$${hex}`, hashed: true, ...(salt === undefined ? {} : { salt }) };
}

describe('T52: someone else cannot claim a badge as his own', () => {
  for (const [type, value] of Object.entries(learner)) {
    const forms: readonly [string, Recipient][] = [
      ['plain', plain(type, value)],
      ...algorithms.flatMap((algorithm): [string, Recipient][] => {
        const salted = hashed(type, value, algorithm, 'sel gris');
        return [
          [algorithm, hashed(type, value, algorithm)],
          [`${algorithm} with salt`, salted],
          [
            `${algorithm} in upper-case hex`,
            { ...salted, identity: salted.identity.replace(/\$.*/, (hex) => hex.toUpperCase()) },
          ],
        ];
      }),
    ];
    it.each(forms)(`${type}, %s: the learner's own, another's, and none given`, async (_form, recipient) => {
      const own: Identity = { type, value };
      const other: Identity = { type, value: stranger[type] ?? '' };
      expect(await recipientMatches(recipient, own)).toBe(true);
      expect(await recipientMatches(recipient, other)).toBe(false);
      expect(await recipientMatchOf({ recipients: [recipient] }, [other, own])).toBe('yours');
      expect(await recipientMatchOf({ recipients: [recipient] }, [other])).toBe('someone-elses');
      expect(await recipientMatchOf({ recipients: [recipient] }, [])).toBe('not-yet-matched');
    });
  }

  it('is known where the class of the object stands among its types', () => {
    const typesOf = (type: Json) =>
      recipientsOf({ recipient: { type, hashed: false, identity: 'ada@example.org' } }).map(
        (one) => one.type,
      );
    expect(typesOf(['IdentityObject', 'email'])).toEqual(['email']);
    expect(typesOf(['email', 'IdentityObject'])).toEqual(['email']);
    expect(typesOf('url')).toEqual(['url']);
    expect(typesOf('IdentityObject')).toEqual(['IdentityObject']);
  });

  it('does not take a value of another kind, even when the text is the same', async () => {
    expect(
      await recipientMatches(plain('url', 'ada@example.org'), { type: 'email', value: 'ada@example.org' }),
    ).toBe(false);
  });

  it('does not take the salt before the identity, nor a salt left out', async () => {
    const own: Identity = { type: 'email', value: 'ada@example.org' };
    const before = createHash('sha256').update('saltada@example.org').digest('hex');
    expect(
      compareRecipient({ type: 'email', identity: `sha256$${before}`, hashed: true, salt: 'salt' }, own),
    ).toBe('differs');
    const { salt: _, ...unsalted } = hashed('email', 'ada@example.org', 'sha256', 'salt');
    expect(compareRecipient(unsalted, own)).toBe('differs');
  });

  it('does not read a hash that the badge calls plain, nor plain text that it calls a hash', () => {
    const own: Identity = { type: 'email', value: 'ada@example.org' };
    expect(compareRecipient({ ...hashed('email', 'ada@example.org', 'sha256'), hashed: false }, own)).toBe(
      'differs',
    );
    expect(compareRecipient({ ...plain('email', 'ada@example.org'), hashed: true }, own)).toBe('differs');
  });
});

describe('the recipient of a badge', () => {
  it('is found by the spelling that the learner typed, and by the lower-cased one', () => {
    const typed: Identity = { type: 'email', value: ' Ada@Example.org ' };
    expect(compareRecipient(hashed('email', 'ada@example.org', 'sha256', 'x'), typed)).toBe('matches');
    expect(compareRecipient(hashed('email', 'Ada@Example.org', 'sha256', 'x'), typed)).toBe('matches');
    expect(compareRecipient(hashed('email', 'ADA@example.org', 'sha256', 'x'), typed)).toBe('differs');
  });

  it('is nobody when the badge names nobody', async () => {
    expect(await recipientMatchOf({ recipients: [] }, [{ type: 'email', value: 'ada@example.org' }])).toBe(
      'names-nobody',
    );
  });

  it('is not yet matched when the learner has only identities of another kind', async () => {
    const match = await recipientMatchOf({ recipients: [plain('email', 'ada@example.org')] }, [
      { type: 'did', value: learner['did'] ?? '' },
    ]);
    expect(match).toBe('not-yet-matched');
  });

  it('may be an e-mail address written as mailto:', () => {
    expect(
      compareRecipient(plain('did', 'mailto:ada@example.org'), { type: 'email', value: 'ada@example.org' }),
    ).toBe('matches');
    expect(
      compareRecipient(plain('emailAddress', 'ada@example.org'), { type: 'email', value: 'ada@example.org' }),
    ).toBe('matches');
  });

  it.each([
    ['id', 'url'],
    ['@id', 'url'],
    ['schema:url', 'url'],
    ['http://schema.org/url', 'url'],
    ['ext:url', 'url'],
    ['id', 'did'],
    ['schema:email', 'email'],
    ['schema:telephone', 'telephone'],
    ['ext:telephone', 'telephone'],
  ] as const)('may be named by the word %s for a kind of the learner’s: %s', (word, type) => {
    const [own, other] = [learner[type] ?? '', stranger[type] ?? ''];
    expect(compareRecipient(plain(word, own), { type, value: own })).toBe('matches');
    expect(compareRecipient(plain(word, own), { type, value: other })).toBe('differs');
    const kinds = ['email', 'url', 'telephone', 'did'].filter((kind) => kind !== type);
    for (const kind of kinds)
      expect(compareRecipient(plain(word, own), { type: kind, value: own })).toBe('differs');
  });

  it('cannot be compared when the hash is of a kind that nobody here knows', () => {
    const own: Identity = { type: 'email', value: 'ada@example.org' };
    expect(compareRecipient({ type: 'email', identity: 'whirlpool$00ff', hashed: true }, own)).toBe(
      'cannot-compare',
    );
  });

  it('answers for any text in bounds', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.boolean(),
        fc.option(fc.string()),
        (identity, value, isHashed, salt) => {
          const recipient = { type: 'email', identity, hashed: isHashed, ...(salt === null ? {} : { salt }) };
          expect(['matches', 'differs', 'cannot-compare']).toContain(
            compareRecipient(recipient, { type: 'email', value }),
          );
        },
      ),
    );
  });
});

describe('a credential that is no badge', () => {
  it('is held to the one asked about all the same', async () => {
    const { bytes, documents } = await buildBadge({
      recipient: { type: 'did', value: learner['did'] ?? '' },
      change: (document) => ({ ...document, type: ['VerifiableCredential'] }),
    });
    const outcomeFor = async (value = '') => {
      const options = { acceptsParts: true, recipient: [{ type: 'did', value }] };
      const { verdict } = await verify({ kind: 'bytes', bytes }, documents, options);
      return `${verdict.outcome}: ${verdict.reason}`;
    };
    expect(await outcomeFor(learner['did'])).toBe('valid: all-passed');
    expect(await outcomeFor(stranger['did'])).toBe('invalid: recipient-differs');
  });
});
