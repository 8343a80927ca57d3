import { describe, expect, it } from 'vitest';
import { contextOf } from '../../contexts/bundled.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { type BadgeWish, buildBadge, jsonOf } from '../../testing/build-badge.ts';
import { buildIssuer } from '../../testing/build-issuer.ts';
import { fetcherOver } from '../../testing/documents.ts';
import { fixedClock } from '../../testing/seeded.ts';
import { credentialContext, openBadgesContext, signEmbedded } from '../../testing/sign-data-integrity.ts';
import { verifyBadge } from '../../verify/verify-badge.ts';
import { canonize } from './canonize.ts';
import { misleadingPart } from './meaning.ts';

const schema = 'https://schema.org/';
const credentials = 'https://www.w3.org/2018/credentials#';

async function verdictOf(document: JsonObject, documents: Parameters<typeof fetcherOver>[0] = new Map()) {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const effects = { fetch: fetcherOver(documents), clock: fixedClock() };
  return (await verifyBadge({ kind: 'bytes', bytes }, {}, effects)).verdict;
}

/** A badge of the older contexts, whose words are not protected. */
const unprotected = [
  'https://www.w3.org/2018/credentials/v1',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
];

describe('a document that means something else than it says (T42)', () => {
  it('keeps a revoked badge revoked when its status is written by its full address', async () => {
    const badge = await buildBadge({ status: { set: true } });
    const { credentialStatus, ...rest } = jsonOf(badge);
    expect((await verdictOf(jsonOf(badge), badge.documents)).outcome).toBe('revoked');
    const hidden = { ...rest, [`${credentials}credentialStatus`]: credentialStatus as Json };
    expect((await verdictOf(hidden, badge.documents)).outcome).not.toBe('valid');
  });

  it('keeps an expired badge expired when its end is moved under another name', async () => {
    const badge = await buildBadge({
      awarded: '2025-01-02T00:00:00Z',
      expires: '2026-01-02T00:00:00Z',
    });
    const { validUntil, '@context': contexts, ...rest } = jsonOf(badge);
    const own = {
      lasts: { '@id': `${credentials}validUntil`, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
    };
    const moved = { ...rest, '@context': [...(contexts as Json[]), own], lasts: validUntil as Json };
    expect((await verdictOf(jsonOf(badge), badge.documents)).outcome).toBe('expired');
    expect((await verdictOf(moved, badge.documents)).outcome).not.toBe('valid');
    expect((await verdictOf(moved, badge.documents)).outcome).not.toBe('expired');
  });

  describe('that carries an endorsement, which speaks of it by its name', () => {
    const typed = { '@value': '2026-01-02T00:00:00Z', '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' };
    /** The ways in which a holder can say of the badge, inside the endorsement, what he takes away above. */
    const ways = (name: string, value: Json, literal: Json): readonly JsonObject[] => [
      { [`${credentials}${name}`]: literal },
      { type: ['EndorsementSubject', 'VerifiableCredential'], [name]: value },
      { '@context': { also: `${credentials}${name}` }, also: literal },
    ];

    async function endorsed(wish: BadgeWish) {
      const endorser = await buildIssuer();
      const wished = {
        key: endorser.key,
        verificationMethod: endorser.keyId,
        created: '2026-01-10T10:00:00Z',
      };
      const endorsementOf = (id: Json): JsonObject => ({
        '@context': [credentialContext, openBadgesContext],
        id: 'urn:uuid:5c0d0d5e-0000-4000-8000-000000000001',
        type: ['VerifiableCredential', 'EndorsementCredential'],
        issuer: { id: endorser.id, type: ['Profile'], name: 'Guild' },
        name: 'Endorsement',
        validFrom: '2026-01-10T10:00:00Z',
        credentialSubject: { id, type: ['EndorsementSubject'], endorsementComment: 'Well made' },
      });
      const { id = null } = (await buildBadge(wish)).document;
      const endorsement = await signEmbedded(endorsementOf(id), { suite: 'eddsa-rdfc-2022', ...wished });
      return buildBadge({ ...wish, change: (document) => ({ ...document, endorsement: [endorsement] }) });
    }

    /** The badge with one of its fields said inside the endorsement in its place. */
    function movedInside(signed: JsonObject, name: string, said: JsonObject): JsonObject {
      const { [name]: _, ...rest } = signed;
      const [endorsement] = rest['endorsement'] as readonly JsonObject[];
      const subject = endorsement?.['credentialSubject'] as JsonObject;
      return { ...rest, endorsement: [{ ...endorsement, credentialSubject: { ...subject, ...said } }] };
    }

    it('keeps its end', async () => {
      const badge = await endorsed({ awarded: '2025-01-02T00:00:00Z', expires: '2026-01-02T00:00:00Z' });
      const signed = jsonOf(badge);
      expect((await verdictOf(signed)).outcome).toBe('expired');
      const moved = ways('validUntil', signed['validUntil'] ?? null, typed);
      for (const said of moved)
        expect((await verdictOf(movedInside(signed, 'validUntil', said))).outcome).toBe('malformed');
    });

    it('keeps its status', async () => {
      const { documents, ...badge } = await endorsed({ status: { set: true } });
      const signed = jsonOf({ documents, ...badge });
      expect((await verdictOf(signed, documents)).outcome).toBe('revoked');
      const status = signed['credentialStatus'] ?? null;
      for (const said of ways('credentialStatus', status, status)) {
        const moved = movedInside(signed, 'credentialStatus', said);
        expect((await verdictOf(moved, documents)).outcome).toBe('malformed');
      }
    });

    it('is valid as it was signed', async () => {
      const badge = await endorsed({ expires: '2027-01-02T00:00:00Z', status: {} });
      const { outcome, checks } = await verdictOf(jsonOf(badge), badge.documents);
      expect([outcome, checks.some(({ detail }) => detail.code === 'endorsement-good')]).toEqual([
        'valid',
        true,
      ]);
    });
  });

  it.each([
    ['name', { name: `${schema}description` }],
    ['achievement', { achievement: 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#creator' }],
    [
      'narrative below a class',
      { Criteria: { '@id': 'https://t.example/C', '@context': { narrative: `${schema}name` } } },
    ],
    ['a word taken back', { description: null }],
    ['every unknown word, by half a name', { '@vocab': 'https://t.example/x' }],
    ['every unknown word, by no address', { '@vocab': 'terms#' }],
    ['every unknown word, by nothing', { '@vocab': null }],
    ['every unknown word, as one that is published', { '@vocab': 'https://schema.org/' }],
    [
      'every unknown word, as one of badges',
      { '@vocab': 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#' },
    ],
    ['a base for relative addresses', { '@base': 'https://t.example/' }],
    ['the direction of all texts, which would not be signed', { '@direction': 'rtl' }],
    ['another name for a keyword', { also: '@type' }],
    ['a nest', { hidden: '@nest' }],
  ])('is refused when its own context redefines %s', async (_, own) => {
    const document: JsonObject = {
      '@context': [...unprotected, own as Json],
      id: 'urn:uuid:aa8b0b2e-5b52-4e30-8b2f-3f5c2c1d9a01',
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      issuer: 'did:example:issuer',
    };
    const canonical = await canonize(document, contextOf);
    const refused = !canonical.ok || misleadingPart(document, canonical.tally, contextOf) !== undefined;
    expect(refused).toBe(true);
  });

  it.each(['@graph', '@included', '@nest', '@reverse', '@id', '@index'])(
    'is refused when it uses %s',
    (keyword) => {
      const document = { '@context': unprotected, [keyword]: [] };
      expect(misleadingPart(document, new Map(), contextOf)).toEqual({ field: keyword });
    },
  );

  it('may name a vocabulary of its own for words that no context defines, and is held to each', async () => {
    const issuer = await buildIssuer();
    const contexts = [credentialContext, openBadgesContext, { '@vocab': 'https://t.example/terms#' }];
    const { document } = await buildBadge({ issuer });
    const signed = await signEmbedded(
      { ...document, '@context': contexts, shoeSize: '43' },
      {
        suite: 'eddsa-rdfc-2022',
        key: issuer.key,
        verificationMethod: issuer.keyId,
        created: '2026-01-15T10:00:00Z',
      },
    );
    expect((await verdictOf(signed)).outcome).toBe('valid');
    expect((await verdictOf({ ...signed, shoeSize: '44' })).outcome).toBe('invalid');
    expect((await verdictOf({ ...signed, handSize: '9' })).outcome).toBe('invalid');
  });

  it.each([
    ['the language of a text', { name: { '@value': 'شارة', '@language': 'ar' } }, ['"ar"', '"he"']],
    ['its direction', { name: { '@value': 'شارة', '@direction': 'rtl' } }, ['"rtl"', '"ltr"']],
    [
      'both',
      { name: { '@value': 'شارة', '@language': 'ar', '@direction': 'rtl' } },
      [',"@direction":"rtl"', ''],
    ],
    [
      'the language of all of its texts',
      { '@context': [credentialContext, openBadgesContext, { '@language': 'ar' }] },
      ['"ar"', '"he"'],
    ],
  ] as const)('may say %s, and is held to it', async (_, saying, [said, turned]) => {
    const issuer = await buildIssuer();
    const { document } = await buildBadge({ issuer });
    const signed = await signEmbedded(
      { ...document, ...saying },
      {
        suite: 'eddsa-rdfc-2022',
        key: issuer.key,
        verificationMethod: issuer.keyId,
        created: '2026-01-15T10:00:00Z',
      },
    );
    expect((await verdictOf(signed)).outcome).toBe('valid');
    const changed = JSON.parse(JSON.stringify(signed).replace(said, turned)) as JsonObject;
    expect((await verdictOf(changed)).reason).toBe('signature-bad');
  });

  it('may add words of its own', async () => {
    const badge = await buildBadge();
    const own = { shoeSize: 'https://t.example/shoeSize' };
    const document = {
      ...badge.document,
      '@context': [...(badge.document['@context'] as Json[]), own],
      shoeSize: '43',
    };
    const canonical = await canonize(document, contextOf);
    expect(canonical.ok && misleadingPart(document, canonical.tally, contextOf)).toBeUndefined();
  });
});
