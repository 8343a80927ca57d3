import { beforeAll, describe, expect, it } from 'vitest';
import { contextOf } from '../../shared/contexts/bundled.ts';
import { utf8 } from '../../shared/model/bytes.ts';
import { isJsonObject, type JsonObject, listOf } from '../../shared/model/json.ts';
import { canonize } from '../../shared/proofs/json-ld/canonize.ts';
import { buildBadge, jsonOf } from '../../shared/testing/build-badge.ts';
import { fetcherOver } from '../../shared/testing/documents.ts';
import { fixedClock } from '../../shared/testing/seeded.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import { compareWithLibrary, mutantsOf } from './canonical-gate.ts';

const seed = 20_260_601;
let documents: readonly JsonObject[];

/** A credential, what its proof signs apart from it, and the proof's own options. */
function partsOf(credential: JsonObject): readonly JsonObject[] {
  const { proof, ...unsecured } = credential;
  return [
    credential,
    unsecured,
    ...listOf(proof)
      .filter(isJsonObject)
      .map((one) => optionsOf(one, credential)),
  ];
}

beforeAll(async () => {
  const badges = await Promise.all([
    buildBadge(),
    buildBadge({ proof: 'Ed25519Signature2020' }),
    buildBadge({ status: { set: false }, expires: '2027-01-01T00:00:00Z', narrative: 'Two\nlines "quoted"' }),
    buildBadge({ recipient: { type: 'email', value: 'a@b.example', hashed: true, salt: 's' } }),
  ]);
  const credentials = badges.map(jsonOf);
  const [first, second, third] = credentials;
  const transcript: JsonObject = {
    '@context': [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    id: 'urn:uuid:transcript',
    type: ['VerifiableCredential', 'ClrCredential'],
    issuer: { id: 'did:example:school', type: ['Profile'], name: 'School' },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      type: ['ClrSubject'],
      verifiableCredential: [first, second, third].map((credential) => credential ?? {}),
    },
  };
  documents = [...credentials, transcript].flatMap(partsOf);
});

describe('the fast walk beside the libraries', () => {
  it('answers the documents that issuers write, letter by letter as they do', async () => {
    const { answered, asked, differences } = await compareWithLibrary(documents);
    expect(differences).toEqual([]);
    expect(answered).toBe(asked);
  });

  it('answers what a document says twice in the same words, and leaves what only comes to the same', async () => {
    const document = documents[0] ?? {};
    const { issuer = {}, credentialSubject } = document;
    const subject = isJsonObject(credentialSubject) ? credentialSubject : {};
    const achievement = isJsonObject(subject['achievement']) ? subject['achievement'] : {};
    const withAchievement = (members: JsonObject): JsonObject => ({
      ...document,
      credentialSubject: { ...subject, achievement: { ...achievement, ...members } },
    });
    const same = [
      withAchievement({ creator: issuer }),
      withAchievement({ tag: ['a', 'b', 'a'] }),
      withAchievement({ type: ['Achievement', 'Achievement'] }),
      withAchievement({ creditsAvailable: ['1.5E0', 2.5, 2.5] }),
    ];
    const alike = [
      withAchievement({ creditsAvailable: ['1.5E0', 1.5] }),
      withAchievement({ creditsAvailable: [1e21, '1.0E21'] }),
    ];
    const told = await compareWithLibrary(same);
    expect(told).toMatchObject({ answered: same.length, differences: [] });
    expect(await compareWithLibrary(alike)).toMatchObject({ answered: 0 });
  });

  it(`never says anything else of changed documents, and nothing where they refuse (seed ${seed})`, async () => {
    const { answered, differences } = await compareWithLibrary(mutantsOf(documents, 2000, seed));
    expect(differences).toEqual([]);
    expect(answered).toBeGreaterThan(400);
  });

  it(`calls no changed credential valid (seed ${seed})`, async () => {
    const badge = await buildBadge({ narrative: 'What was done.' });
    const signed = jsonOf(badge);
    const before = await statementsOf(signed);
    const effects = { fetch: fetcherOver(badge.documents), clock: fixedClock() };
    const outcomeOf = async (document: JsonObject) =>
      (await verifyBadge({ kind: 'bytes', bytes: utf8(JSON.stringify(document)) }, {}, effects)).verdict
        .outcome;
    expect(await outcomeOf(signed)).toBe('valid');
    let changed = 0;
    for (const mutant of mutantsOf([signed], 500, seed)) {
      if ((await statementsOf(mutant)) === before) continue;
      changed += 1;
      expect(await outcomeOf(mutant), JSON.stringify(mutant)).not.toBe('valid');
    }
    expect(changed).toBeGreaterThan(300);
  });
});

/** What the signatures cover: the statements of the document and of each proof. */
async function statementsOf(document: JsonObject): Promise<string> {
  const { proof, ...unsecured } = document;
  const covered = [
    unsecured,
    ...listOf(proof)
      .filter(isJsonObject)
      .map((one) => optionsOf(one, document)),
  ];
  const texts = await Promise.all(covered.map((part) => canonize(part, contextOf)));
  return JSON.stringify([...new Set(texts.map((text) => (text.ok ? text.quads : text.code)))]);
}

function optionsOf(proof: JsonObject, document: JsonObject): JsonObject {
  return { ...proof, '@context': document['@context'] ?? [] };
}
