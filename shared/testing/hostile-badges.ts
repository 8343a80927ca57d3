import { encode } from 'cborg';
import { base64UrlOf, concat, utf8 } from '../model/bytes.ts';
import { type Json, type JsonObject, maxJsonValues } from '../model/json.ts';
import { buildBadge, jsonOf } from './build-badge.ts';
import { buildClr } from './build-clr.ts';
import { type BuiltIssuer, buildIssuer } from './build-issuer.ts';
import { type Documents, jsonBytes, mergeDocuments, servedBytes, servedJson } from './documents.ts';
import { manyObjects, vastPicture } from './hostile-files.ts';
import {
  documentBytes,
  fileBytes,
  type HostileInput,
  type HostileInputs,
  mebibyte,
  text,
} from './hostile-input.ts';
import { credentialContext, openBadgesContext, signEmbedded } from './sign-data-integrity.ts';
import { compressed } from './write-png.ts';

const issuer = (): Promise<BuiltIssuer> => buildIssuer();

/** A real badge of the second data model with something more in it, signed over canonical JSON. */
async function signedWith(more: JsonObject, documents?: Documents): Promise<HostileInput> {
  const badge = await buildBadge({
    proof: 'eddsa-jcs-2022',
    change: (document) => ({ ...document, ...more }),
  });
  return { bytes: utf8(JSON.stringify(jsonOf(badge))), ...(documents === undefined ? {} : { documents }) };
}

async function statusList(list: Uint8Array, by: BuiltIssuer): Promise<Uint8Array> {
  const credential: JsonObject = {
    '@context': [credentialContext],
    id: listAddress,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: by.id,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${base64UrlOf(list)}`,
    },
  };
  const wish = {
    suite: 'eddsa-jcs-2022',
    key: by.key,
    verificationMethod: by.keyId,
    created: '2026-01-01T00:00:00Z',
  } as const;
  return jsonBytes(await signEmbedded(credential, wish));
}

const listAddress = 'https://academy.example/status';

function statusEntry(index: string): JsonObject {
  return {
    id: `${listAddress}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: index,
    statusListCredential: listAddress,
  };
}

async function withStatusList(size: number): Promise<HostileInput> {
  const by = await issuer();
  const list = await statusList(await compressed(new Uint8Array(size), 'gzip'), by);
  const badge = await buildBadge({
    issuer: by,
    change: (document) => ({ ...document, credentialStatus: statusEntry('7') }),
  });
  return { bytes: badge.bytes, documents: new Map([[listAddress, servedBytes(list, 'application/vc')]]) };
}

/** Nodes without names of which each knows those so many places further. */
export function circle(count: number, steps: readonly number[]): readonly JsonObject[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `_:n${at}`,
    knows: steps.map((step) => `_:n${(at + step) % count}`),
  }));
}

export async function hardGraph(nodes: readonly JsonObject[]): Promise<JsonObject> {
  const credential = jsonOf(await buildBadge());
  return {
    ...credential,
    '@context': [
      credentialContext,
      openBadgesContext,
      { knows: { '@id': 'https://t.example/knows', '@type': '@id' } },
    ],
    credentialSubject: { ...(credential['credentialSubject'] as JsonObject), knows: nodes },
  };
}

async function withCbor(bytes: Uint8Array): Promise<HostileInput> {
  const badge = jsonOf(await buildBadge({ proof: 'ecdsa-sd-2023' }));
  const proofValue = `u${base64UrlOf(concat(Uint8Array.of(0xd9, 0x5d, 0x01), bytes))}`;
  return text(JSON.stringify({ ...badge, proof: { ...(badge['proof'] as JsonObject), proofValue } }));
}

const cborLength = 700_000;
const filled = (byte: number) => new Uint8Array(cborLength).fill(byte);

async function withRevocations(list: JsonObject, entry: JsonObject): Promise<HostileInput> {
  return signedWith({ credentialStatus: entry }, new Map([[listAddress, servedJson(list)]]));
}

/** A record whose own signature does not count: it need not be good to make a reader work. */
async function recordOf(parts: readonly Json[]): Promise<JsonObject> {
  const { document } = await buildClr();
  const subject = document['credentialSubject'] as JsonObject;
  return { ...document, credentialSubject: { ...subject, verifiableCredential: [...parts] } };
}

