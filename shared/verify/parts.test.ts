import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../model/json.ts';
import { buildBadge, jsonOf } from '../testing/build-badge.ts';
import { type BuiltClr, buildClr, type ClrWish, recordOwner } from '../testing/build-clr.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { fetcherOver } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { credentialContext } from '../testing/sign-data-integrity.ts';
import { verifyBadge } from './verify-badge.ts';

const owner = { type: 'did', value: recordOwner } as const;

async function verified(wish: ClrWish = {}) {
  const clr = await buildClr(wish);
  return { clr, ...(await verificationOf(clr)) };
}

async function verificationOf({ bytes, documents }: Pick<BuiltClr, 'bytes' | 'documents'>) {
  const effects = { fetch: fetcherOver(documents), clock: fixedClock() };
  const verification = await verifyBadge({ kind: 'bytes', bytes }, {}, effects);
  const { outcome, reason, checks } = verification.verdict;
  const codes = checks.filter(({ check }) => check === 'part').map(({ detail }) => detail.code);
  return { verification, verdict: `${outcome}: ${reason}`, codes };
}

/** The record with one thing more inside. */
function withPart(record: JsonObject, part: Json): JsonObject {
  const subject = record['credentialSubject'] as JsonObject;
  const inside = [...(subject['verifiableCredential'] as readonly Json[]), part];
  return { ...record, credentialSubject: { ...subject, verifiableCredential: inside } };
}

