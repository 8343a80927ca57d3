import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../shared/model/brands.ts';
import { base64UrlOf, utf8 } from '../shared/model/bytes.ts';
import type { Json } from '../shared/model/json.ts';
import { pushBodyOf, pushCommit } from '../shared/protocol/commits.ts';
import { commitHashOf } from '../shared/sync/commit.ts';
import { tokenTricks } from '../shared/testing/token-tricks.ts';
import {
  ask,
  authorize,
  freshNonce,
  Learner,
  newRecord,
  newSigner,
  type Reply,
  random,
} from './testing/learner.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let mia: Learner;
let now = Date.now();
const path = '/v1/log?after=-1';

beforeAll(async () => {
  server = await startTestServer(
    { RATE_SCALE: '1000', PUBLIC_ORIGIN: 'https://backpack.example' },
    { clock: () => instantOf(now) },
  );
  mia = await Learner.create(server);
});
afterAll(endTestServers);

const send = (
  authorization: string,
  headers: Record<string, string> = {},
  at = path,
  method = 'GET',
  body?: Uint8Array,
): Promise<Reply> =>
  ask(server.address, method, at, {
    headers: { ...headers, authorization },
    ...(body === undefined ? {} : { body }),
  });

function expectRefused(reply: Reply): void {
  expect([reply.status, reply.body.toString()]).toEqual([401, '{"error":"unauthorized"}']);
  expect(reply.headers['backpack-nonce']).toMatch(/^\d+\./);
}

describe('a signed request', () => {
  it('is good once (T10)', async () => {
    const authorization = await authorize(server, mia.device, { method: 'GET', path, account: mia.id });
    expect((await send(authorization)).status).toBe(200);
    expectRefused(await send(authorization));
  });

  it('that pushes is good once, whether its commit was taken or refused (T10)', async () => {
    const learner = await Learner.create(server);
    const [record, other, late] = [newRecord(), newRecord(), newRecord()];
    const bodyOf = (commit: string, { bytes }: { readonly bytes: Uint8Array }) =>
      pushBodyOf({ commit, records: [bytes] });
    const taken = await learner.dataCommit([record]);
    const stale = await learner.dataCommit([late]);
    const { path: at } = pushCommit;
    const sendTwice = async (body: Uint8Array) => {
      const call = { method: 'POST', path: at, body, account: learner.id } as const;
      const authorization = await authorize(server, learner.device, call);
      const first = await send(authorization, {}, at, 'POST', body);
      expectRefused(await send(authorization, {}, at, 'POST', body));
      return first.status;
    };
    expect(await sendTwice(bodyOf(taken, record))).toBe(201);
    expect(await sendTwice(bodyOf(taken, record))).toBe(200);
    expect(await sendTwice(bodyOf(stale, late))).toBe(412);
    learner.head = { n: 1, h: await commitHashOf(taken) };
    expect(await sendTwice(bodyOf(await learner.dataCommit([{ ...record, rev: 1 }]), record))).toBe(422);
    expect(await sendTwice(bodyOf('no commit', record))).toBe(422);
    expect(await sendTwice(utf8('no body'))).toBe(400);
    // The one on the head is taken still: nothing of those refused was kept.
    expect(await sendTwice(bodyOf(await learner.dataCommit([other]), other))).toBe(201);
  });

  it('is good only as it was signed (T11)', async () => {
    const sign = (change: object = {}) =>
      authorize(server, mia.device, { method: 'GET', path, account: mia.id, ...change });
    expectRefused(await send(await sign({ method: 'POST' })));
    expectRefused(await send(await sign({ path: '/v1/log?after=0' })));
    expectRefused(await send(await sign({ path: '/v1/log' })));
    expectRefused(await send(await sign({ path: '/v1/log?after=-1&' })));
    expectRefused(await send(await sign(), {}, '/v1/log?after=-1&limit=1'));
    expectRefused(await send(await sign(), {}, '/v1/log?after=0'));
    expectRefused(await send(await sign({ body: utf8('x') })));
    const elsewhere = { address: server.address, origin: server.address };
    expectRefused(
      await send(await authorize(elsewhere, mia.device, { method: 'GET', path, account: mia.id })),
    );
    const put = {
      method: 'PUT',
      path: '/v1/handle',
      account: mia.id,
      body: utf8('{"handle":"mia-one"}'),
    } as const;
    const signed = await authorize(server, mia.account, put);
    expectRefused(await send(signed, {}, put.path, 'PUT', utf8('{"handle":"mia-two"}')));
    expectRefused(await send(signed, {}, put.path, 'PUT'));
    // What failed was not used up: the words as they were signed are still good.
    expect((await send(signed, {}, put.path, 'PUT', put.body)).status).toBe(201);
  });

  it('takes no word of Host or of proxies that nobody trusts (T11)', async () => {
    for (const headers of [
      { host: 'evil.example' },
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
      { forwarded: 'host=evil.example;proto=http' },
    ]) {
      const good = await authorize(server, mia.device, { method: 'GET', path, account: mia.id });
      expect((await send(good, headers)).status).toBe(200);
      const other = { address: server.address, origin: 'http://evil.example' };
      const bad = await authorize(other, mia.device, { method: 'GET', path, account: mia.id });
      expectRefused(await send(bad, headers));
    }
  });

  it('needs a nonce of this server that is younger than five minutes', async () => {
    const call = { method: 'GET', path, account: mia.id } as const;
    const fresh = await freshNonce(server);
    const [time = ''] = fresh.split('.');
    const forged = createHmac('sha256', random(32)).update(`nonce|${time}`).digest('base64url');
    for (const nonce of [
      `${time}.${forged}`,
      `${Number(time) + 1}.${fresh.split('.')[1]}`,
      `${fresh}.x`,
      `${time}.`,
      'x',
    ])
      expectRefused(await send(await authorize(server, mia.device, call, nonce)));
    const aged = await authorize(server, mia.device, call, fresh);
    const late = await authorize(server, mia.device, call, fresh);
    now += 300_000;
    expect((await send(aged)).status).toBe(200);
    now += 1000;
    expectRefused(await send(late));
    // The client's own clock plays no part: `iat` may say anything.
    expect((await send(await token({ payload: { iat: 0 } }))).status).toBe(200);
  });
});

