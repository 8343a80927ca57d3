import type { Json, JsonObject } from '../model/json.ts';
import { type BuiltBadge, buildBadge, jsonOf } from './build-badge.ts';
import { type BuiltIssuer, buildIssuer } from './build-issuer.ts';
import { type Documents, mergeDocuments } from './documents.ts';
import { credentialContext, type EmbeddedSuite, signEmbedded, suiteContexts } from './sign-data-integrity.ts';
import { signToken } from './sign-token.ts';

/** `vp-jwt`: the presentation is the token's payload; `vp-jwt-1.1`: it stands in the claim `vp`. */
export type PresentationProof = 'none' | 'vp-jwt' | 'vp-jwt-1.1' | EmbeddedSuite;

export type PresentationWish = {
  readonly proof?: PresentationProof;
  /** default: a fresh one, named by its key */
  readonly holder?: BuiltIssuer;
  /** who really signs, when it is not the holder */
  readonly signer?: BuiltIssuer;
  /** default: one honest badge */
  readonly badges?: readonly BuiltBadge[];
  /** members of the embedded proof, signed with it: `challenge`, `domain`, `expires` */
  readonly options?: JsonObject;
  readonly proofPurpose?: string;
  /** claims of the token: `nonce`, `aud`, `exp` */
  readonly claims?: JsonObject;
  readonly header?: JsonObject;
  /** changes the presentation before it is signed */
  readonly change?: (presentation: JsonObject) => JsonObject;
};

export type BuiltPresentation = {
  /** JSON or a compact token */
  readonly document: JsonObject | string;
  readonly holder: BuiltIssuer;
  readonly documents: Documents;
};

/** Builds an envelope of badges that its holder really signed. Source: VCDM 2.0 §Verifiable Presentations. */
export async function buildPresentation(wish: PresentationWish = {}): Promise<BuiltPresentation> {
  const proof = wish.proof ?? 'eddsa-rdfc-2022';
  const holder = wish.holder ?? (await buildIssuer({ relation: 'authentication' }));
  const badges = wish.badges ?? [await buildBadge({})];
  const plain = presentationOf(holder, badges.map(insideOf), contextsOf(proof));
  const presentation = wish.change?.(plain) ?? plain;
  const signer = wish.signer ?? holder;
  const documents = mergeDocuments(
    holder.documents,
    signer.documents,
    ...badges.map((badge) => badge.documents),
  );
  return { document: await signed(presentation, proof, signer, wish), holder, documents };
}

function presentationOf(
  holder: BuiltIssuer,
  inside: readonly Json[],
  contexts: readonly string[],
): JsonObject {
  return {
    '@context': [...contexts],
    id: 'urn:uuid:9b2e0f0c-0000-4000-8000-000000000003',
    type: ['VerifiablePresentation'],
    holder: holder.id,
    verifiableCredential: [...inside],
  };
}

/** A badge as it may stand inside: JSON, or a token in an envelope of its own. */
function insideOf(badge: BuiltBadge): Json {
  if (badge.text.startsWith('{')) return jsonOf(badge);
  return {
    '@context': credentialContext,
    id: `data:application/vc+jwt,${badge.text}`,
    type: 'EnvelopedVerifiableCredential',
  };
}

function contextsOf(proof: PresentationProof): readonly string[] {
  const own = suiteContexts[proof as EmbeddedSuite];
  return own === undefined ? [credentialContext] : [credentialContext, own];
}

async function signed(
  presentation: JsonObject,
  proof: PresentationProof,
  signer: BuiltIssuer,
  { options = {}, claims = {}, header = {}, proofPurpose = 'authentication' }: PresentationWish,
): Promise<JsonObject | string> {
  const { key, keyId } = signer;
  const named = { alg: key.algorithm, kid: keyId };
  switch (proof) {
    case 'none':
      return presentation;
    case 'vp-jwt':
      return signToken({ ...named, typ: 'vp+jwt', ...header }, { ...presentation, ...claims }, key);
    case 'vp-jwt-1.1': {
      const said = { iss: presentation['holder'] ?? null, jti: presentation['id'] ?? null, ...claims };
      return signToken({ ...named, typ: 'JWT', ...header }, { ...said, vp: presentation }, key);
    }
    default: {
      const created = '2026-01-20T10:00:00Z';
      const wish = { suite: proof, key, verificationMethod: keyId, created, proofPurpose, extra: options };
      return signEmbedded(presentation, wish);
    }
  }
}
