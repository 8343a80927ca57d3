import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { buildIssuer } from '../testing/build-issuer.ts';
import { type Documents, fetcherOver, servedJson } from '../testing/documents.ts';
import { testNow } from '../testing/seeded.ts';
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

  it('must be listed for assertions', async () => {
    const issuer = await buildIssuer({ keyPlace: 'did:web' });
    const served = issuer.documents.get(at);
    const document = JSON.parse(new TextDecoder().decode(served?.bytes)) as JsonObject;
    const silent = new Map([[at, servedJson({ ...document, assertionMethod: [] })]]);
    expect(await find(issuer.keyId, silent)).toMatchObject({ found: true, key: { authorised: false } });
    expect(await find(`${issuer.id}#key-2`, issuer.documents)).toMatchObject({ code: 'key-not-listed' });
  });
});
