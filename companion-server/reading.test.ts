import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../shared/model/bytes.ts';
import { parseReadingReply } from '../shared/protocol/reading.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { ask } from './testing/learner.ts';
import { serveOnLoopback } from './testing/loopback.ts';
import { type ServedIssuer, serveIssuer } from './testing/served-issuer.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let issuer: ServedIssuer;
beforeAll(async () => {
  issuer = await serveIssuer();
  server = await startTestServer({ FETCH_ALLOW: issuer.origin, RATE_SCALE: '100' });
});
afterAll(async () => {
  await endTestServers();
  await issuer.end();
});

const own = { 'sec-fetch-site': 'same-origin' };

function asked(address: string, headers: Readonly<Record<string, string>> = own) {
  return ask(server.address, 'GET', `/v1/reading?address=${encodeURIComponent(address)}`, { headers });
}

async function readingOf(address: string) {
  const { status, body } = await asked(address);
  expect(status).toBe(200);
  const reply = parseReadingReply(body);
  if (!reply.ok) throw reply.error;
  return reply.value;
}

function serve(path: string, bytes: Uint8Array, status = 200): string {
  issuer.serve(new Map([[`${issuer.origin}${path}`, { status, mediaType: 'text/plain', bytes }]]));
  return `${issuer.origin}${path}`;
}

describe('reading for a visitor', () => {
  it('hands on what a badge may rest on, byte for byte, with where it came from', async () => {
    const png = await buildBadge({ container: 'png' });
    for (const bytes of [utf8('{"a":"ö"}'), (await buildBadge({ proof: 'vc-jwt' })).bytes, png.bytes]) {
      const address = serve('/badge', bytes);
      const reading = await readingOf(address);
      if (!('answer' in reading)) throw new Error(reading.failed);
      expect(reading.answer).toMatchObject({ url: address, status: 200, mediaType: 'text/plain' });
      expect(Buffer.from(reading.answer.bytes).equals(Buffer.from(bytes))).toBe(true);
    }
  });

  it('hands on no more of a page than tells what it is, and nothing of what an error shows', async () => {
    const page = utf8(`<!doctype html><title>Private</title>${'x'.repeat(1000)}`);
    const reading = await readingOf(serve('/page', page));
    expect('answer' in reading && reading.answer.bytes.length).toBe(64);
    const missing = await readingOf(serve('/page', utf8('{"secret":1}'), 404));
    expect('answer' in missing && [missing.answer.status, missing.answer.bytes.length]).toEqual([404, 0]);
  });

  it('goes only where the guard goes', async () => {
    const before = issuer.asked();
    for (const address of [
      'http://127.0.0.1:1/',
      'https://10.0.0.1/',
      'https://localhost/',
      'ftp://a.example/',
    ])
      expect(await readingOf(address)).toEqual({ failed: expect.any(String) });
    expect(await readingOf('https://[::1]/')).toEqual({ failed: 'private-address' });
    expect(issuer.asked()).toBe(before);
    await readingOf(serve('/badge', utf8('{}')));
    expect(issuer.asked()).toBe(before + 1);
  });

  it('asks anew each time, for a badge may have been revoked a minute ago', async () => {
    const address = serve('/badge', utf8('{"a":1}'));
    await readingOf(address);
    serve('/badge', utf8('{"a":2}'));
    const reading = await readingOf(address);
    expect('answer' in reading && new TextDecoder().decode(reading.answer.bytes)).toBe('{"a":2}');
  });

  it('is for pages of this server alone (T23)', async () => {
    const address = serve('/badge', utf8('{}'));
    const before = issuer.asked();
    for (const site of [undefined, 'cross-site', 'same-site', 'none'])
      expect((await asked(address, site === undefined ? {} : { 'sec-fetch-site': site })).status).toBe(404);
    expect(issuer.asked()).toBe(before);
    expect((await asked(address)).status).toBe(200);
  });
});

describe('readings of hosts that keep a visitor waiting', () => {
  it('hold an eighth of the places at most, and nobody else waits for them', async () => {
    const held: ServerResponse[] = [];
    const silent = await serveOnLoopback((_, response) => void held.push(response));
    const small = await startTestServer({
      FETCH_ALLOW: silent.origin,
      RATE_SCALE: '100',
      MAX_REQUESTS: '16',
    });
    const read = () =>
      ask(small.address, 'GET', `/v1/reading?address=${encodeURIComponent(`${silent.origin}/`)}`, {
        headers: own,
      });
    const waiting = [read(), read()];
    while (held.length < 2) await new Promise(setImmediate);
    for (let count = 0; count < 20; count += 1)
      expect((await read()).json).toEqual({ failed: 'unavailable' });
    expect((await ask(small.address, 'GET', '/v1/meta')).status).toBe(200);
    for (const response of held.splice(0)) response.end('{}');
    for (const { json } of await Promise.all(waiting)) expect(json).toHaveProperty('answer');
    const again = read();
    while (held.length < 1) await new Promise(setImmediate);
    held[0]?.end('{}');
    expect((await again).json).toHaveProperty('answer');
    await silent.end();
  });
});

describe('what a server says it has read', () => {
  it.each([
    'no json',
    '{}',
    '{"failed":"no-such-code"}',
    '{"answer":{"url":"https://a.example/","status":200,"mediaType":"","at":"today","body":""}}',
    '{"answer":{"url":"https://a.example/","status":200,"mediaType":"","at":"2026-01-01T00:00:00.000Z","body":"!"}}',
  ])('is not taken where it is %s', (body) => {
    expect(parseReadingReply(utf8(body))).toMatchObject({ ok: false });
  });
});
