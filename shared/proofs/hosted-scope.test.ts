import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { judgeHostedScope } from './hosted-scope.ts';

const id = 'https://badges.example/awards/7';

function issuer(verification?: JsonObject, issuerId = 'https://badges.example/issuer'): JsonObject {
  return verification === undefined ? { id: issuerId } : { id: issuerId, verification };
}

describe('T43: a hosted badge counts only where its issuer hosts badges', () => {
  const inside: readonly [string, string, JsonObject][] = [
    ['no policy, same host', id, issuer()],
    ['empty policy, same host', id, issuer({})],
    [
      'http issuer, https badge: the scheme is no part of the authority',
      id,
      issuer(undefined, 'http://badges.example/i'),
    ],
    ['a path prefix', id, issuer({ startsWith: 'https://badges.example/awards/' })],
    ['a prefix that ends inside a path segment', id, issuer({ startsWith: 'https://badges.example/aw' })],
    ['a bare origin as prefix', id, issuer({ startsWith: 'https://badges.example' })],
    [
      'one of several prefixes',
      id,
      issuer({ startsWith: ['https://x.example/', 'https://badges.example/'] }),
    ],
    [
      'an allowed origin elsewhere',
      id,
      issuer({ allowedOrigins: 'badges.example' }, 'https://other.example/i'),
    ],
    ['one of several allowed origins', id, issuer({ allowedOrigins: ['x.example', 'badges.example'] })],
    ['upper-case host', 'https://BADGES.example/awards/7', issuer({ allowedOrigins: ['Badges.Example'] })],
    [
      'the default port written out',
      'https://badges.example:443/awards/7',
      issuer({ allowedOrigins: 'badges.example' }),
    ],
    ['the same port', 'https://badges.example:8443/a', issuer({ allowedOrigins: 'badges.example:8443' })],
  ];
  it.each(inside)('inside: %s', (_name, address, profile) => {
    expect(judgeHostedScope(address, profile)).toMatchObject({ kind: 'inside', loose: false });
  });

  const outside: readonly [string, string, JsonObject][] = [
    ['issuer on another host', id, issuer(undefined, 'https://university.example/issuer')],
    [
      'a host that only begins the same',
      'https://badges.example.evil/7',
      issuer({
        startsWith: 'https://badges.example',
        allowedOrigins: ['badges.example', 'badges.example.evil'],
      }),
    ],
    [
      'a user name that looks like the host',
      'https://badges.example@evil.example/7',
      issuer({ startsWith: 'https://badges.example' }),
    ],
    [
      'another scheme than the prefix',
      'http://badges.example/awards/7',
      issuer({ startsWith: 'https://badges.example/' }),
    ],
    [
      'a path that climbs out of the prefix',
      'https://badges.example/awards/../evil',
      issuer({ startsWith: 'https://badges.example/awards/' }),
    ],
    [
      'the same climb, encoded',
      'https://badges.example/awards/%2e%2e/evil',
      issuer({ startsWith: 'https://badges.example/awards/' }),
    ],
    [
      'prefix met, origin not',
      id,
      issuer({ startsWith: 'https://badges.example/', allowedOrigins: ['x.example'] }),
    ],
    [
      'origin met, prefix not',
      id,
      issuer({ startsWith: 'https://badges.example/NOT', allowedOrigins: ['badges.example'] }),
    ],
    [
      'prefix met, the issuer elsewhere',
      id,
      issuer({ startsWith: 'https://badges.example/' }, 'https://university.example/i'),
    ],
    ['another port', 'https://badges.example:8443/7', issuer()],
    ['a subdomain', 'https://sub.badges.example/7', issuer({ allowedOrigins: 'badges.example' })],
    ['no web address', 'urn:uuid:9d278beb-36cf-4bc8-888d-674ff9843d72', issuer()],
  ];
  it.each(outside)('outside: %s', (_name, address, profile) => {
    expect(judgeHostedScope(address, profile).kind).toBe('outside');
  });

  it('takes the authority out of a whole address in the list, and says so', () => {
    expect(judgeHostedScope(id, issuer({ allowedOrigins: 'https://badges.example/' }))).toEqual({
      kind: 'inside',
      loose: true,
    });
  });

  it('goes by the aliases of the context as by its names', () => {
    const elsewhere = 'https://university.example/i';
    const policy = { allowedOrigins: ['badges.example'] };
    expect(judgeHostedScope(id, { '@id': elsewhere }).kind).toBe('outside');
    expect(judgeHostedScope(id, { '@id': 'https://badges.example/i' }).kind).toBe('inside');
    expect(judgeHostedScope(id, { id: elsewhere, verify: policy }).kind).toBe('inside');
    const narrow = { startsWith: { '@value': 'https://badges.example/other/' } };
    expect(judgeHostedScope(id, { id: 'https://badges.example/i', verify: narrow }).kind).toBe('outside');
    expect(judgeHostedScope(id, { id: elsewhere, verification: narrow, verify: policy }).kind).toBe(
      'outside',
    );
  });

  it('draws a border round whatever address the issuer has', () => {
    expect(judgeHostedScope(id, issuer(undefined, 'https://me@university.example/i')).kind).toBe('outside');
    expect(judgeHostedScope(id, issuer(undefined, 'https://')).kind).toBe('outside');
    expect(judgeHostedScope(id, issuer(undefined, 'https://me@badges.example/i')).kind).toBe('inside');
  });

  it('cannot draw a border round an issuer without a web address', () => {
    expect(judgeHostedScope(id, issuer(undefined, 'urn:uuid:9d278beb-36cf-4bc8-888d-674ff9843d72'))).toEqual({
      kind: 'unknown',
    });
  });

  it('answers for any policy', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.jsonValue(), fc.jsonValue(), (address, startsWith, allowedOrigins) => {
        const policy = JSON.parse(JSON.stringify({ startsWith, allowedOrigins }));
        expect(['inside', 'outside', 'unknown']).toContain(judgeHostedScope(address, issuer(policy)).kind);
      }),
    );
  });
});
