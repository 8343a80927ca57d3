import * as v from 'valibot';
import { textOf } from '../model/bytes.ts';
import { type Json, parseJsonObject } from '../model/json.ts';
import { maxOfferLength } from './offer.ts';

/**
 * Whether offers of other protocols are well formed. Nothing is fetched: codes in them are single-use.
 * Source: OpenID4VCI 1.0 §4.1.1, §12.2.4 and its drafts; VC-API §interactions; DCC deep links; CHAPI.
 */

const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxOfferLength));
const maxEntries = 100;
const list = <Item extends v.GenericSchema>(item: Item) =>
  v.pipe(v.array(item), v.minLength(1), v.maxLength(maxEntries));
const safeAddress = v.pipe(
  text,
  v.check((value) => addressOf(value)?.protocol === 'https:'),
);
/** Names an issuer: neither query nor fragment (OpenID4VCI 1.0 §12.2.1). */
const issuerAddress = v.pipe(
  safeAddress,
  v.check((value) => !/[?#]/.test(value)),
);
const webAddress = v.pipe(
  text,
  v.check((value) => ['https:', 'http:'].includes(addressOf(value)?.protocol ?? '')),
);

const preAuthorised = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
const grants = v.looseObject({
  authorization_code: v.optional(
    v.looseObject({ issuer_state: v.optional(text), authorization_server: v.optional(safeAddress) }),
  ),
  [preAuthorised]: v.optional(
    v.looseObject({
      'pre-authorized_code': text,
      tx_code: v.optional(
        v.looseObject({
          input_mode: v.optional(v.picklist(['numeric', 'text'])),
          length: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
          description: v.optional(v.pipe(v.string(), v.maxLength(300))),
        }),
      ),
      user_pin_required: v.optional(v.boolean()),
      authorization_server: v.optional(safeAddress),
    }),
  ),
});
/** Drafts name what is offered `credentials`, by id or as whole objects. */
const offer = v.pipe(
  v.looseObject({
    credential_issuer: issuerAddress,
    credential_configuration_ids: v.optional(
      v.pipe(
        list(text),
        v.check((ids) => new Set(ids).size === ids.length),
      ),
    ),
    credentials: v.optional(list(v.union([text, v.looseObject({})]))),
    grants: v.optional(grants),
  }),
  v.check((value) => (value.credential_configuration_ids ?? value.credentials) !== undefined),
);

/** An offer object, or a link that carries one or names where it lies. */
export function isCredentialOffer(bytes: Uint8Array): boolean {
  const document = parseJsonObject(bytes);
  if (document.ok) return v.is(offer, document.value);
  const link = addressOf(textOf(bytes)?.trim() ?? '');
  if (link === undefined || !['openid-credential-offer:', 'https:'].includes(link.protocol)) return false;
  const [byValue, byReference] = [
    link.searchParams.getAll('credential_offer'),
    link.searchParams.getAll('credential_offer_uri'),
  ];
  // One or the other, once (OpenID4VCI 1.0 §4.1).
  if (byValue.length + byReference.length !== 1) return false;
  if (byReference[0] !== undefined) return v.is(safeAddress, byReference[0]);
  const carried = parseJsonObject(new TextEncoder().encode(byValue[0] ?? ''));
  return carried.ok && v.is(offer, carried.value);
}

const configuration = v.looseObject({
  format: text,
  scope: v.optional(text),
  cryptographic_binding_methods_supported: v.optional(list(text)),
  credential_signing_alg_values_supported: v.optional(list(v.union([text, v.number()]))),
  proof_types_supported: v.optional(v.record(text, v.looseObject({}))),
  credential_definition: v.optional(
    v.looseObject({ type: v.optional(list(text)), '@context': v.optional(list(v.unknown())) }),
  ),
});
const needsDefinition = new Set(['ldp_vc', 'jwt_vc_json', 'jwt_vc_json-ld']);
const metadata = v.looseObject({
  credential_issuer: v.optional(issuerAddress),
  credential_endpoint: v.optional(safeAddress),
  nonce_endpoint: v.optional(safeAddress),
  deferred_credential_endpoint: v.optional(safeAddress),
  notification_endpoint: v.optional(safeAddress),
  authorization_servers: v.optional(list(safeAddress)),
  credential_configurations_supported: v.pipe(
    v.record(text, configuration),
    v.check((value) => Object.keys(value).length > 0 && Object.keys(value).length <= maxEntries),
    v.check((value) => Object.values(value).every(isDefined)),
  ),
});

/** What an issuer says of the credentials that it offers, whole or the part about them. */
export function isIssuerMetadata(value: Json | undefined): boolean {
  return v.is(metadata, value);
}

function isDefined({
  format,
  credential_definition: definition,
}: v.InferOutput<typeof configuration>): boolean {
  return !needsDefinition.has(format) || definition?.type !== undefined;
}

/** A question by example that gives none asks for nothing. */
const query = v.pipe(
  v.looseObject({ type: text }),
  v.check((value) => value.type !== 'QueryByExample' || value['credentialQuery'] !== undefined),
);
const presentationRequest = v.looseObject({
  query: v.union([query, list(query)]),
  challenge: v.optional(text),
  domain: v.optional(text),
  interact: v.optional(
    v.looseObject({
      service: v.union([service(), list(service())]),
    }),
  ),
});
const interactions = v.looseObject({
  protocols: v.pipe(
    v.record(text, text),
    v.check((value) => Object.keys(value).length > 0),
  ),
});

/** A request for a presentation, the protocols of an interaction, an interaction address or a wallet's deep link. */
export function isExchangeOffer(bytes: Uint8Array): boolean {
  const document = parseJsonObject(bytes);
  if (document.ok) return isExchangeObject(document.value);
  const link = addressOf(textOf(bytes)?.trim() ?? '');
  if (link === undefined) return false;
  const isWallet = ['dccrequest:', 'org.dcconsortium:'].includes(link.protocol);
  if (!isWallet && !['https:', 'http:'].includes(link.protocol)) return false;
  if (link.searchParams.get('iuv') === '1') return !isWallet;
  const { searchParams: asked } = link;
  const kind = asked.get('auth_type');
  return (
    v.is(webAddress, asked.get('vc_request_url')) &&
    v.is(text, asked.get('issuer')) &&
    (kind === null || ['bearer', 'code'].includes(kind))
  );
}

/** The request stands alone, below a name that says what it is, or below the protocols that wallets know. */
function isExchangeObject(value: Json): boolean {
  if (v.is(presentationRequest, value) || v.is(interactions, value)) return true;
  const wrapped = v.looseObject({ verifiablePresentationRequest: presentationRequest });
  return v.is(wrapped, value);
}

function service() {
  return v.pipe(
    v.looseObject({ type: text, serviceEndpoint: v.optional(webAddress) }),
    // The browser's own handler is answered in place; every other service says where.
    v.check((value) => value.type === 'CredentialHandlerService' || value.serviceEndpoint !== undefined),
  );
}

function addressOf(value: string): URL | undefined {
  return value.length <= maxOfferLength && URL.canParse(value) ? new URL(value) : undefined;
}