describe('a record of several badges', () => {
  it('is valid by its own proof, and every badge inside is checked by itself', async () => {
    const parts = [
      await buildBadge({ recipient: owner, slug: 'one' }),
      await buildBadge({ recipient: owner, slug: 'two', name: 'PHP Basics', status: {} }),
    ];
    const { verdict, codes, verification } = await verified({ parts });
    expect(verdict).toBe('valid: all-passed');
    expect(codes).toEqual(['part-good', 'part-good']);
    expect(verification.badge?.achievement.name).toBe('Transcript');
    expect(verification.badge?.parts?.map(({ name }) => name)).toEqual(['JavaScript Basics', 'PHP Basics']);
    expect(verification.badge?.generation).toBe('clr-2.0');
  });

  it('hands out the badges inside, each to be verified by itself', async () => {
    const inner = await buildBadge({ recipient: owner });
    const { clr, verification } = await verified({ parts: [inner] });
    expect(verification.parts).toHaveLength(1);
    for (const bytes of verification.parts ?? []) {
      const alone = await verificationOf({ bytes, documents: clr.documents });
      expect([alone.verdict, alone.verification.badge?.id]).toEqual([
        'valid: all-passed',
        inner.document['id'],
      ]);
      expect(alone.verification.parts).toBeUndefined();
    }
  });

  it('is invalid when a badge inside was changed after the record was signed', async () => {
    const forge = (signed: JsonObject) =>
      JSON.parse(JSON.stringify(signed).replace('JavaScript', 'Javascript'));
    expect((await verified({ forge })).verdict).toBe('invalid: signature-bad');
  });

  it.each([
    ['was altered before the record was made', { forgery: 'byte-changed' }],
    ['was signed by a stranger', { forgery: 'key-of-another-issuer' }],
    ['has expired', { expires: '2026-02-01T00:00:00Z' }],
    ['was revoked', { status: { set: true } }],
  ] as const)('stays valid and says so when a badge inside %s', async (_, wish) => {
    const { verdict, codes, verification } = await verified({
      parts: [
        await buildBadge({ recipient: owner, ...wish }),
        await buildBadge({ recipient: owner, slug: 'good' }),
      ],
    });
    expect(verdict).toBe('valid: all-passed');
    expect(codes).toEqual(['part-bad', 'part-good']);
    expect(verification.verdict.checks.some(({ outcome }) => outcome === 'warning')).toBe(true);
  });

  it('leaves the badges inside as they are when the record itself has ended', async () => {
    const { verdict, codes } = await verified({
      change: (record) => ({ ...record, validUntil: '2026-02-01T00:00:00Z' }),
    });
    expect(verdict).toBe('expired: has-expired');
    expect(codes).toEqual(['part-good']);
  });

  it('tells a badge about somebody else', async () => {
    const stranger = await buildBadge({ recipient: { type: 'did', value: 'did:example:somebody' } });
    expect((await verified({ parts: [stranger] })).codes).toEqual(['part-good', 'part-other-person']);
  });

  it('T49: tells a badge in the name of a university that anybody could have signed', async () => {
    const { key, ...stranger } = await buildIssuer();
    const id = 'https://university.example/issuer';
    const issuer = { ...stranger, key, id, keyId: `${id}#${key.multikey}` };
    const { verdict, codes } = await verified({ parts: [await buildBadge({ recipient: owner, issuer })] });
    expect([verdict, codes]).toEqual(['valid: all-passed', ['part-good', 'part-not-confirmed']]);
    const honest = await buildIssuer({ origin: 'https://university.example', keyPlace: 'controller' });
    const theirs = await verified({ parts: [await buildBadge({ recipient: owner, issuer: honest })] });
    expect(theirs.codes).toEqual(['part-good']);
  });

  it('tells a connection to something that it does not hold', async () => {
    const part = await buildBadge({ recipient: owner });
    const association = (targetId: string): JsonObject => ({
      type: ['Association'],
      associationType: 'isPartOf',
      sourceId: 'https://academy.example/badges/javascript-basics',
      targetId,
    });
    const whole = await verified({ parts: [part], associations: [association(String(part.document['id']))] });
    expect(whole.codes).toEqual(['part-good']);
    const itself = await verified({
      parts: [part],
      associations: [association(String(whole.clr.document['id']))],
    });
    expect(itself.codes).toEqual(['part-good']);
    const loose = await verified({ parts: [part], associations: [association('urn:uuid:nowhere')] });
    expect(loose.codes).toEqual(['part-good', 'association-loose']);
    expect(loose.verdict).toBe('valid: all-passed');
  });

  it.each([
    ['a token', (text: string) => text],
    [
      'a token in its envelope',
      (text: string) => ({
        '@context': credentialContext,
        id: `data:application/vc+jwt,${text}`,
        type: 'EnvelopedVerifiableCredential',
      }),
    ],
  ] as const)('knows a connected badge that came as %s', async (_, inside) => {
    const token = await buildBadge({ recipient: owner, proof: 'vc-jwt' });
    const plain = await buildBadge({ recipient: owner, slug: 'plain' });
    const association = (targetId: string): JsonObject => ({
      type: ['Association'],
      associationType: 'precedes',
      sourceId: String(plain.document['id']),
      targetId,
    });
    const codesWith = async (targetId: string) =>
      (
        await verified({
          suite: 'eddsa-jcs-2022',
          parts: [plain],
          associations: [association(targetId)],
          change: (record) => withPart(record, inside(token.text)),
        })
      ).codes;
    expect(await codesWith(String(token.document['id']))).toEqual(['part-good', 'part-good']);
    expect(await codesWith('urn:uuid:nowhere')).toEqual(['part-good', 'part-good', 'association-loose']);
  });

  it('has 100 badges checked, and says so when there are more', async () => {
    const one = jsonOf(await buildBadge({ recipient: owner, proof: 'eddsa-jcs-2022' }));
    const checksWith = async (count: number) => {
      const { verification } = await verified({
        suite: 'eddsa-jcs-2022',
        parts: [],
        change: (record) => Array.from({ length: count }, () => one).reduce(withPart, record),
      });
      const { checks } = verification.verdict;
      return checks.filter(({ check }) => check === 'limits').map(({ detail }) => detail);
    };
    expect(await checksWith(100)).toEqual([]);
    const facts = { what: 'badges', limit: 100 };
    expect(await checksWith(101)).toEqual([{ code: 'some-not-checked', facts }]);
  });

  it('is no badge when it holds nothing, and no record when its subject is of another kind', async () => {
    const subjectWith =
      (more: JsonObject) =>
      (record: JsonObject): JsonObject => ({
        ...record,
        credentialSubject: { ...(record['credentialSubject'] as JsonObject), ...more },
      });
    const empty = await verified({ change: subjectWith({ verifiableCredential: [] }) });
    expect(empty.verdict).toBe('malformed: not-a-badge');
    const other = await verified({ forge: subjectWith({ type: ['AchievementSubject'] }) });
    expect(other.verdict).toBe('malformed: wrong-type');
  });
});
