import * as v from 'valibot';
import { isJsonObject, type Json } from '../model/json.ts';
import { isWebAddress } from './values.ts';

/**
 * Objects of the Badge Connect API of Open Badges 2.1, which carries badges of 2.0 from host to host. Each judge says
 * whether an object is well formed; members that the API does not name are let through, as in any badge object.
 * Source: OB 2.1 §Badge Connect; its JSON schemas; RFC 7591 §2, §3.2.1.
 */

const text = v.pipe(v.string(), v.trim(), v.minLength(1));
/** The API speaks over TLS alone (OB 2.1 §Security). */
const safeAddress = v.pipe(
  v.string(),
  v.check((value) => isWebAddress(value) && value.startsWith('https://')),
);
const picture = v.union([safeAddress, v.pipe(v.string(), v.regex(/^data:image\/[a-z+]+[;,]/i))]);
const maxEntries = 100;
const list = <Item extends v.GenericSchema>(item: Item) =>
  v.pipe(v.array(item), v.minLength(1), v.maxLength(maxEntries));

const scope = v.pipe(v.string(), v.regex(/^(?:https:\/\/\S{1,500}|offline_access)$/));

const manifest = v.looseObject({
  '@context': v.optional(v.unknown()),
  id: safeAddress,
  badgeConnectAPI: list(
    v.looseObject({
      id: v.optional(v.string()),
      name: text,
      image: v.optional(picture),
      apiBase: safeAddress,
      version: v.pipe(v.string(), v.regex(/^v\d+p\d+$/)),
      termsOfServiceUrl: safeAddress,
      privacyPolicyUrl: safeAddress,
      scopesOffered: list(scope),
      registrationUrl: safeAddress,
      authorizationUrl: safeAddress,
      tokenUrl: safeAddress,
      tokenRevocationUrl: v.nullish(safeAddress),
    }),
  ),
});

const addressesOfClient = ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri'] as const;

/** What a client says of itself. All its addresses lie on one host, so that nobody registers in another's name. */
const client = v.looseObject({
  client_name: text,
  client_uri: safeAddress,
  logo_uri: safeAddress,
  tos_uri: safeAddress,
  policy_uri: safeAddress,
  software_id: text,
  software_version: text,
  redirect_uris: list(safeAddress),
  token_endpoint_auth_method: v.optional(v.literal('client_secret_basic')),
  grant_types: v.optional(list(v.picklist(['authorization_code', 'refresh_token']))),
  response_types: v.optional(list(v.literal('code'))),
  scope: v.optional(text),
});

const seconds = v.pipe(v.number(), v.integer(), v.minValue(0));
const registered = v.looseObject({
  ...client.entries,
  client_id: text,
  client_secret: text,
  client_id_issued_at: seconds,
  client_secret_expires_at: seconds,
});

const status = v.looseObject({
  error: v.optional(v.nullable(v.string())),
  statusCode: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(599)),
  statusText: v.optional(
    v.picklist([
      'OK',
      'REQUEST_VALIDATION_ERROR',
      'RECIPIENT_PROFILE_MISMATCH',
      'INVALID_BADGE',
      'BAD_REQUEST',
      'UNAUTHENTICATED',
      'PERMISSION_DENIED',
      'NOT_FOUND',
      'METHOD_NOT_ALLOWED',
    ]),
  ),
});

/** The service manifest at `/.well-known/badgeconnect.json`. */
export function isServiceManifest(value: Json | undefined): boolean {
  return v.is(manifest, value);
}

/** What a client sends to register, or what the host answers once it is. */
export function isRegistration(value: Json | undefined): boolean {
  if (!isJsonObject(value)) return false;
  const isAnswer = 'client_id' in value || 'client_secret' in value;
  const parsed = v.safeParse(isAnswer ? registered : client, value);
  if (!parsed.success) return false;
  const addresses = [...addressesOfClient.map((name) => parsed.output[name]), ...parsed.output.redirect_uris];
  return new Set(addresses.map((address) => new URL(address).hostname)).size === 1;
}

/** The envelope of a refusal: a status that says what went wrong. */
export function isApiError(value: Json | undefined): boolean {
  const envelope = v.looseObject({ status });
  return v.is(envelope, value) && value.status.statusCode >= 400 && value.status.statusText !== 'OK';
}

/** The envelope of a good answer, its body being judged by itself; gives that body. */
export function profileInResponse(value: Json | undefined): Json | undefined {
  if (!isJsonObject(value) || !v.is(status, value['status'])) return undefined;
  return value['status'].statusCode < 300 ? value['profile'] : undefined;
}
