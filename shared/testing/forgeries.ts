import { bytesOfBase64Url, textOf } from '../model/bytes.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { BadgeProof } from './build-badge.ts';
import { type BuiltIssuer, buildIssuer } from './build-issuer.ts';
import { type Documents, jsonBytes } from './documents.ts';
import { type EmbeddedSuite, signEmbedded, suiteContexts } from './sign-data-integrity.ts';
import { deriveCopy } from './sign-selective-disclosure.ts';
import { hmacToken, signToken, unsignedToken } from './sign-token.ts';
import { createKey, type KeyAlgorithm, type SigningKey, tokenPart } from './signing-keys.ts';

/**
 * What an attacker did to the badge:
 * `byte-changed` one letter of what was signed (of a hosted badge: of the presented copy) is another one;
 * `other-key` signed with a key that is not the one named;
 * `algorithm-swapped` the right key, but the header or proof names another algorithm;
 * `key-of-another-issuer` really signed by another, honest issuer's key, and named as such, for this issuer's badge;
 * `alg-none`, `hmac-with-public-key` the two classic forgeries of tokens.
 */
export type Forgery =
  | 'none'
  | 'byte-changed'
  | 'other-key'
  | 'algorithm-swapped'
  | 'key-of-another-issuer'
  | 'alg-none'
  | 'hmac-with-public-key';

export type SigningWish = {
  readonly proof: BadgeProof;
  readonly issuer: BuiltIssuer;
  readonly created: string;
  readonly forgery: Forgery;
};

export type Signed = { readonly text: string; readonly documents: Documents };

/** Signs an assertion or credential, honestly or not. `documents`: what a second issuer of a forgery serves. */
export async function signedDocument(document: JsonObject, wish: SigningWish): Promise<Signed> {
  const signer = await signerOf(wish);
  const documents: Documents = signer.documents;
  switch (wish.proof) {
    case 'hosted':
      return { text: textOf(jsonBytes(hostedCopyOf(document, wish.forgery))) ?? '', documents };
    case 'jws': {
      const named = { ...document, verification: { type: 'SignedBadge', creator: signer.keyId } };
      const header = { alg: signer.key.algorithm, typ: 'JWT' };
      return { text: await tokenOf(header, named, signer.key, wish.forgery), documents };
    }
    case 'vc-jwt': {
      const header = { alg: signer.key.algorithm, typ: 'JWT', kid: signer.keyId };
      return {
        text: await tokenOf(header, withClaims(document, wish.issuer.id), signer.key, wish.forgery),
        documents,
      };
    }
    default:
      return { text: await embeddedText(document, wish.proof, wish, signer), documents };
  }
}

type Signer = { readonly key: SigningKey; readonly keyId: string; readonly documents: Documents };

async function signerOf({ issuer, forgery }: SigningWish): Promise<Signer> {
  if (forgery === 'other-key')
    return { key: await createKey(issuer.key.algorithm), keyId: issuer.keyId, documents: new Map() };
  if (forgery !== 'key-of-another-issuer')
    return { key: issuer.key, keyId: issuer.keyId, documents: new Map() };
  const other = await buildIssuer({
    origin: 'https://stranger.example',
    name: issuer.name,
    keyPlace: issuer.keyPlace,
    algorithm: issuer.key.algorithm,
  });
  return { key: other.key, keyId: other.keyId, documents: other.documents };
}

/** A presented copy may say what it likes; the copy at its own address decides. */
function hostedCopyOf(document: JsonObject, forgery: Forgery): JsonObject {
  if (forgery === 'none') return document;
  if (forgery !== 'byte-changed') throw new Error(`A hosted badge has no key: ${forgery}`);
  const recipient = document['recipient'] as JsonObject;
  return { ...document, recipient: { ...recipient, identity: changedText(String(recipient['identity'])) } };
}

/** Claims beside the credential. Source: OB 3.0 §jwt-proof; VCDM 2 style. */
function withClaims(document: JsonObject, issuer: string): JsonObject {
  const seconds = (value: Json | undefined) => Math.floor(Date.parse(String(value)) / 1000);
  const subject = document['credentialSubject'] as JsonObject | undefined;
  return {
    ...document,
    iss: issuer,
    jti: document['id'] ?? '',
    nbf: seconds(document['validFrom']),
    ...(typeof subject?.['id'] === 'string' ? { sub: subject['id'] } : {}),
    ...(document['validUntil'] === undefined ? {} : { exp: seconds(document['validUntil']) }),
  };
}

