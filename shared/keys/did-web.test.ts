import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject, listOf } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { type BuiltIssuer, buildIssuer } from '../testing/build-issuer.ts';
import { type Documents, fetcherOver, servedJson } from '../testing/documents.ts';
import { judge, outcomeOf } from '../testing/judge.ts';
import { testNow } from '../testing/seeded.ts';
import { createKey, pemOf } from '../testing/signing-keys.ts';
import { openSession } from '../verify/session.ts';
import { addressOfDidWeb } from './did-web.ts';
import { findKeyWith } from './registry.ts';

const find = (reference: string, documents: Documents) => {
  const { session } = openSession(testNow, fetcherOver(documents), () => undefined);
  return findKeyWith(session)({ reference, use: 'credential' });
};
const at = 'https://academy.example/.well-known/did.json';

describe('where a did:web keeps its document', () => {
  it.each([
    ['did:web:academy.example', at],
    ['did:web:academy.example%3A8443', 'https://academy.example:8443/.well-known/did.json'],
    ['did:web:academy.example:issuers:7', 'https://academy.example/issuers/7/did.json'],
  ])('%s', (did, address) => {
    expect(addressOfDidWeb(did)).toEqual({ ok: true, value: address });
  });
  it.each([
    'did:web:',
    'did:web:127.0.0.1',
    'did:web:2130706433',
    'did:web:0x7f.1',
    'did:web:academy.example::x',
    'did:web:academy.example:..:x',
    'did:web:academy.example:%2e%2e:x',
    'did:web:academy.example:a%2Fb',
    'did:web:user@academy.example',
    'did:web:academy.example/x',
    'did:key:z6Mk',
  ])('%s is refused', (did) => {
    expect(addressOfDidWeb(did).ok).toBe(false);
  });
});