/** Badges that are well formed, so that every step of the verification meets what they hold. */
export const hostileBadges: HostileInputs = {
  'a status list that grows to 128 MiB': () => withStatusList(128 * mebibyte),
  'many values that are signed': () => signedWith({ note: Array(1_900_000).fill(1) }),
  'many objects that are signed': () => signedWith({ note: Array.from({ length: 180_000 }, () => ({})) }),
  'ten proofs over a long text': async () => {
    const badge = jsonOf(await buildBadge({ proof: 'eddsa-jcs-2022' }));
    const proofs = Array.from({ length: 10 }, () => badge['proof'] ?? null);
    return text(JSON.stringify({ ...badge, note: 'a'.repeat(documentBytes - 12_000), proof: proofs }));
  },
  'a thousand proofs': async () => {
    const badge = jsonOf(await buildBadge());
    return text(
      JSON.stringify({ ...badge, proof: Array.from({ length: 1000 }, () => badge['proof'] ?? null) }),
    );
  },
  'a graph that looks alike from every side': async () =>
    text(JSON.stringify(await hardGraph(circle(70, [...Array(70).keys()].slice(1))))),
  'a hard graph in a circle': async () => text(JSON.stringify(await hardGraph(circle(990, [1, 3])))),
  'a record of a hundred hard graphs': async () => {
    const one = await hardGraph(circle(12, [...Array(12).keys()].slice(1)));
    return text(JSON.stringify(await recordOf(Array.from({ length: 100 }, () => one))));
  },
  'a record of a hundred badges with ten proofs each': async () => {
    const badge = jsonOf(await buildBadge({ proof: 'JsonWebSignature2020', algorithm: 'ES256K' }));
    const one = { ...badge, proof: Array.from({ length: 10 }, () => badge['proof'] ?? null) };
    return text(JSON.stringify(await recordOf(Array.from({ length: 100 }, () => one))));
  },
  'a record of a hundred graphs that are just not too hard': async () => {
    const one = await hardGraph(circle(5, [1, 2, 3, 4]));
    const ten = { ...one, proof: Array.from({ length: 10 }, () => one['proof'] ?? null) };
    return text(JSON.stringify(await recordOf(Array.from({ length: 100 }, () => ten))));
  },
  'lists in lists of CBOR': () => withCbor(filled(0x81)),
  'tags on tags of CBOR': () => withCbor(filled(0xc1)),
  'maps in maps of CBOR': () => withCbor(filled(0xa1)),
  'open lists in open lists of CBOR': () => withCbor(filled(0x9f)),
  'a list of 2^32 entries of CBOR': () => withCbor(Uint8Array.of(0x9a, 0xff, 0xff, 0xff, 0xff)),
  'a text of 2^53 bytes of CBOR': () =>
    withCbor(Uint8Array.of(0x85, 0x5b, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)),
  'a list of small numbers of CBOR': () =>
    withCbor(concat(Uint8Array.of(0x85, 0x9a, 0, 0x0a, 0xae, 0x60), filled(0x01))),
  'ten thousand signatures of CBOR': () =>
    withCbor(
      encode([
        new Uint8Array(64),
        new Uint8Array(35),
        Array.from({ length: 10_000 }, () => new Uint8Array(64)),
        new Map(),
        [],
      ]),
    ),
  'twenty-four documents of 5 MiB': async () => {
    const addresses = Array.from({ length: 10 }, (_, at) => `${listAddress}/${at}`);
    const endorsement = Array.from({ length: 10 }, (_, at) => `${listAddress}/e${at}`);
    const document = servedBytes(utf8(`"${'a'.repeat(fileBytes - 2)}"`), 'application/json');
    const documents = new Map([...addresses, ...endorsement].map((address) => [address, document] as const));
    return signedWith(
      {
        credentialStatus: addresses.map((id) => ({ id, type: '1EdTechRevocationList' })),
        credentialSchema: endorsement.slice(0, 3).map((id) => ({ id, type: 'JsonSchema' })),
        refreshService: { id: endorsement[4] ?? '', type: '1EdTechCredentialRefresh' },
      },
      documents,
    );
  },
  'a list of a million revoked badges': async () =>
    withRevocations(
      { id: listAddress, revokedCredential: Array.from({ length: 1_000_000 }, (_, at) => at % 10) },
      { id: listAddress, type: '1EdTechRevocationList' },
    ),
  'a did:web of a hundred thousand keys': async () => {
    const by = await buildIssuer({ keyPlace: 'did:web' });
    const address = 'https://academy.example/.well-known/did.json';
    const methods = Array.from({ length: 50_000 }, (_, at) => ({ id: `#${at}` }));
    const badge = await buildBadge({ issuer: by });
    const document = { id: by.id, verificationMethod: methods, assertionMethod: methods.map(({ id }) => id) };
    return {
      bytes: badge.bytes,
      documents: mergeDocuments(
        by.documents,
        new Map([[address, servedBytes(utf8(JSON.stringify(document)), 'application/json')]]),
      ),
    };
  },
};

/** What an honest issuer makes, of the largest that are met. */
export const honestInputs: HostileInputs = {
  'a badge in a picture': async () => buildBadge({ container: 'png' }),
  'a token in a drawing': async () => buildBadge({ proof: 'vc-jwt', container: 'svg' }),
  'a copy of selective disclosure': async () => buildBadge({ proof: 'ecdsa-sd-2023' }),
  'a hosted badge': async () => buildBadge({ proof: 'hosted' }),
  'a badge with a status list': () => withStatusList(mebibyte),
  'a badge with a small hard graph': async () =>
    buildBadge({
      change: (document) => ({
        ...document,
        '@context': [
          credentialContext,
          openBadgesContext,
          { knows: { '@id': 'https://t.example/knows', '@type': '@id' } },
        ],
        credentialSubject: { ...(document['credentialSubject'] as JsonObject), knows: circle(20, [1]) },
      }),
    }),
  'a record of a hundred badges': async () => {
    const parts = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        buildBadge({ slug: `${at}`, issuerOrigin: 'https://school.example' }),
      ),
    );
    return buildClr({ parts });
  },
  'a picture of 60,000 pixels a side': async () => vastPicture((await buildBadge()).bytes),
  'a status list of 16 MiB': () => withStatusList(16 * mebibyte),
  'a long text that is signed': () => signedWith({ note: 'a'.repeat(documentBytes - 8192) }),
  'a long text of wide letters that is signed': () =>
    signedWith({ note: `中${'a'.repeat(documentBytes - 8192)}` }),
  'as many objects and names as are read, signed': () => signedWith({ note: manyObjects() }),
  'an object of as many names as are read, signed': () =>
    signedWith({
      note: Object.fromEntries(Array.from({ length: maxJsonValues - 200 }, (_, at) => [at.toString(36), 1])),
    }),
  'a list of as many revoked badges as are read': async () =>
    withRevocations(
      {
        id: listAddress,
        revokedCredential: Array.from({ length: maxJsonValues - 200 }, (_, at) => at.toString(36)),
      },
      { id: listAddress, type: '1EdTechRevocationList' },
    ),
};
