import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls } from '../../shared/protocol/calls.ts';
import { ask } from '../testing/learner.ts';
import { endTestServers, startTestServer, type TestServer } from '../testing/test-server.ts';
import { routes } from './registry.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' });
});
afterAll(endTestServers);

const named = routes.map((route) => [`${route.method} ${route.path}`, route] as const);
/** A path with something in the place of each name. */
const somePath = (path: string) =>
  path
    .replace(
      /:profile\{@\[a-z0-9-\]\+(\[\.\](json|jws))?\}/,
      (_, ending, name) => `@nobody${ending === undefined ? '' : `.${name}`}`,
    )
    .replace(/:[a-z]+/g, 'x');

const html = 'text/html; charset=utf-8';

/** Their proof is in the body: no key of the account's is at hand yet. */
const isProvenByPasskey = (path: string) => path.startsWith('/v1/unlock/passkey');

describe('the routes', () => {
  it('are each there once, and every call of the contract has one', () => {
    const paths = named.map(([name]) => name);
    expect(new Set(paths).size).toBe(paths.length);
    for (const { method, path } of calls)
      expect(paths).toContain(`${method === 'HEAD' ? 'GET' : method} ${path}`);
    // Nothing below /v1 is outside the contract.
    const contract = new Set(calls.map(({ path }) => path as string));
    for (const route of routes) if (route.path.startsWith('/v1')) expect(contract).toContain(route.path);
  });

  it.each(named)('%s says who may call it, how much it takes and how often', (_, route) => {
    expect(Array.isArray(route.signers)).toBe(true);
    expect(Number.isSafeInteger(route.maxBodyBytes) && route.maxBodyBytes >= 0).toBe(true);
    // Only reading what is public is open to all without limit; whatever changes something is signed.
    if (route.path.startsWith('/v1')) expect(route.rates.length).toBeGreaterThan(0);
    else expect([route.method, route.signers, route.maxBodyBytes]).toEqual(['GET', [], 0]);
    if (route.method !== 'GET' && !isProvenByPasskey(route.path))
      expect(route.signers.length).toBeGreaterThan(0);
  });

  it.each(named)(
    '%s answers with strict headers, no cookie and no other origin let in (T23)',
    async (_, route) => {
      const path = somePath(route.path);
      const body = route.method === 'GET' ? {} : { body: new Uint8Array() };
      const reply = await ask(server.address, route.method, path, {
        headers: { origin: 'https://evil.example', cookie: 'a=b' },
        ...body,
      });
      const { headers } = reply;
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      // Two pages run a script, our own; none runs anything else.
      const scripts = ['/check', '/claim'].includes(route.path) ? "script-src 'self'" : undefined;
      expect(/script-src [^;]*/.exec(headers['content-security-policy'] as string)?.[0]).toBe(scripts);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cache-control']).toMatch(route.path.startsWith('/v1') ? /^no-store$/ : /./);
      expect(headers['backpack-nonce'] !== undefined).toBe(route.path.startsWith('/v1'));
      expect(Object.keys(headers).filter((name) => /^(set-cookie|access-control-)/.test(name))).toEqual([]);
      if (route.signers.length > 0)
        expect([reply.status, reply.body.toString()]).toEqual([401, '{"error":"unauthorized"}']);
    },
  );

  it('answer what is nowhere as strictly', async () => {
    for (const [path, type] of [
      ['/v1/nothing', 'application/json'],
      ['/nothing', html],
      // How a route is written is no address: a router that took it for one ended the whole server.
      ...routes.filter((route) => route.path.includes('{')).map(({ path: form }) => [form, html] as const),
    ] as const) {
      const { status, headers } = await ask(server.address, 'GET', path);
      expect([status, headers['content-type']]).toEqual([404, type]);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
    }
    expect(
      (await ask(server.address, 'OPTIONS', '/v1/commits', { headers: { origin: 'https://evil.example' } }))
        .headers,
    ).not.toHaveProperty('access-control-allow-origin');
  });

  it('show the home page with its stylesheet, kept for ever under its own hash', async () => {
    const home = await ask(server.address, 'GET', '/');
    expect(home.status).toBe(200);
    const style = /href="(\/assets\/[^"]+\.css)"/.exec(home.body.toString())?.[1] ?? '';
    const reply = await ask(server.address, 'GET', style);
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8']);
    expect(reply.headers['cache-control']).toContain('immutable');
    const old = await ask(server.address, 'GET', '/assets/old.css');
    expect([old.status, old.headers['cache-control']]).toEqual([404, 'no-store']);
    expect(home.body.toString()).not.toMatch(/<script| style=|javascript:/i);
  });
});