const otherAlgorithm: Readonly<Record<KeyAlgorithm, KeyAlgorithm>> = {
  EdDSA: 'ES256',
  ES256: 'EdDSA',
  ES384: 'ES256',
  ES512: 'ES384',
  ES256K: 'ES256',
  RS256: 'ES256',
  RS384: 'RS256',
  RS512: 'PS512',
  PS256: 'RS256',
  PS384: 'PS256',
  PS512: 'RS512',
};

async function tokenOf(
  header: JsonObject,
  payload: JsonObject,
  key: SigningKey,
  forgery: Forgery,
): Promise<string> {
  if (forgery === 'alg-none') return unsignedToken(header, payload);
  if (forgery === 'hmac-with-public-key') return hmacToken(header, payload, key);
  const shown = forgery === 'algorithm-swapped' ? { ...header, alg: otherAlgorithm[key.algorithm] } : header;
  const token = await signToken(shown, payload, key);
  return forgery === 'byte-changed' ? tokenWithLetterChanged(token) : token;
}

/** The signed text with one letter of its recipient's or achievement's text changed, signature and header as they were. */
function tokenWithLetterChanged(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const text = textOf(bytesOfBase64Url(payload) ?? new Uint8Array()) ?? '';
  const document = JSON.parse(text) as JsonObject;
  return `${header}.${tokenPart(withLetterChanged(document))}.${signature}`;
}

/** What a proof calls itself when it lies about its suite. */
const otherSuite: Readonly<Record<EmbeddedSuite, EmbeddedSuite>> = {
  'eddsa-rdfc-2022': 'Ed25519Signature2020',
  'eddsa-2022': 'eddsa-jcs-2022',
  'eddsa-jcs-2022': 'eddsa-rdfc-2022',
  'ecdsa-rdfc-2019': 'ecdsa-jcs-2019',
  'ecdsa-jcs-2019': 'ecdsa-rdfc-2019',
  'ecdsa-sd-2023': 'ecdsa-rdfc-2019',
  Ed25519Signature2020: 'eddsa-rdfc-2022',
  Ed25519Signature2018: 'JsonWebSignature2020',
  JsonWebSignature2020: 'Ed25519Signature2018',
};

/** Pointers to all that a document says of itself. */
function everyPart(document: JsonObject): readonly string[] {
  return Object.keys(document).flatMap((name) => (/^(?:@|id$|type$)/.test(name) ? [] : [`/${name}`]));
}

async function embeddedText(
  document: JsonObject,
  suite: EmbeddedSuite,
  wish: SigningWish,
  signer: Signer,
): Promise<string> {
  const label = otherSuite[suite];
  // The label of a forgery has to be a word that the document knows: the signature is to fail, not the form.
  const contexts = document['@context'];
  const wanted = suiteContexts[label];
  const known =
    wish.forgery === 'algorithm-swapped' && wanted !== undefined && Array.isArray(contexts)
      ? { ...document, '@context': [...contexts, wanted] }
      : document;
  const proven = await signEmbedded(known, {
    suite,
    key: signer.key,
    verificationMethod: signer.keyId,
    created: wish.created,
    ...(wish.forgery === 'algorithm-swapped' ? { label } : {}),
  });
  // Others are never shown the proof that the issuer made for the holder.
  const signed = suite === 'ecdsa-sd-2023' ? await deriveCopy(proven, everyPart(known)) : proven;
  const shown = wish.forgery === 'byte-changed' ? withLetterChanged(signed) : signed;
  return textOf(jsonBytes(shown)) ?? '';
}

/** One letter of whom it is for, or of what it says, is another one; everything stays well formed. */
function withLetterChanged(document: JsonObject): JsonObject {
  const recipient = document['recipient'] as JsonObject | undefined;
  if (recipient !== undefined)
    return { ...document, recipient: { ...recipient, identity: changedText(String(recipient['identity'])) } };
  const subject = document['credentialSubject'] as JsonObject;
  const achievement = subject['achievement'] as JsonObject;
  const changed = { ...achievement, name: changedText(String(achievement['name'])) };
  return { ...document, credentialSubject: { ...subject, achievement: changed } };
}

/** The last character replaced by its neighbour: one bit of one byte. */
function changedText(text: string): string {
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) ^ 1);
}
