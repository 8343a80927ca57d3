import { describe, expect, it } from 'vitest';
import { base64UrlOf, bytesOfBase64Url, concat, utf8 } from '../model/bytes.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { buildBadge } from '../testing/build-badge.ts';
import { type BuiltIssuer, buildIssuer } from '../testing/build-issuer.ts';
import { type Documents, fetcherOver, mergeDocuments, servedJson } from '../testing/documents.ts';
import { fixedClock } from '../testing/seeded.ts';
import { hmacToken, signToken, unsignedToken } from '../testing/sign-token.ts';
import { bytesOfNumber, emptySignatures, groupOrders, numberOf } from '../testing/signature-forgeries.ts';
import { createKey } from '../testing/signing-keys.ts';
import { verifyBadge } from '../verify/verify-badge.ts';

const issuer = await buildIssuer();
const badge = await buildBadge({
  proof: 'vc-jwt',
  issuer,
  recipient: { type: 'did', value: 'did:example:mia' },
});
const document = badge.document;
const seconds = (name: string) => Math.floor(Date.parse(String(document[name])) / 1000);
const claims: JsonObject = {
  iss: issuer.id,
  jti: document['id'] ?? '',
  sub: 'did:example:mia',
  nbf: seconds('validFrom'),
};
const beside: JsonObject = { ...document, ...claims };
const header: JsonObject = { alg: 'EdDSA', typ: 'JWT', kid: issuer.keyId };

async function outcomeOf(token: string, documents: Documents = issuer.documents): Promise<string> {
  const effects = { fetch: fetcherOver(documents), clock: fixedClock() };
  const { verdict } = await verifyBadge({ kind: 'bytes', bytes: utf8(token) }, {}, effects);
  return `${verdict.outcome}: ${verdict.reason}`;
}
const signed = (payload: JsonObject, changed: JsonObject = {}, by: BuiltIssuer = issuer) =>
  signToken({ ...header, ...changed }, payload, by.key);

describe('the three styles of claims', () => {
  const { id: _, issuer: __, validFrom: ___, ...less } = document;
  it.each([
    ['beside the credential', beside],
    ['around the credential', { ...claims, vc: document }],
    ['around a credential that leaves out what they say', { ...claims, vc: less }],
    ['none at all', document],
  ])('%s', async (_name, payload) => {
    expect(await outcomeOf(await signed(payload as JsonObject))).toBe('valid: all-passed');
  });
});

describe('a subject in a list', () => {
  const inner = document['credentialSubject'] as JsonObject;
  const { id: _, ...nameless } = inner;
  it.each<[string, JsonObject, Json]>([
    ['valid: all-passed', {}, [inner]],
    ['valid: all-passed', {}, [nameless]],
    ['invalid: claims-disagree', { sub: 'did:example:other' }, [inner]],
    ['malformed: bad-value', {}, [nameless, nameless]],
  ])('%s: with %j', async (expected, changed, credentialSubject) => {
    const payload = { ...claims, ...changed, vc: { ...document, credentialSubject } };
    expect(await outcomeOf(await signed(payload))).toBe(expected);
  });
});

describe('claims that contradict the credential are refused', () => {
  it.each([
    ['iss', 'did:example:other'],
    ['jti', 'urn:uuid:00000000-0000-4000-8000-000000000000'],
    ['sub', 'did:example:other'],
    ['nbf', seconds('validFrom') + 1],
    ['nbf', 'soon'],
    ['exp', 'never'],
  ] as const)('%s = %s', async (claim, value) => {
    expect(await outcomeOf(await signed({ ...beside, [claim]: value }))).toBe('invalid: claims-disagree');
    expect(await outcomeOf(await signed({ ...claims, [claim]: value, vc: document }))).toBe(
      'invalid: claims-disagree',
    );
  });
});

it('holds no second text beside the claim vc', async () => {
  const around = { ...claims, vc: document };
  const other: JsonObject = { name: 'Another name', type: ['VerifiableCredential'], '@context': [] };
  for (const [field, value] of Object.entries(other)) {
    expect(await outcomeOf(await signed({ ...around, [field]: value }))).toBe('invalid: claims-disagree');
    expect(await outcomeOf(await signed({ ...around, [field]: document[field] ?? null }))).toBe(
      'valid: all-passed',
    );
  }
});

it('is over when it ended before there was time, and has not begun when it never will', async () => {
  expect(await outcomeOf(await signed({ ...document, exp: -1 }))).toMatch(/^(?:invalid|expired)/);
  expect(await outcomeOf(await signed({ ...document, exp: 1e18 }))).toBe('valid: all-passed');
  expect(await outcomeOf(await signed({ ...document, nbf: 1e18 }))).toBe('invalid: not-yet-valid');
  expect(await outcomeOf(await signed({ ...document, nbf: -1 }))).toBe('valid: all-passed');
});

