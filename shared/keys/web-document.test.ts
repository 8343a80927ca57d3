import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../model/json.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { type Documents, fetcherOver, servedJson } from '../testing/documents.ts';
import { testNow } from '../testing/seeded.ts';
import { createKey } from '../testing/signing-keys.ts';
import { openSession } from '../verify/session.ts';
import type { KeyAnswer } from './key-source.ts';
import { findKeyWith, keySources } from './registry.ts';
import { webDocument } from './web-document.ts';

const at = 'https://academy.example/keys';

function find(reference: string, documents: Documents): Promise<KeyAnswer> {
  const { session } = openSession(testNow, fetcherOver(documents), () => undefined);
  return findKeyWith(session)({ reference, use: 'credential' });
}
const serving = (value: Json): Documents => new Map([[at, servedJson(value)]]);

describe('keys at a web address', () => {
  it('is the source of every https reference of a credential', () => {
    const request = { reference: `${at}#1`, use: 'credential' } as const;
    expect(keySources.find((source) => source.recognises(request))).toBe(webDocument);
  });

  it.each(['jwks', 'jwk', 'controller'] as const)('finds the key of a %s', async (keyPlace) => {
    const issuer = await buildIssuer({ keyPlace });
    const answer = await find(issuer.keyId, issuer.documents);
    expect(answer).toMatchObject({ found: true, key: { certainty: 'document', authorised: true } });
    expect(answer.found && answer.key.jwk.x).toBe(issuer.key.publicJwk.x);
  });

  it('refuses a set that does not list the key, and one that holds a secret', async () => {
    const { key } = await buildIssuer();
    const other = { keys: [{ ...key.publicJwk, kid: 'b' }] } as Json;
    expect(await find(`${at}#a`, serving(other))).toMatchObject({ found: false, asks: 'invalid' });
    const secret = { keys: [{ ...key.publicJwk, kid: 'a', d: 'AAAA' }] } as Json;
    expect(await find(`${at}#a`, serving(secret))).toMatchObject({ found: false, asks: 'invalid' });
  });

  it('T12: takes no set at its word that gives one name to two keys for signing', async () => {
    const key: JsonObject = { ...(await createKey('EdDSA')).publicJwk, kid: 'a' };
    const other = { ...(await createKey('ES256')).publicJwk, kid: 'a' };
    const set = (...keys: readonly JsonObject[]) => find(`${at}#a`, serving({ keys }));
    const found = { found: true, key: { authorised: true, jwk: { x: key['x'] } } };
    expect(await set(key)).toMatchObject(found);
    expect(await set(key, key)).toMatchObject(found);
    expect(await set({ ...other, use: 'enc' }, key)).toMatchObject(found);
    expect(await set(key, { ...other, kid: 'b' })).toMatchObject(found);
    for (const keys of [
      [key, other],
      [other, key],
      [key, key, { ...other, kid: `${at}#a` }],
    ])
      expect(await set(...keys)).toMatchObject({ found: false, code: 'bad-value', asks: 'invalid' });
  });

  it('T12: takes no document at its word that gives one id to two keys', async () => {
    const [one, two] = [await createKey('EdDSA'), await createKey('ES256')];
    const base = { id: `${at}#a`, controller: at };
    const method = { ...base, type: 'JsonWebKey', publicKeyJwk: one.publicJwk };
    const other = { ...base, type: 'JsonWebKey', publicKeyJwk: two.publicJwk };
    const unknown = { ...base, type: 'KeyOfTomorrow2030', publicKeyTomorrow: 'z6Mk' };
    const document = (...methods: readonly object[]) =>
      find(`${at}#a`, serving({ id: at, verificationMethod: methods, assertionMethod: ['#a'] } as Json));
    const found = { found: true, key: { authorised: true, jwk: { x: one.publicJwk.x } } };
    expect(await document(method)).toMatchObject(found);
    expect(await document(method, { ...method, type: 'JsonWebKey2020' })).toMatchObject(found);
    expect(await document(unknown, method)).toMatchObject(found);
    expect(await document(method, { ...other, id: `${at}#b` })).toMatchObject(found);
    for (const methods of [
      [method, other],
      [other, method],
      [unknown, method, method, other],
    ])
      expect(await document(...methods)).toMatchObject({
        found: false,
        code: 'bad-value',
        facts: { field: 'verificationMethod' },
      });
    const embedded = { id: at, verificationMethod: [method], assertionMethod: [other] } as Json;
    expect(await find(`${at}#a`, serving(embedded))).toMatchObject({ found: false, code: 'bad-value' });
    const revoked = { ...method, revoked: '2020-01-01T00:00:00Z' };
    expect(await document(method, revoked)).toMatchObject({ key: { authorised: false } });
  });

  it('finds a method that its document does not list for assertions, and says so', async () => {
    const { key } = await buildIssuer();
    const method = { id: `${at}#a`, type: 'JsonWebKey', controller: at, publicKeyJwk: key.publicJwk };
    const answer = await find(`${at}#a`, serving({ id: at, verificationMethod: [method] } as Json));
    expect(answer).toMatchObject({ found: true, key: { authorised: false } });
  });

  it('decodes a key from a reference that nobody serves, and never as found in a document', async () => {
    const { keyId } = await buildIssuer({ keyPlace: 'did:key' });
    const fragment = keyId.split('#')[1] ?? '';
    const answer = await find(`${at}#${fragment}`, new Map());
    expect(answer).toMatchObject({ found: true, key: { certainty: 'decoded' } });
    expect(answer.found && answer.key.host).toBeUndefined();
    expect(await find(`${at}#key-1`, new Map())).toMatchObject({ found: false, asks: 'unreachable' });
  });
});
