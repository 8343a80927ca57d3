import { describe, expect, it } from 'vitest';
import { ob2Classes } from '../formats/ob-2-classes.ts';
import type { Url } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { type Documents, fetcherOver, servedJson } from '../testing/documents.ts';
import { fixedClock, testNow } from '../testing/seeded.ts';
import { signEmbedded } from '../testing/sign-data-integrity.ts';
import { jsonAt, withServed } from '../testing/verify-served.ts';
import { verifyBadge } from './verify-badge.ts';

const probe = 'https://probe.example/1';

/** Whether the probe was asked for, by any of its addresses. */
async function isAsked(document: JsonObject, documents: Documents): Promise<boolean> {
  const asked: Url[] = [];
  const effects = { fetch: fetcherOver(documents, testNow, asked), clock: fixedClock() };
  await verifyBadge({ kind: 'bytes', bytes: utf8(JSON.stringify(document)) }, {}, effects);
  return asked.some((address) => new URL(address).host === 'probe.example');
}

/** Properties of 2.0 that may hold an address, and whether a hosted badge's verdict rests on what lies there. */
const restsOn: Readonly<Record<string, boolean>> = {
  'Assertion.id': true,
  'Assertion.badge': true,
  'Assertion.image': false,
  'Assertion.evidence': false,
  'Assertion.endorsement': true,
  'BadgeClass.id': true,
  'BadgeClass.image': false,
  'BadgeClass.criteria': false,
  'BadgeClass.issuer': true,
  'BadgeClass.alignment': false,
  'BadgeClass.endorsement': true,
  'Profile.id': true,
  'Profile.url': false,
  'Profile.image': false,
  'Profile.publicKey': false,
  'Profile.verification': true,
  'Profile.revocationList': false,
  'Profile.endorsement': true,
};

describe('T37: of the addresses in a hosted badge of 2.0', () => {
  const classes = ['Assertion', 'BadgeClass', 'Profile'] as const;
  const places = classes.flatMap((name) =>
    ob2Classes[name].properties
      .filter(({ values }) => values?.some((value) => ['iri', 'url', 'data-uri'].includes(value)))
      .map((property) => [name, property.name] as const),
  );

  it('each has its row here', () => {
    expect(places.map((place) => place.join('.')).sort()).toEqual(Object.keys(restsOn).sort());
  });

  it.each(places)('%s.%s is asked only where the verdict rests on it', async (name, property) => {
    const change = (document: JsonObject): JsonObject => ({ ...document, [property]: probe });
    const badge = await buildBadge({ proof: 'hosted' });
    const { document, issuer } = badge;
    const address = name === 'BadgeClass' ? String(document['badge']) : issuer.id;
    const asked =
      name === 'Assertion'
        ? await isAsked(
            change(document),
            withServed(badge, { [String(document['id'])]: servedJson(change(document)) }),
          )
        : await isAsked(
            document,
            withServed(badge, { [address]: servedJson(change(jsonAt(badge, address))) }),
          );
    expect(asked).toBe(restsOn[`${name}.${property}`]);
  });
});

/** Every place of an address in a credential of 3.0, and whether it is asked. */
const places3: Readonly<Record<string, boolean>> = {
  '@context.0': false,
  '@context.1': false,
  '@context.2': false,
  id: false,
  image: false,
  'issuer.id': true,
  'issuer.url': false,
  'issuer.image.id': false,
  'issuer.endorsement.0.id': false,
  'credentialSubject.id': false,
  'credentialSubject.image.id': false,
  'credentialSubject.achievement.id': false,
  'credentialSubject.achievement.criteria.id': false,
  'credentialSubject.achievement.image.id': false,
  'credentialSubject.achievement.alignment.0.targetUrl': false,
  'credentialSubject.achievement.creator.id': false,
  'credentialSubject.achievement.related.0.id': false,
  'evidence.0.id': false,
  'termsOfUse.id': false,
  'credentialSchema.id': true,
  'refreshService.id': true,
  'credentialStatus.id': false,
  'credentialStatus.statusListCredential': true,
  'proof.verificationMethod': true,
};