/** A request token made part by part, right in all that a test does not change. */
async function token({
  payload,
}: {
  readonly payload?: Record<string, Json | undefined>;
} = {}): Promise<string> {
  const header = { alg: 'EdDSA', typ: 'backpack-req', kid: mia.device.kid };
  const said = {
    acct: mia.id,
    m: 'GET',
    u: `${server.origin}${path}`,
    b: '',
    nonce: await freshNonce(server),
    jti: base64UrlOf(random(16)),
    iat: 1,
    ...payload,
  };
  const signed = `${part(JSON.stringify(header))}.${part(JSON.stringify(said))}`;
  return `Backpack ${signed}.${base64UrlOf(await mia.device.sign(utf8(signed)))}`;
}

function part(text: string): string {
  return base64UrlOf(utf8(text));
}

// T12: each must be refused alike, before any look-up and any fetch
const withPayload = (payload: Record<string, Json | undefined>) => () => token({ payload });
const withText = (change: (text: string) => string) => async () => change(await token());

/** Those that only a request allows; the others are of all tokens. */
const tricks: readonly [name: string, make: () => Promise<string>][] = [
  ['another account', withPayload({ acct: 'A'.repeat(43) })],
  ['no account', withPayload({ acct: undefined })],
  ['account null', withPayload({ acct: null })],
  ['an unknown member', withPayload({ admin: true })],
  ['a prototype member', withPayload({ constructor: {} })],
  ['no jti', withPayload({ jti: undefined })],
  ['a short jti', withPayload({ jti: 'AAAA' })],
  ['a long jti', withPayload({ jti: base64UrlOf(random(17)) })],
  ['iat a text', withPayload({ iat: '1' })],
  ['iat a fraction', withPayload({ iat: 1.5 })],
  ['method in lower case', withPayload({ m: 'get' })],
  ['method unknown', withPayload({ m: 'PATCH' })],
  ['body hash null', withPayload({ b: null })],
  ['nonce missing', withPayload({ nonce: undefined })],
  ['nonce with a line break', withPayload({ nonce: 'a\nb' })],
  ['too long', withPayload({ u: 'x'.repeat(2100) })],
  ['another scheme', withText((text) => text.replace('Backpack', 'Bearer'))],
  ['scheme in lower case', withText((text) => text.replace('Backpack', 'backpack'))],
  ['nothing', async () => ''],
  ['the scheme alone', async () => 'Backpack '],
];

describe('tricks with tokens (T12)', () => {
  it('are refused alike, all that there are for any token, and the plain one is good', async () => {
    const good = await token();
    const plain = good.slice('Backpack '.length);
    const others = [];
    for (const trick of await tokenTricks(plain, mia.device, await newSigner())) {
      const { status, body } = await send(`Backpack ${trick.token}`);
      if (status !== 401 || body.toString() !== '{"error":"unauthorized"}') others.push([trick.name, status]);
    }
    expect(others).toEqual([]);
    expect((await send(good)).status).toBe(200);
  });

  it.each(tricks)('are refused as %s', async (_, make) => {
    expectRefused(await send(await make()));
  });
});

describe('the client’s address', () => {
  it('never stands in database or log', async () => {
    expect(server.logText()).not.toMatch(/127\.0\.0\.1|::1/);
  });
});
