import { textOf } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import { type BuiltBadge, buildBadge, jsonOf } from './build-badge.ts';
import { type BuiltIssuer, buildIssuer } from './build-issuer.ts';
import { type Documents, jsonBytes, mergeDocuments } from './documents.ts';
import {
  credentialContext,
  type EmbeddedSuite,
  openBadgesContext,
  signEmbedded,
} from './sign-data-integrity.ts';

export const clrContext = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';

export type ClrWish = {
  readonly issuer?: BuiltIssuer;
  /** default `eddsa-rdfc-2022` */
  readonly suite?: EmbeddedSuite;
  /** what stands inside; default: one honest badge about the same person */
  readonly parts?: readonly BuiltBadge[];
  readonly associations?: readonly JsonObject[];
  /** changes the record before it is signed, and after */
  readonly change?: (record: JsonObject) => JsonObject;
  readonly forge?: (signed: JsonObject) => JsonObject;
};

export type BuiltClr = {
  readonly bytes: Uint8Array;
  readonly document: JsonObject;
  readonly documents: Documents;
};

export const recordOwner = 'did:example:ebfeb1f712ebc6f1c276e12ec21';

/** Builds a really signed record of several badges. Source: CLR 2.0 §ClrCredential. */
export async function buildClr(wish: ClrWish = {}): Promise<BuiltClr> {
  const issuer = wish.issuer ?? (await buildIssuer({ name: 'Example University' }));
  const parts = wish.parts ?? [await buildBadge({ recipient: { type: 'did', value: recordOwner } })];
  const record: JsonObject = {
    '@context': [credentialContext, clrContext, openBadgesContext],
    id: 'urn:uuid:6e1f2a0c-0000-4000-8000-000000000001',
    type: ['VerifiableCredential', 'ClrCredential'],
    issuer: { id: issuer.id, type: ['Profile'], name: issuer.name },
    validFrom: '2026-01-15T10:00:00Z',
    name: 'Transcript',
    credentialSubject: {
      id: recordOwner,
      type: ['ClrSubject'],
      verifiableCredential: parts.map(jsonOf),
      ...(wish.associations === undefined ? {} : { association: [...wish.associations] }),
    },
  };
  const signed = await signEmbedded(wish.change?.(record) ?? record, {
    suite: wish.suite ?? 'eddsa-rdfc-2022',
    key: issuer.key,
    verificationMethod: issuer.keyId,
    created: '2026-01-15T10:00:00Z',
  });
  const document = wish.forge?.(signed) ?? signed;
  const documents = mergeDocuments(issuer.documents, ...parts.map((part) => part.documents));
  return {
    bytes: jsonBytes(document),
    document: JSON.parse(textOf(jsonBytes(document)) ?? '') as JsonObject,
    documents,
  };
}