describe('a key of a did:web', () => {
  it('is found in the document of its host', async () => {
    const issuer = await buildIssuer({ keyPlace: 'did:web' });
    expect(await find(issuer.keyId, issuer.documents)).toMatchObject({
      found: true,
      key: { controller: issuer.id, authorised: true, host: { host: 'academy.example', encrypted: true } },
    });
  });

  it('is not found when nobody answers, and not believed in a document of another name', async () => {
    const issuer = await buildIssuer({ keyPlace: 'did:web' });
    expect(await find(issuer.keyId, new Map())).toMatchObject({ found: false, asks: 'unreachable' });
    const other = new Map([[at, servedJson({ id: 'did:web:stranger.example' })]]);
    expect(await find(issuer.keyId, other)).toMatchObject({ found: false, asks: 'invalid' });
  });

  it('is not taken from a way that anybody could have changed', async () => {
    const issuer = await buildIssuer({ keyPlace: 'did:web' });
    const [document] = issuer.documents.values();
    if (document === undefined) throw new Error(at);
    for (const [scheme, expected] of [
      ['https', { found: true }],
      ['http', { found: false, asks: 'unreachable' }],
    ] as const) {
      const target = `${scheme}://academy.example/other.json`;
      const leads = { status: 302, mediaType: '', bytes: new Uint8Array(), location: target };
      const served = new Map([
        [at, leads],
        [target, document],
      ]);
      expect(await find(issuer.keyId, served)).toMatchObject(expected);
    }
  });

  it('speaks no more once the DID was given up', async () => {
    const issuer = await buildIssuer({ keyPlace: 'did:web' });
    const saying = (deactivated: boolean) =>
      new Map([[at, servedJson({ ...documentOf(issuer), deactivated })]]);
    expect(await find(issuer.keyId, saying(false))).toMatchObject({ key: { authorised: true } });
    expect(await find(issuer.keyId, saying(true))).toMatchObject({ code: 'key-not-listed', asks: 'invalid' });
  });

  it.each<[boolean, JsonObject]>([
    [true, {}],
    [true, { use: 'sig' }],
    [true, { key_ops: ['verify'] }],
    [false, { use: 'enc' }],
    [false, { key_ops: ['deriveKey'] }],
  ])('is for what its own JWK says: %s with %j', async (authorised, says) => {
    const issuer = await buildIssuer({ keyPlace: 'did:web' });
    const jwk = { ...issuer.key.publicJwk, ...says };
    const method = { id: issuer.keyId, type: 'JsonWebKey', controller: issuer.id, publicKeyJwk: jwk };
    const document = { ...documentOf(issuer), verificationMethod: [method] };
    const served = new Map([[at, servedJson(document)]]);
    expect(await find(issuer.keyId, served)).toMatchObject({ found: true, key: { authorised } });
  });

  it('must be listed for assertions', async () => {
    const issuer = await buildIssuer({ keyPlace: 'did:web' });
    const served = issuer.documents.get(at);
    const document = JSON.parse(new TextDecoder().decode(served?.bytes)) as JsonObject;
    const silent = new Map([[at, servedJson({ ...document, assertionMethod: [] })]]);
    expect(await find(issuer.keyId, silent)).toMatchObject({ found: true, key: { authorised: false } });
    expect(await find(`${issuer.id}#key-2`, issuer.documents)).toMatchObject({ code: 'key-not-listed' });
  });

  it('is told apart from the others of its document, wherever they stand', async () => {
    const first = await buildIssuer({ keyPlace: 'did:web' });
    const second = await createKey('ES384');
    const document = documentOf(first);
    const method = {
      id: '#key-2',
      type: 'JsonWebKey',
      controller: first.id,
      publicKeyJwk: second.publicJwk,
    };
    const both = { ...document, assertionMethod: [`${first.id}#key-1`, method] };
    const served = new Map([[at, servedJson(both)]]);
    expect(await find(`${first.id}#key-1`, served)).toMatchObject({
      key: { authorised: true, jwk: { crv: 'Ed25519' } },
    });
    expect(await find(`${first.id}#key-2`, served)).toMatchObject({
      key: { authorised: true, jwk: { crv: 'P-384' } },
    });
  });

  it.each([
    ['revoked', '2026-05-31T00:00:00Z', 'key-revoked'],
    ['expires', '2026-06-01T12:00:00Z', 'key-expired'],
    ['revoked', true, 'key-revoked'],
    ['expires', 'some day', 'key-expired'],
  ] as const)('is over once its document says %s: %s', async (name, value, code) => {
    const issuer = await buildIssuer({ keyPlace: 'did:web' });
    const answer = await find(issuer.keyId, withMethod(issuer, { [name]: value }));
    expect(answer).toMatchObject({ key: { authorised: false, ended: { code } } });
    const later = await find(issuer.keyId, withMethod(issuer, { [name]: '2026-06-01T12:00:01Z' }));
    expect(later).toMatchObject({ key: { authorised: true } });
  });

  it('is read in each of the forms that are in use', async () => {
    const issuer = await buildIssuer({ keyPlace: 'did:web', algorithm: 'RS256' });
    const ed25519 = await createKey('EdDSA');
    const secp256k1 = await createKey('ES256K');
    const p256 = await createKey('ES256');
    const raw = (multikey = '') => base58.encode(base58.decode(multikey.slice(1)).slice(2));
    const forms: readonly (readonly [JsonObject, JsonObject])[] = [
      [
        { type: 'RsaVerificationKey2018', publicKeyPem: pemOf(issuer.key) },
        { n: issuer.key.publicJwk['n'] ?? '' },
      ],
      [
        { type: 'Ed25519VerificationKey2018', publicKeyBase58: raw(ed25519.multikey) },
        { x: ed25519.publicJwk['x'] ?? '' },
      ],
      [
        { type: 'EcdsaSecp256k1VerificationKey2019', publicKeyBase58: raw(secp256k1.multikey) },
        { y: secp256k1.publicJwk['y'] ?? '' },
      ],
      [
        { type: 'EcdsaSecp256r1VerificationKey2019', publicKeyBase58: raw(p256.multikey) },
        { y: p256.publicJwk['y'] ?? '' },
      ],
      [
        { type: 'Ed25519VerificationKey2020', publicKeyMultibase: ed25519.multikey ?? '' },
        { x: ed25519.publicJwk['x'] ?? '' },
      ],
      [{ type: 'JsonWebKey2020', publicKeyJwk: secp256k1.publicJwk }, { x: secp256k1.publicJwk['x'] ?? '' }],
    ];
    for (const [form, jwk] of forms) {
      const method = { id: issuer.keyId, controller: issuer.id, ...form };
      const document = { id: issuer.id, verificationMethod: [method], assertionMethod: [issuer.keyId] };
      const answer = await find(issuer.keyId, new Map([[at, servedJson(document)]]));
      expect(answer, String(form['type'])).toMatchObject({ found: true, key: { authorised: true, jwk } });
    }
  });

  it('may stand there in several forms, as long as it is one key', async () => {
    const issuer = await buildIssuer({ keyPlace: 'did:web' });
    const other = await createKey('EdDSA');
    for (const [publicKeyJwk, expected] of [
      [issuer.key.publicJwk, { found: true, key: { jwk: { x: issuer.key.publicJwk['x'] } } }],
      [other.publicJwk, { found: false, code: 'bad-value', asks: 'invalid' }],
      [{ kty: 'OKP', crv: 'Ed448', x: 'AAAA' }, { found: true }],
    ] as const)
      expect(await find(issuer.keyId, withMethod(issuer, { publicKeyJwk }))).toMatchObject(expected);
  });

  it('is refused when it is no public key at all', async () => {
    const issuer = await buildIssuer({ keyPlace: 'did:web' });
    const p256 = await createKey('ES256');
    const forms: readonly JsonObject[] = [
      { type: 'Ed25519VerificationKey2020', publicKeyMultibase: p256.multikey ?? '' },
      { type: 'Ed25519VerificationKey2018', publicKeyBase58: 'abc' },
      { type: 'JsonWebKey', publicKeyJwk: { ...p256.publicJwk, d: 'AAAA' } },
      { type: 'JsonWebKey', publicKeyJwk: { ...p256.publicJwk, y: p256.publicJwk['x'] ?? '' } },
      { type: 'RsaVerificationKey2018', publicKeyPem: 'PEM' },
      { type: 'Multikey', publicKeyHex: 'abcd' },
    ];
    for (const form of forms) {
      const method = { id: issuer.keyId, controller: issuer.id, ...form };
      const document = { id: issuer.id, verificationMethod: [method], assertionMethod: [issuer.keyId] };
      const answer = await find(issuer.keyId, new Map([[at, servedJson(document)]]));
      expect(answer.found, JSON.stringify(form)).toBe(false);
    }
  });
});

