import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { isApiError, isRegistration, isServiceManifest, profileInResponse } from './badge-connect.ts';

const host = 'https://host.example';
const api: JsonObject = {
  name: 'A host',
  apiBase: `${host}/api`,
  version: 'v2p1',
  termsOfServiceUrl: `${host}/terms`,
  privacyPolicyUrl: `${host}/privacy`,
  scopesOffered: ['https://purl.imsglobal.org/spec/ob/v2p1/scope/profile.readonly', 'offline_access'],
  registrationUrl: `${host}/register`,
  authorizationUrl: `${host}/authorize`,
  tokenUrl: `${host}/token`,
};
const client: JsonObject = {
  client_name: 'A client',
  client_uri: host,
  logo_uri: `${host}/logo.png`,
  tos_uri: `${host}/terms`,
  policy_uri: `${host}/privacy`,
  software_id: 'one',
  software_version: '1',
  redirect_uris: [`${host}/back`],
};
const issued = { client_id: 'id', client_secret: 's', client_id_issued_at: 1, client_secret_expires_at: 0 };

/** The object without each of these members in turn. */
function without(object: JsonObject, names: readonly string[]): readonly JsonObject[] {
  return names.map((name) => Object.fromEntries(Object.entries(object).filter(([key]) => key !== name)));
}

describe('objects of Badge Connect', () => {
  it('are a manifest when every address that a client needs is there, over https', () => {
    const manifest = (change: JsonObject): JsonObject => ({
      id: host,
      badgeConnectAPI: [{ ...api, ...change }],
    });
    expect(isServiceManifest(manifest({}))).toBe(true);
    for (const change of [{ more: 1 }, { version: 'v1p0' }, { tokenRevocationUrl: null }])
      expect(isServiceManifest(manifest(change)), JSON.stringify(change)).toBe(true);
    expect(isServiceManifest({ id: host, badgeConnectAPI: [] })).toBe(false);
    for (const change of [
      { version: '2.1' },
      { tokenRevocationUrl: 'none' },
      { tokenUrl: 'http://host.example/token' },
      { apiBase: 'api' },
      { scopesOffered: [] },
      { name: '' },
    ])
      expect(isServiceManifest(manifest(change)), JSON.stringify(change)).toBe(false);
    for (const lacking of without(api, Object.keys(api)))
      expect(isServiceManifest({ id: host, badgeConnectAPI: [lacking] })).toBe(false);
  });

  it('are a registration when the client says who it is, all on one host', () => {
    expect(isRegistration(client)).toBe(true);
    expect(isRegistration({ ...client, ...issued })).toBe(true);
    expect(isRegistration({ ...client, client_id: 'id' })).toBe(false);
    expect(isRegistration({ ...client, redirect_uris: ['https://stranger.example/back'] })).toBe(false);
    for (const lacking of without(client, Object.keys(client))) expect(isRegistration(lacking)).toBe(false);
  });

  it('are a refusal when the status says so', () => {
    const envelope = (status: JsonObject) => isApiError({ status });
    expect(envelope({ error: 'Why', statusCode: 404, statusText: 'NOT_FOUND' })).toBe(true);
    expect(envelope({ error: null, statusCode: 500 })).toBe(true);
    expect(envelope({ error: null, statusCode: 200, statusText: 'OK' })).toBe(false);
    expect(envelope({ error: 'Why', statusCode: '404' })).toBe(false);
    expect(envelope({ error: 'Why', statusCode: 404, statusText: 'TEAPOT' })).toBe(false);
  });

  it('carry a profile only in a good answer', () => {
    const profile = { id: host, type: 'Profile' };
    expect(profileInResponse({ status: { statusCode: 200, statusText: 'OK' }, profile })).toEqual(profile);
    expect(profileInResponse({ status: { statusCode: 404 }, profile })).toBeUndefined();
    expect(profileInResponse(profile)).toBeUndefined();
  });
});
