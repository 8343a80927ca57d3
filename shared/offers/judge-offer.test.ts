import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import type { Json } from '../model/json.ts';
import { isCredentialOffer, isExchangeOffer, isIssuerMetadata } from './judge-offer.ts';

const json = (value: Json) => utf8(JSON.stringify(value));
const offer = { credential_issuer: 'https://issuer.example', credential_configuration_ids: ['Badge'] };
const code = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
const byValue = (value: Json) =>
  utf8(`openid-credential-offer://?credential_offer=${encodeURIComponent(JSON.stringify(value))}`);

describe('a credential offer of OpenID4VCI', () => {
  it.each([
    ['an object', json(offer)],
    ['with a code', json({ ...offer, grants: { [code]: { 'pre-authorized_code': 'a', tx_code: {} } } })],
    ['of a draft', json({ credential_issuer: 'https://issuer.example', credentials: ['Badge'] })],
    ['a link with the offer', byValue(offer)],
    ['a link to the offer', utf8('https://wallet.example/?credential_offer_uri=https%3A%2F%2Fa.example%2F1')],
  ])('is well formed as %s', (_, bytes) => {
    expect(isCredentialOffer(bytes)).toBe(true);
  });

  it.each([
    ['lacks its issuer', json({ credential_configuration_ids: ['Badge'] })],
    ['offers nothing', json({ credential_issuer: 'https://issuer.example' })],
    ['offers an empty list', json({ ...offer, credential_configuration_ids: [] })],
    ['offers one thing twice', json({ ...offer, credential_configuration_ids: ['Badge', 'Badge'] })],
    ['names an issuer without https', json({ ...offer, credential_issuer: 'http://issuer.example' })],
    ['names an issuer with a query', json({ ...offer, credential_issuer: 'https://a.example?a=b' })],
    ['has a grant without its code', json({ ...offer, grants: { [code]: {} } })],
    [
      'has two offers in one link',
      utf8('openid-credential-offer://?credential_offer={}&credential_offer_uri=https://a.example'),
    ],
    ['has a link that carries nothing', utf8('openid-credential-offer://')],
    ['has a link to a file', utf8('openid-credential-offer://?credential_offer_uri=file:///etc/passwd')],
    ['carries no JSON', utf8('openid-credential-offer://?credential_offer=badge')],
    ['has another scheme', utf8('javascript:?credential_offer_uri=https://a.example')],
  ])('is not when it %s', (_, bytes) => {
    expect(isCredentialOffer(bytes)).toBe(false);
  });
});

it('an issuer’s metadata says of each credential what it is', () => {
  const of = (configuration: Json) =>
    isIssuerMetadata({ credential_configurations_supported: { Badge: configuration } });
  expect(of({ format: 'ldp_vc', credential_definition: { type: ['VerifiableCredential'] } })).toBe(true);
  expect(of({ format: 'mso_mdoc', doctype: 'a' })).toBe(true);
  expect(of({ format: 'jwt_vc_json' })).toBe(false);
  expect(of({ credential_definition: { type: ['VerifiableCredential'] } })).toBe(false);
  expect(isIssuerMetadata({ credential_configurations_supported: {} })).toBe(false);
  expect(isIssuerMetadata({})).toBe(false);
});

describe('an offer of an exchange', () => {
  const request = { query: { type: 'DIDAuthentication' }, challenge: 'a', domain: 'https://a.example' };
  const link = 'issuer=a.example&auth_type=bearer&vc_request_url=https://a.example/exchange/1';
  it.each([
    ['a request', json(request)],
    [
      'a request with several questions',
      json({ ...request, query: [{ type: 'QueryByExample', credentialQuery: {} }] }),
    ],
    ['a request below its name', json({ verifiablePresentationRequest: request })],
    ['the protocols of an interaction', json({ protocols: { vcapi: 'https://a.example/1' } })],
    ['an interaction address', utf8('https://a.example/interactions/1?iuv=1')],
    ['a wallet’s deep link', utf8(`https://lcw.app/request.html?${link}`)],
    ['a wallet’s older deep link', utf8(`dccrequest://request?${link}`)],
  ])('is well formed as %s', (_, bytes) => {
    expect(isExchangeOffer(bytes)).toBe(true);
  });

  it.each([
    ['a request without a question', json({ challenge: 'a' })],
    ['a question by example without one', json({ query: { type: 'QueryByExample' } })],
    ['a service without a place', json({ ...request, interact: { service: { type: 'a' } } })],
    ['a question without a kind', json({ query: {} })],
    [
      'a service that is no address',
      json({ ...request, interact: { service: [{ type: 'a', serviceEndpoint: 'x' }] } }),
    ],
    ['an interaction without protocols', json({ protocols: {} })],
    ['a link without an exchange', utf8('https://lcw.app/request.html?issuer=a.example&auth_type=bearer')],
    ['a link to a file', utf8('dccrequest://request?issuer=a&auth_type=bearer&vc_request_url=file:///a')],
    ['words', utf8('badge')],
  ])('is not as %s', (_, bytes) => {
    expect(isExchangeOffer(bytes)).toBe(false);
  });
});