describe('a badge of a did:web', () => {
  it('is valid at a port, and shows host and port', async () => {
    const badge = await buildBadge({ keyPlace: 'did:web', issuerOrigin: 'https://academy.example:8443' });
    expect(badge.issuer.id).toBe('did:web:academy.example%3A8443');
    const { verdict, issuerProof } = await judge(badge.text, { documents: badge.documents });
    expect(verdict.outcome).toBe('valid');
    expect(issuerProof).toEqual({ kind: 'host', host: 'academy.example:8443', encrypted: true });
  });

  it('is valid below a path, and not with the document of the host or of another path', async () => {
    const host = await buildIssuer({ keyPlace: 'did:web' });
    const id = 'did:web:academy.example:issuers:7';
    const own = JSON.parse(JSON.stringify(documentOf(host)).replaceAll(host.id, id)) as JsonObject;
    const below = 'https://academy.example/issuers/7/did.json';
    const issuer = { ...host, id, keyId: `${id}#key-1`, documents: new Map([[below, servedJson(own)]]) };
    const { text } = await buildBadge({ issuer });
    expect(await outcomeOf(text, { documents: issuer.documents })).toBe('valid: all-passed');
    const elsewhere = new Map([[below, servedJson(documentOf(host))]]);
    expect(await outcomeOf(text, { documents: elsewhere })).toBe('invalid: key-owner-differs');
    expect(await outcomeOf(text, { documents: host.documents })).toBe('unreachable: document-unreachable');
  });
});