it('ends when its claims say so', async () => {
  expect(await outcomeOf(await signed({ ...document, exp: seconds('validFrom') + 60 }))).toBe(
    'expired: has-expired',
  );
});

describe('headers that try something (T12)', () => {
  const refused: readonly (readonly [string, JsonObject])[] = [
    ['alg none', { alg: 'none' }],
    ['alg None', { alg: 'None' }],
    ['alg HS256', { alg: 'HS256' }],
    ['alg HS512', { alg: 'HS512' }],
    ['no alg', { alg: null }],
    ['alg of another case', { alg: 'eddsa' }],
    ['alg of another key', { alg: 'ES256' }],
    ['alg RS256 for an Ed25519 key', { alg: 'RS256' }],
    ['alg as a list', { alg: ['EdDSA'] }],
    ['alg of an object name', { alg: 'constructor' }],
    ['crit', { crit: ['exp'] }],
    ['empty crit', { crit: [] }],
    ['b64', { b64: false }],
    ['b64 with crit', { b64: false, crit: ['b64'] }],
    ['jku', { jku: 'https://stranger.example/jwks' }],
    ['x5u', { x5u: 'https://stranger.example/cert' }],
    ['x5c', { x5c: ['MIIB'] }],
    ['typ of an access token', { typ: 'at+jwt' }],
    ['typ of a presentation', { typ: 'vp+jwt' }],
    ['typ of a proof of possession', { typ: 'openid4vci-proof+jwt' }],
    ['typ that is no text', { typ: 7 }],
    ['kid of nobody', { kid: null }],
    ['kid as a path', { kid: '../../etc/passwd' }],
    ['kid as a query', { kid: "' OR 1=1 --" }],
    ['kid of a file', { kid: 'file:///etc/passwd' }],
    ['kid with two keys', { kid: `${issuer.id}#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi` }],
    ['kid of an unknown DID method', { kid: 'did:example:1#key' }],
    ['jwk that is secret', { jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AAAA', d: 'AAAA' } }],
    ['jwk that is symmetric', { jwk: { kty: 'oct', k: 'AAAA' } }],
    ['jwk of zeros', { jwk: { kty: 'OKP', crv: 'Ed25519', x: base64UrlOf(new Uint8Array(32)) } }],
    [
      'jwk of small order',
      { jwk: { kty: 'OKP', crv: 'Ed25519', x: base64UrlOf(new Uint8Array([1, ...new Uint8Array(31)])) } },
    ],
    ['jwk of another curve', { jwk: { kty: 'EC', crv: 'secp256k1', x: 'AAAA', y: 'AAAA' } }],
  ];

  it.each(refused)('%s', async (_name, changed) => {
    expect(await outcomeOf(await signed(beside, changed))).not.toMatch(/^valid/);
  });

  it.each([
    ['EdDSA', 'valid'],
    ['Ed25519', 'valid'],
    ['HS512', 'invalid: algorithm-not-supported'],
    ['ES256K', 'invalid: key-does-not-fit'],
    ['PS512', 'invalid: key-does-not-fit'],
    ['RS1', 'unsupported: algorithm-not-supported'],
    ['Ed448', 'unsupported: algorithm-not-supported'],
    ['ML-DSA-65', 'unsupported: algorithm-not-supported'],
    ['A128KW', 'unsupported: algorithm-not-supported'],
  ])('alg %s over an Ed25519 key is %s', async (alg, expected) => {
    expect(await outcomeOf(await signed(beside, { alg }))).toContain(expected);
  });

  it.each([
    ['invalid: bad-value', 'vp'],
    ['invalid: bad-value', 'application/vp+ld+json'],
    ['valid: all-passed', 'vc'],
    ['valid: all-passed', 'application/vc'],
    ['valid: all-passed', 'json'],
  ])('%s: cty %s', async (expected, cty) => {
    expect(await outcomeOf(await signed(beside, { typ: 'vc+jwt', cty }))).toBe(expected);
  });

  it.each<[string, JsonObject]>([
    ['valid: all-passed', {}],
    ['valid: all-passed', { use: 'sig', key_ops: ['verify'] }],
    ['invalid: key-not-authorised', { use: 'enc' }],
    ['invalid: key-not-authorised', { key_ops: ['deriveKey'] }],
  ])('%s: a key inside that says %j', async (expected, says) => {
    const jwk = { ...issuer.key.publicJwk, ...says };
    expect(await outcomeOf(await signToken({ alg: 'EdDSA', jwk }, beside, issuer.key))).toBe(expected);
  });

  it.each(['EdDSA', 'JWT', 'vc+jwt', 'application/vc+jwt', 'vc+ld+jwt'])('typ %s', async (typ) => {
    const expected = typ === 'EdDSA' ? 'invalid: bad-value' : 'valid: all-passed';
    expect(await outcomeOf(await signed(beside, { typ }))).toBe(expected);
  });

  it('a public key as an HMAC secret, no signature at all', async () => {
    expect(await outcomeOf(unsignedToken({ ...header, alg: 'none' }, beside))).toBe(
      'invalid: algorithm-not-supported',
    );
    expect(await outcomeOf(await hmacToken({ ...header, alg: 'HS256' }, beside, issuer.key))).toBe(
      'invalid: algorithm-not-supported',
    );
  });
});

it.each(['did:web', 'jwks', 'jwk', 'controller'] as const)(
  'T12: rests on its issuer’s own keys, whoever’s its kid names: %s',
  async (keyPlace) => {
    const own = await buildIssuer({ keyPlace });
    const stranger = await buildIssuer({ keyPlace, origin: 'https://stranger.example' });
    const { document } = await buildBadge({ proof: 'vc-jwt', issuer: own });
    const documents = mergeDocuments(own.documents, stranger.documents);
    const by = async (signer: BuiltIssuer, kid: string) =>
      outcomeOf(await signToken({ ...header, kid }, { ...document, iss: own.id }, signer.key), documents);
    expect(await by(own, own.keyId)).toBe('valid: all-passed');
    expect(await by(stranger, own.keyId)).toBe('invalid: signature-bad');
    const { hash, pathname } = new URL(own.keyId);
    const kids = [
      stranger.keyId,
      stranger.id,
      `${own.keyId}@stranger.example`,
      `${stranger.origin}${pathname}${hash}`,
      `${stranger.keyId}#${own.keyId}`,
      `//stranger.example${pathname}${hash}`,
      `../../${stranger.keyId}`,
      `${own.id}/../${stranger.keyId}`,
      "key-1' OR '1'='1",
      '\u0000',
    ];
    for (const kid of kids) expect(await by(stranger, kid), kid).not.toMatch(/^valid/);
  },
);

it('is told when its key is named by a bare DID', async () => {
  const effects = { fetch: fetcherOver(issuer.documents), clock: fixedClock() };
  const warned = async (kid: string) => {
    const bytes = utf8(await signed(beside, { kid }));
    const { verdict } = await verifyBadge({ kind: 'bytes', bytes }, {}, effects);
    expect(verdict.outcome).toBe('valid');
    return verdict.checks.some(({ check, outcome }) => check === 'key' && outcome === 'warning');
  };
  expect(await warned(issuer.id)).toBe(true);
  expect(await warned(issuer.keyId)).toBe(false);
});

describe('tokens that are not quite tokens', () => {
  it('are malformed or do not verify', async () => {
    const token = await signed(beside);
    const [head = '', body = '', tail = ''] = token.split('.');
    const twice = base64UrlOf(utf8(`{"alg":"none","alg":"EdDSA","kid":"${issuer.keyId}"}`));
    const broken = [
      `${token}.`,
      `.${token}`,
      `${head}.${body}`,
      `${head}..${tail}`,
      `${head}.${body}.`,
      `${head}.${body}.${tail}AA`,
      `${head}.${body}.${tail.slice(0, -2)}`,
      `${head}.${body}=.${tail}`,
      `${head}.${body.slice(1)}.${tail}`,
      `${twice}.${body}.${tail}`,
      `${head}.${base64UrlOf(utf8('[]'))}.${tail}`,
      `${body}.${body}.${tail}`,
    ];
    for (const text of broken) expect(await outcomeOf(text), text).not.toMatch(/^valid/);
  });
});

describe('a key that comes with the token', () => {
  it('proves that nothing was changed, and not who signed', async () => {
    const key = await createKey('EdDSA');
    const academy = {
      ...beside,
      issuer: 'https://academy.example/issuer',
      iss: 'https://academy.example/issuer',
    };
    const token = await signToken({ alg: 'EdDSA', jwk: key.publicJwk as unknown as Json }, academy, key);
    const effects = { fetch: fetcherOver(new Map()), clock: fixedClock() };
    const { verdict, issuerProof } = await verifyBadge({ kind: 'bytes', bytes: utf8(token) }, {}, effects);
    expect(verdict.outcome).toBe('valid');
    expect(issuerProof).toMatchObject({ kind: 'unconfirmed', why: 'key-not-bound' });
    expect(JSON.stringify(issuerProof)).not.toContain('academy');
  });

  it.each(['did:key', 'did:jwk', 'did:web'] as const)(
    'is the issuer’s when his %s says so',
    async (keyPlace) => {
      const own = await buildIssuer({ keyPlace, algorithm: 'ES256' });
      const { document: named } = await buildBadge({ proof: 'vc-jwt', issuer: own });
      const bare: JsonObject = { alg: 'ES256', jwk: own.key.publicJwk };
      expect(await outcomeOf(await signToken(bare, named, own.key), own.documents)).toBe('valid: all-passed');
      const other = await createKey('ES256');
      const forged = await signToken({ alg: 'ES256', jwk: other.publicJwk }, named, other);
      expect(await outcomeOf(forged, own.documents)).toMatch(/^invalid: key-(?:owner-differs|not-listed)$/);
    },
  );

  it('is refused beside an issuer that is itself another key', async () => {
    const key = await createKey('EdDSA');
    const token = await signToken({ alg: 'EdDSA', jwk: key.publicJwk as unknown as Json }, beside, key);
    expect(await outcomeOf(token)).toBe('invalid: key-owner-differs');
  });
});

describe('a key of an RSA issuer', async () => {
  const rsa = await buildIssuer({ algorithm: 'RS256', keyPlace: 'jwks' });
  const rsaBadge = await buildBadge({ proof: 'vc-jwt', issuer: rsa });
  const set = [...rsa.documents.keys()].find((address) => address.endsWith('jwks.json')) ?? '';
  const serving = (members: JsonObject): Documents =>
    new Map([
      ...rsa.documents,
      [set, servedJson({ keys: [{ ...rsa.key.publicJwk, kid: rsa.keyId, ...members }] })],
    ]);

  it('that names its algorithm is for that one alone', async () => {
    expect(await outcomeOf(rsaBadge.text, serving({ alg: 'RS256' }))).toBe('valid: all-passed');
    expect(await outcomeOf(rsaBadge.text, serving({ alg: 'PS256' }))).toBe('invalid: key-does-not-fit');
    expect(await outcomeOf(rsaBadge.text, serving({ alg: 'RSA-OAEP' }))).toBe('invalid: key-does-not-fit');
  });

  it('that says what it is for is for nothing else', async () => {
    expect(await outcomeOf(rsaBadge.text, serving({ use: 'sig', key_ops: ['verify'] }))).toBe(
      'valid: all-passed',
    );
    expect(await outcomeOf(rsaBadge.text, serving({ use: 'enc' }))).toBe('invalid: key-not-authorised');
    expect(await outcomeOf(rsaBadge.text, serving({ key_ops: ['encrypt'] }))).toBe(
      'invalid: key-not-authorised',
    );
  });

  it('is picked out of several by its name, and refused when too short', async () => {
    const other = await createKey('ES256');
    const several = servedJson({
      keys: [
        { ...other.publicJwk, kid: 'other' },
        { ...rsa.key.publicJwk, kid: rsa.keyId },
      ],
    });
    expect(await outcomeOf(rsaBadge.text, new Map([...rsa.documents, [set, several]]))).toBe(
      'valid: all-passed',
    );
    const swapped = serving({ kid: 'other' });
    expect(await outcomeOf(rsaBadge.text, swapped)).toBe('invalid: key-not-listed');
    const modulus = String(rsa.key.publicJwk['n']);
    expect(await outcomeOf(rsaBadge.text, serving({ n: modulus.slice(0, 171) }))).toMatch(/^invalid/);
  });
});

describe('an ES256K token', async () => {
  const bitcoin = await buildIssuer({ algorithm: 'ES256K' });
  const { text } = await buildBadge({ proof: 'vc-jwt', issuer: bitcoin });
  const [head = '', body = '', tail = ''] = text.split('.');
  const half = numberOf((bytesOfBase64Url(tail) ?? new Uint8Array()).slice(32));
  const r = (bytesOfBase64Url(tail) ?? new Uint8Array()).slice(0, 32);
  const withSignature = (bytes: Uint8Array) => `${head}.${body}.${base64UrlOf(bytes)}`;

  it('may have either of the two signatures of one nonce, as JOSE asks for no low S', async () => {
    const order = groupOrders.secp256k1;
    const other = withSignature(concat(r, bytesOfNumber(order - half, 32)));
    expect(await outcomeOf(text)).toBe('valid: all-passed');
    expect(await outcomeOf(other)).toBe('valid: all-passed');
    expect(await outcomeOf(withSignature(concat(r, bytesOfNumber(order, 32))))).toBe(
      'invalid: signature-bad',
    );
    expect(await outcomeOf(withSignature(concat(r, bytesOfNumber((half + order) % 2n ** 256n, 32))))).toBe(
      'invalid: signature-bad',
    );
  });

  it.each(Object.entries(emptySignatures))('is invalid with a signature %s', async (_name, change) => {
    expect(await outcomeOf(withSignature(change(bytesOfBase64Url(tail) ?? new Uint8Array())))).toBe(
      'invalid: signature-bad',
    );
  });
});