/** Places that are addresses by what their text begins with. */
function addressesIn(value: Json, path: readonly string[] = []): readonly string[] {
  if (typeof value === 'string') return /^https?:/.test(value) ? [path.join('.')] : [];
  if (Array.isArray(value))
    return value.flatMap((entry, index) => addressesIn(entry, [...path, String(index)]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => addressesIn(inner, [...path, name]));
}

function replacedAt(value: Json, [name, ...rest]: readonly string[], by: string): Json {
  if (name === undefined) return by;
  if (Array.isArray(value))
    return value.map((entry, index) => (String(index) === name ? replacedAt(entry, rest, by) : entry));
  return isJsonObject(value) ? { ...value, [name]: replacedAt(value[name] ?? null, rest, by) } : value;
}

describe('T37: of the addresses in a credential of 3.0', async () => {
  const own = 'https://academy.example/own';
  const issuer = await buildIssuer({ keyPlace: 'controller' });
  const { document } = await buildBadge({ issuer, proof: 'eddsa-jcs-2022' });
  const subject = isJsonObject(document['credentialSubject']) ? document['credentialSubject'] : {};
  const achievement = isJsonObject(subject['achievement']) ? subject['achievement'] : {};
  const image = { id: own, type: 'Image' };
  const full: JsonObject = {
    ...document,
    '@context': [...(document['@context'] as Json[]), 'https://w3id.org/security/multikey/v1'],
    image: own,
    issuer: {
      ...(isJsonObject(document['issuer']) ? document['issuer'] : {}),
      image,
      endorsement: [{ id: own, type: ['VerifiableCredential', 'EndorsementCredential'] }],
    },
    credentialSubject: {
      ...subject,
      id: own,
      image,
      achievement: {
        ...achievement,
        criteria: { id: own },
        alignment: [{ type: ['Alignment'], targetName: 'One', targetUrl: own }],
        creator: { id: own, type: ['Profile'] },
        related: [{ id: own, type: ['Related'] }],
      },
    },
    evidence: [{ id: own, type: ['Evidence'] }],
    termsOfUse: { id: own, type: 'Terms' },
    credentialSchema: { id: own, type: 'JsonSchema' },
    refreshService: { id: own, type: '1EdTechCredentialRefresh' },
    credentialStatus: {
      id: own,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'message',
      statusListIndex: '1',
      statusListCredential: own,
    },
  };
  const sign = (one: JsonObject, verificationMethod = issuer.keyId) =>
    signEmbedded(one, {
      suite: 'eddsa-jcs-2022',
      key: issuer.key,
      verificationMethod,
      created: '2026-01-15T10:00:00Z',
    });

  it('each has its row here, and the badge that holds them all is good', async () => {
    const signed = await sign(full);
    // The contexts that the proof repeats are the document's own.
    const found = addressesIn(signed).filter((path) => !path.startsWith('proof.@context'));
    expect(found.toSorted()).toEqual(Object.keys(places3).toSorted());
    const effects = { fetch: fetcherOver(issuer.documents), clock: fixedClock() };
    const bytes = utf8(JSON.stringify(signed));
    expect((await verifyBadge({ kind: 'bytes', bytes }, {}, effects)).verdict.outcome).toBe('valid');
  });

  it.each(Object.entries(places3))('%s is asked only where the verdict rests on it', async (path, asked) => {
    const isKey = path === 'proof.verificationMethod';
    const changed = isKey ? full : replacedAt(full, path.split('.'), probe);
    const signed = await sign(isJsonObject(changed) ? changed : {}, isKey ? `${probe}#key-1` : issuer.keyId);
    expect(await isAsked(signed, issuer.documents)).toBe(asked);
  });
});
