import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type LoopbackServer, serveOnLoopback } from '../companion-server/testing/loopback.ts';
import { parseUrl, type Url } from '../shared/model/brands.ts';
import { networkFetcher } from './effects.ts';

const servers: LoopbackServer[] = [];

async function serve(
  listener: RequestListener,
): Promise<{ readonly port: number; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = await serveOnLoopback((request, response) => {
    asked.push(
      `${request.method} ${request.url} ${request.headers.referer ?? ''}${request.headers.cookie ?? ''}`,
    );
    listener(request, response);
  });
  servers.push(server);
  return { port: server.port, asked };
}

function urlOf(text: string): Url {
  const url = parseUrl(text);
  if (!url.ok) throw url.error;
  return url.value;
}

afterEach(() => Promise.all(servers.splice(0).map((server) => server.end())));

describe('the extension’s fetcher', () => {
  it('brings whatever an address answers, with its status and where it ended', async () => {
    const { port, asked } = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(302, { location: '/new' }).end();
      else response.writeHead(404, { 'content-type': 'Application/JSON' }).end('{}');
    });
    const answer = await networkFetcher('all')({ url: urlOf(`http://127.0.0.1:${port}/old`), maxBytes: 10 });
    expect(answer).toMatchObject({
      ok: true,
      value: { url: `http://127.0.0.1:${port}/new`, status: 404, mediaType: 'application/json' },
    });
    expect(asked).toEqual(['GET /old ', 'GET /new ']);
  });

  it('reads bodies up to their ceiling, whatever they say of their length', async () => {
    const { port } = await serve((request, response) => {
      const length = Number(request.url?.slice(1));
      // In two pieces and without a length.
      response.write('x'.repeat(length - 1));
      response.end('x');
    });
    const get = (length: number) =>
      networkFetcher('all')({ url: urlOf(`http://127.0.0.1:${port}/${length}`), maxBytes: 1000 });
    const full = await get(1000);
    expect(full.ok && full.value.bytes.length).toBe(1000);
    const beyond = await get(1001);
    expect(!beyond.ok && beyond.error.code).toBe('offer-too-large');
  });

  it('gives up when nothing comes, and says so', async () => {
    const { port } = await serve((_, response) => {
      response.write('{');
    });
    const answer = await networkFetcher(
      'all',
      150,
    )({ url: urlOf(`http://127.0.0.1:${port}/`), maxBytes: 10 });
    expect(!answer.ok && answer.error.code).toBe('offer-timed-out');
  });

  it('names an address that does not answer', async () => {
    const { port } = await serve(() => undefined);
    for (const server of servers.splice(0)) await server.end();
    const answer = await networkFetcher('all')({ url: urlOf(`http://127.0.0.1:${port}/`), maxBytes: 10 });
    expect(!answer.ok && [answer.error.code, answer.error.facts]).toEqual([
      'offer-unreachable',
      { host: `127.0.0.1:${port}` },
    ]);
  });

  it('asks no host of the learner’s own network unless he said yes to this one (T64)', async () => {
    const { port, asked } = await serve((_, response) => response.end('{}'));
    const get = (only: string | undefined) =>
      networkFetcher({ only })({ url: urlOf(`http://127.0.0.1:${port}/`), maxBytes: 10 });
    for (const only of [undefined, '127.0.0.1', `localhost:${port}`]) {
      const answer = await get(only);
      expect(!answer.ok && answer.error.code).toBe('private-address');
    }
    expect(asked).toEqual([]);
    expect((await get(`127.0.0.1:${port}`)).ok).toBe(true);
  });

  it('drops what a redirect brought from a host that nobody said yes to (T73)', async () => {
    const inside = await serve((_, response) => response.end('secret'));
    const outside = await serve((_, response) =>
      response.writeHead(302, { location: `http://localhost:${inside.port}/` }).end(),
    );
    const answer = await networkFetcher({ only: `127.0.0.1:${outside.port}` })({
      url: urlOf(`http://127.0.0.1:${outside.port}/`),
      maxBytes: 100,
    });
    expect(!answer.ok && answer.error.code).toBe('redirect-not-allowed');
  });

  it('stops when it is told to', async () => {
    const { port } = await serve(() => undefined);
    const stop = new AbortController();
    const answer = networkFetcher('all')({
      url: urlOf(`http://127.0.0.1:${port}/`),
      maxBytes: 10,
      signal: stop.signal,
    });
    stop.abort();
    expect((await answer).ok).toBe(false);
  });

  it('tells an issuer that the browser keeps from it from one that is silent', async () => {
    const { port } = await serve((request) => request.socket.destroy());
    const origin = `http://127.0.0.1:${port}`;
    const asked: string[] = [];
    const get = (granted: boolean) =>
      networkFetcher('all', 5_000, async (of) => {
        asked.push(of);
        return granted;
      })({ url: urlOf(`${origin}/badge`), maxBytes: 10 });
    expect(await get(false)).toMatchObject({
      error: { code: 'access-withheld', facts: { host: `127.0.0.1:${port}`, origin } },
    });
    expect(await get(true)).toMatchObject({ error: { code: 'offer-unreachable' } });
    expect(asked).toEqual([origin, origin]);
  });
});