describe('a badge of a did:web that is signed by a did:key', () => {
  it('is valid where the issuer lists that key, by an encrypted way, as long as the DID is kept', async () => {
    const signer = await buildIssuer();
    const { id } = await buildIssuer({ keyPlace: 'did:web' });
    const { text } = await buildBadge({ issuer: { ...signer, id } });
    const listing = servedJson({ id, assertionMethod: [signer.keyId] });
    const leadingTo = (location: string): Documents =>
      new Map([
        [at, { ...listing, status: 302, location }],
        [location, listing],
      ]);
    const rows: readonly (readonly [string, Documents])[] = [
      ['valid: all-passed', new Map([[at, listing]])],
      ['valid: all-passed', leadingTo('https://academy.example/did.json')],
      ['unreachable: document-unreachable', leadingTo('http://academy.example/did.json')],
      [
        'unreachable: document-unreachable',
        new Map([[at, servedJson({ id, assertionMethod: [signer.keyId], deactivated: true })]]),
      ],
      ['invalid: key-not-listed', new Map([[at, servedJson({ id, assertionMethod: [] })]])],
    ];
    for (const [expected, documents] of rows) expect(await outcomeOf(text, { documents })).toBe(expected);
  });
});

describe('a badge after its issuer’s keys were changed', () => {
  it('is invalid once its key is no longer listed, taken back, or over, and says which', async () => {
    const badge = await buildBadge({ keyPlace: 'did:web' });
    const { issuer } = badge;
    const text = badge.text;
    const next = await createKey('EdDSA');
    const rotated = {
      ...documentOf(issuer),
      verificationMethod: [
        {
          id: `${issuer.id}#key-2`,
          type: 'Multikey',
          controller: issuer.id,
          publicKeyMultibase: next.multikey ?? '',
        },
      ],
      assertionMethod: [`${issuer.id}#key-2`],
    };
    const outcome = (documents: Documents) => outcomeOf(text, { documents });
    expect(await outcome(issuer.documents)).toBe('valid: all-passed');
    expect(await outcome(new Map([[at, servedJson(rotated)]]))).toBe('invalid: key-not-listed');
    const unlisted = { ...documentOf(issuer), assertionMethod: [], authentication: [issuer.keyId] };
    expect(await outcome(new Map([[at, servedJson(unlisted)]]))).toBe('invalid: key-not-authorised');
    expect(await outcome(withMethod(issuer, { revoked: '2026-02-01T00:00:00Z' }))).toBe(
      'invalid: key-revoked',
    );
    expect(await outcome(withMethod(issuer, { expires: '2026-02-01T00:00:00Z' }))).toBe(
      'invalid: key-expired',
    );
    expect(await outcome(withMethod(issuer, { expires: '2027-02-01T00:00:00Z' }))).toBe('valid: all-passed');
  });
});

function documentOf(issuer: BuiltIssuer): JsonObject {
  return JSON.parse(new TextDecoder().decode(issuer.documents.get(at)?.bytes)) as JsonObject;
}

/** The issuer's document with more said of its only method. */
function withMethod(issuer: BuiltIssuer, more: JsonObject): Documents {
  const document = documentOf(issuer);
  const [method] = listOf(document['verificationMethod']);
  const changed = { ...(isJsonObject(method) ? method : {}), ...more };
  return new Map([[at, servedJson({ ...document, verificationMethod: [changed] })]]);
}
