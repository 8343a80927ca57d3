import { didJwk } from '../keys/did-jwk.ts';
import { didKey } from '../keys/did-key.ts';
import { addressOfDidWeb } from '../keys/did-web.ts';
import type { FoundKey, KeyAnswer, KeyRequest } from '../keys/key-source.ts';
import { multikeyOf } from '../keys/multikey.ts';
import { isSameKey } from '../keys/public-jwk.ts';
import { holdsKeys, listedKeysOf, methodOf, type Relation, relationOf } from '../keys/verification-method.ts';
import { answeringHost } from '../model/answering-host.ts';
import type { IssuerProof } from '../model/badge.ts';
import { base64UrlOf, sha256, utf8 } from '../model/bytes.ts';
import { failure, passed, skipped, warning } from '../model/check.ts';
import {
  canonicalJson,
  isJsonObject,
  type Json,
  type JsonObject,
  listOf,
  parseJsonObject,
  stringOf,
} from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { Check } from '../model/verdict.ts';

const source = 'VCDM 2.0 §Issuer; DI §Retrieve Verification Method';

export type Binding = { readonly issuerProof: IssuerProof; readonly check: Check };
export type BindIssuer = (key: FoundKey, document: JsonObject, session: Session) => Promise<Binding>;

/**
 * Whether the key that signed is the issuer's, which a good signature alone never says: anybody can sign a badge
 * that names a university (trap 15). A host is proven only when a document of that host, asked for at its own
 * address, names the key; a key only when the issuer's identifier is that very key. Where the issuer can be asked
 * and does not name the key, the badge is not his: `invalid` (threat T41). Where nobody can be asked, the signature
 * stands and the issuer is not confirmed (conformance rule 8).
 */
export const bindIssuer: BindIssuer = (key, document, session) =>
  bindTo(issuerIdOf(document), 'credential', key, session);

/**
 * Whether the key that signed a presentation is its holder's: the same question, of the keys that he lists for showing
 * what he holds. Source: VCDM 2.0 §Presentations (holder); DI §Retrieve Verification Method (authentication).
 */
export const bindHolder: BindIssuer = (key, document, session) =>
  bindTo(idOfParty(document['holder']), 'presentation', key, session);

async function bindTo(
  issuerId: string | undefined,
  use: KeyRequest['use'],
  key: FoundKey,
  session: Session,
): Promise<Binding> {
  if (issuerId === undefined) return unconfirmed(key, 'key-not-bound', '');
  if (key.certainty === 'self-certifying' && key.controller === issuerId)
    // By the key's own name: the text of a did:jwk can be made to end like another's.
    return confirmed({ kind: 'key', key: await nameOfKey(key) });
  if (key.certainty === 'document' && key.host !== undefined && confirms(key, issuerId))
    return confirmedHost(key.host);
  const own = await ownKeyOf(issuerId, session);
  if (own !== undefined) {
    // Wherever the key was found, it is the issuer's when it is the one that his identifier is.
    return own.found && own.key.authorised && isSameKey(own.key.jwk, key.jwk)
      ? confirmed({ kind: 'key', key: await nameOfKey(key) })
      : notTheIssuers('key-owner-differs', issuerId);
  }
  const address = addressOfIssuer(issuerId);
  if (address === undefined) return unconfirmed(key, 'key-not-bound', issuerId);
  const answer = await issuerDocumentAt(address, issuerId, session);
  if (answer !== undefined) {
    if (await lists(answer.document, issuerId, relationOf(use), key, session))
      return confirmedHost(answer.host);
    if (holdsKeys(answer.document)) return notTheIssuers('key-not-listed', issuerId);
    // His document names no key at all, and this one comes out of somebody else's.
    if (key.certainty === 'document') return notTheIssuers('key-owner-differs', issuerId);
  } else if (issuerId.startsWith('did:')) {
    // A DID means nothing without its document, so the question stays open until it can be had.
    const facts = { host: new URL(address).host, address };
    return {
      issuerProof: { kind: 'none' },
      check: failure('issuer', 'unreachable', 'document-unreachable', source, facts),
    };
  }
  return unconfirmed(key, key.certainty === 'decoded' ? 'key-not-bound' : 'key-elsewhere', issuerId);
}

/** The key that an identifier is, for those that are one; `undefined` for all others. */
async function ownKeyOf(issuerId: string, session: Session): Promise<KeyAnswer | undefined> {
  const request = { reference: issuerId, use: 'credential' } as const;
  return [didKey, didJwk].find((source) => source.recognises(request))?.find(request, session);
}

/** For whoever asks about the signature alone, as the vectors of the cryptosuites do. */
export const leaveIssuerOpen: BindIssuer = async (key) => ({
  issuerProof: { kind: 'unconfirmed', key: await nameOfKey(key), why: 'key-not-bound' },
  check: skipped('issuer', 'issuer-not-confirmed', source),
});

