import { isApiError, isRegistration, isServiceManifest } from '../../shared/formats/badge-connect.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { isCredentialOffer, isExchangeOffer, isIssuerMetadata } from '../../shared/offers/judge-offer.ts';

type Judge = (bytes: Uint8Array, document: JsonObject | undefined) => boolean;

/** What is neither badge nor part of one: objects of the APIs and offers of other protocols, by their format. */
export const apiObjects: Readonly<Record<string, Judge>> = {
  manifest: (_, document) => isServiceManifest(document),
  registration: (_, document) => isRegistration(document),
  'api-error': (_, document) => isApiError(document),
  'oid4vci-offer': isCredentialOffer,
  'oid4vci-metadata': (_, document) => isIssuerMetadata(document),
  'vcapi-offer': isExchangeOffer,
};
