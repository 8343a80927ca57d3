import { answeringHost } from '../model/answering-host.ts';
import { parseDid, parseUrl, type Url } from '../model/brands.ts';
import { BackpackError } from '../model/errors.ts';
import { parseJsonObject } from '../model/json.ts';
import { failed, type Result } from '../model/result.ts';
import type { KeySource } from './key-source.ts';
import { keyOfMethod } from './method-key.ts';
import { ambiguousMethod, methodOf, relationOf } from './verification-method.ts';

const prefix = 'did:web:';
const accept = 'application/did+json, application/did+ld+json, application/json;q=0.9, */*;q=0.1';

/**
 * Keys in a document at the host that the DID names, always over https.
 * The document must call itself by the DID, and list the method for what it is used for. Source: did:web method; DID Core §5.3.
 */
export const didWeb: KeySource = {
  name: 'did:web',
  recognises: ({ reference }) => reference.startsWith(prefix),
  find: async ({ reference, use }, session) => {
    const did = reference.split('#')[0] ?? '';
    const address = addressOfDidWeb(did);
    if (!address.ok)
      return { found: false, code: 'bad-value', facts: { field: 'verificationMethod' }, asks: 'invalid' };
    const facts = { host: new URL(address.value).host, address: address.value };
    const answer = await session.read(address.value, accept);
    const answering = answer.ok ? answeringHost(answer.value) : undefined;
    // On a way without encryption anybody could have put a key of his into it.
    if (!answer.ok || answer.value.status !== 200 || answering?.encrypted !== true)
      return {
        found: false,
        code: 'document-unreachable',
        facts,
        asks: 'unreachable',
      };
    const document = parseJsonObject(answer.value.bytes);
    if (!document.ok)
      return {
        found: false,
        code: 'document-not-json',
        facts,
        asks: 'unreachable',
      };
    if (document.value['id'] !== did)
      return {
        found: false,
        code: 'key-owner-differs',
        facts,
        asks: 'invalid',
      };
    // Of a DID that was given up no key speaks any more (DID Core §7.1.3, `deactivated`).
    const isOver = document.value['deactivated'] === true;
    const found = isOver
      ? undefined
      : await methodOf(document.value, did, reference, relationOf(use), session.now);
    if (found === 'ambiguous') return ambiguousMethod;
    if (found === undefined)
      return {
        found: false,
        code: 'key-not-listed',
        facts,
        asks: 'invalid',
      };
    const key = await keyOfMethod(found.method);
    if (!key.ok) return key.answer;
    const controller = found.method['controller'];
    return {
      found: true,
      key: {
        jwk: key.jwk,
        id: reference,
        controller: typeof controller === 'string' ? controller : did,
        authorised: found.authorised,
        ...(found.ended === undefined ? {} : { ended: found.ended }),
        host: answering,
        certainty: 'document',
        document: document.value,
      },
    };
  },
};

/**
 * Where a did:web keeps its document. Addresses of machines in numbers are refused: they name no one.
 * Source: did:web §3.2. Errors: `malformed-did`.
 */
export function addressOfDidWeb(did: string): Result<Url> {
  const parsed = parseDid(did);
  if (!parsed.ok || !did.startsWith(prefix)) return malformed(did);
  const [first = '', ...path] = did.slice(prefix.length).split(':');
  if (first === '' || path.some((part) => part === '' || part === '.' || part === '..'))
    return malformed(did);
  const authority = first.replace(/%3A/gi, ':');
  if (!/^[A-Za-z0-9.-]+(?::\d{1,5})?$/.test(authority)) return malformed(did);
  if (path.some((part) => /%(?![0-9A-Fa-f]{2})|%2f|%5c|%2e/i.test(part))) return malformed(did);
  const address = parseUrl(
    `https://${authority}${path.length === 0 ? '/.well-known' : `/${path.join('/')}`}/did.json`,
  );
  if (!address.ok) return malformed(did);
  return /^(?:[\d.]+|\[.*\])$/.test(new URL(address.value).hostname) ? malformed(did) : address;
}

function malformed(did: string): Result<never> {
  return failed(new BackpackError('malformed-did', { did: did.slice(0, 200) }));
}