/** The issuer's identifier, from a string or an object. */
export function issuerIdOf(document: JsonObject): string | undefined {
  return idOfParty(document['issuer']);
}

/** The identifier of an issuer or holder, which may stand alone or in an object of more. */
export function idOfParty(value: Json | undefined): string | undefined {
  const party = listOf(value)[0];
  return isJsonObject(party) ? stringOf(party['id'] ?? party['@id']) : stringOf(party);
}

/** What a key is called when nothing else is known of it: never an address of somebody's choosing. */
export async function nameOfKey(key: Pick<FoundKey, 'jwk'>): Promise<string> {
  const multikey = multikeyOf(key.jwk);
  if (multikey !== undefined) return `did:key:${multikey}`;
  const { e, kty, n } = key.jwk;
  const thumbprint = await sha256(utf8(canonicalJson({ e: e ?? '', kty: kty ?? '', n: n ?? '' })));
  return `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${base64UrlOf(thumbprint)}`;
}

function confirms(key: FoundKey, issuerId: string): boolean {
  // Whoever serves a document may write any controller into it; only the controller's own document says so.
  if (key.controller !== undefined) return key.controller === issuerId && key.id.split('#')[0] === issuerId;
  // A bare key or key set names nobody: the issuer must live at the same origin (ours; OB 3.0 §joseheader `kid`).
  return originOf(issuerId) !== undefined && originOf(issuerId) === originOf(key.id);
}

function originOf(address: string): string | undefined {
  try {
    const url = new URL(address);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.origin : undefined;
  } catch {
    return undefined;
  }
}

type IssuerDocument = {
  readonly document: JsonObject;
  readonly host: { readonly host: string; readonly encrypted: boolean };
};

function addressOfIssuer(issuerId: string): string | undefined {
  if (originOf(issuerId) !== undefined) return issuerId;
  const address = issuerId.startsWith('did:web:') ? addressOfDidWeb(issuerId) : undefined;
  return address?.ok === true ? address.value : undefined;
}

async function issuerDocumentAt(
  address: string,
  issuerId: string,
  session: Session,
): Promise<IssuerDocument | undefined> {
  const answer = await session.read(address);
  if (!answer.ok || answer.value.status !== 200) return undefined;
  const document = parseJsonObject(answer.value.bytes);
  if (!document.ok || document.value['id'] !== issuerId) return undefined;
  const host = answeringHost(answer.value);
  // What a DID says comes by an encrypted way alone, and is over once the DID was given up.
  const isSaid = !issuerId.startsWith('did:') || (host?.encrypted && document.value['deactivated'] !== true);
  return host === undefined || !isSaid ? undefined : { document: document.value, host };
}

/** The issuer's own document lists the key itself, a method kept elsewhere, or the DID that the key is. */
async function lists(
  document: JsonObject,
  issuerId: string,
  relation: Relation,
  key: FoundKey,
  { now }: Session,
): Promise<boolean> {
  const keys = await listedKeysOf(document, issuerId, relation, now);
  if (keys.some((jwk) => isSameKey(jwk, key.jwk))) return true;
  // An id that stands here with another key beside it names that other key.
  if (key.certainty === 'decoded') return false;
  if ((await methodOf(document, issuerId, key.id, relation, now)) !== undefined) return false;
  const listed = listOf(document[relation]);
  return (
    listed.includes(key.id) ||
    (key.certainty === 'self-certifying' && listed.includes(key.controller ?? key.id))
  );
}

function notTheIssuers(code: 'key-owner-differs' | 'key-not-listed', issuerId: string): Binding {
  const facts = { issuer: issuerId.slice(0, 300), address: issuerId.slice(0, 300) };
  return { issuerProof: { kind: 'none' }, check: failure('issuer', 'invalid', code, source, facts) };
}

function confirmed(issuerProof: IssuerProof): Binding {
  return { issuerProof, check: passed('issuer', 'issuer-confirmed', source) };
}

function confirmedHost(host: NonNullable<FoundKey['host']>): Binding {
  const check = host.encrypted
    ? passed('issuer', 'issuer-confirmed', source, { host: host.host })
    : warning('issuer', 'not-encrypted', source, { host: host.host });
  return { issuerProof: { kind: 'host', ...host }, check };
}

async function unconfirmed(
  key: FoundKey,
  why: 'key-not-bound' | 'key-elsewhere',
  issuerId: string,
): Promise<Binding> {
  const name = await nameOfKey(key);
  return {
    issuerProof: { kind: 'unconfirmed', key: name, why },
    check: warning('issuer', 'issuer-not-confirmed', source, { issuer: issuerId.slice(0, 300), key: name }),
  };
}
