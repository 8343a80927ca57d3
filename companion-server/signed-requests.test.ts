import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../shared/model/brands.ts';
import { base64UrlOf, bytesOfBase64Url, utf8 } from '../shared/model/bytes.ts';
import type { Json } from '../shared/model/json.ts';
import type { Signer } from '../shared/sync/compact-jws.ts';
import { ask, authorize, freshNonce, Learner, newSigner, type Reply, random } from './testing/learner.ts';
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

type Wish = {
  readonly header?: Json;
  readonly payload?: Record<string, Json | undefined>;
  readonly signer?: Signer;
  readonly sign?: (signed: string) => Promise<string>;
};

/** A request token made part by part, right in all that a test does not change. */
async function token(wish: Wish = {}): Promise<string> {
  const signer = wish.signer ?? mia.device;
  const header =
    wish.header !== undefined ? wish.header : { alg: 'EdDSA', typ: 'backpack-req', kid: signer.kid };
  const payload = {
    acct: mia.id,
    m: 'GET',
    u: `${server.origin}${path}`,
    b: '',
    nonce: await freshNonce(server),
    jti: base64UrlOf(random(16)),
    iat: 1,
    ...wish.payload,
  };
  const signed = `${part(JSON.stringify(header))}.${part(JSON.stringify(payload))}`;
  const signature =
    wish.sign === undefined ? base64UrlOf(await signer.sign(utf8(signed))) : await wish.sign(signed);
  return `Backpack ${signed}.${signature}`;
}

function part(text: string): string {
  return base64UrlOf(utf8(text));
}

// T12: each must be refused alike, before any look-up and any fetch
const head = () => ({ alg: 'EdDSA', typ: 'backpack-req', kid: mia.device.kid });
const withHeader = (more: Record<string, Json>) => () => token({ header: { ...head(), ...more } });
const withPayload = (payload: Record<string, Json | undefined>) => () => token({ payload });
const withText = (change: (text: string) => string) => async () => change(await token());
const withSignature = (change: (signature: Uint8Array) => Uint8Array) => () =>
  token({ sign: async (signed) => base64UrlOf(change(await mia.device.sign(utf8(signed)))) });
const withParts = (change: (parts: string[]) => string[]) =>
  withText((text) => change(text.split('.')).join('.'));

const tricks: readonly [name: string, make: () => Promise<string>][] = [
  ['alg none, no signature', () => token({ header: { ...head(), alg: 'none' }, sign: async () => '' })],
  ['alg none, signed', withHeader({ alg: 'none' })],
  [
    'alg HS256 with the public key as secret',
    () =>
      token({
        header: { ...head(), alg: 'HS256' },
        sign: async (signed) =>
          createHmac('sha256', bytesOfBase64Url(mia.device.key) ?? '')
            .update(signed)
            .digest('base64url'),
      }),
  ],
  [
    'alg HS256 with the key text as secret',
    () =>
      token({
        header: { ...head(), alg: 'HS256' },
        sign: async (signed) => createHmac('sha256', mia.device.key).update(signed).digest('base64url'),
      }),
  ],
  ['alg Ed25519', withHeader({ alg: 'Ed25519' })],
  ['alg eddsa', withHeader({ alg: 'eddsa' })],
  ['alg ES256', withHeader({ alg: 'ES256' })],
  ['alg list', withHeader({ alg: ['EdDSA'] })],
  ['typ JWT', withHeader({ typ: 'JWT' })],
  ['typ of a commit', withHeader({ typ: 'backpack-commit' })],
  ['typ of a manifest', withHeader({ typ: 'backpack-manifest' })],
  ['embedded jwk', withHeader({ jwk: { kty: 'OKP', crv: 'Ed25519', x: 'AAAA' } })],
  ['jku', withHeader({ jku: 'http://127.0.0.1:1/keys' })],
  ['x5u', withHeader({ x5u: 'http://127.0.0.1:1/x' })],
  ['x5c', withHeader({ x5c: ['AAAA'] })],
  ['crit', withHeader({ crit: ['b64'] })],
  ['b64 false', withHeader({ b64: false })],
  ['b64 false, critical', withHeader({ b64: false, crit: ['b64'] })],
  ['zip', withHeader({ zip: 'DEF' })],
  ['cty', withHeader({ cty: 'JWT' })],
  ['kid as path', withHeader({ kid: '../../../../etc/passwd' })],
  ['kid as address', withHeader({ kid: 'http://127.0.0.1:1/key' })],
  ['kid as SQL', withHeader({ kid: "' or '1'='1" })],
  ['kid of nobody', withHeader({ kid: 'A'.repeat(43) })],
  [
    'kid of the account key, signed by the device',
    () => token({ header: { ...head(), kid: mia.account.kid } }),
  ],
  ['kid missing', () => token({ header: { alg: 'EdDSA', typ: 'backpack-req' } })],
  ['header a list', () => token({ header: [] })],
  ['header null', () => token({ header: null })],
  [
    'duplicate alg in the header',
    withParts(([, ...rest]) => [
      `Backpack ${part(`{"alg":"none","alg":"EdDSA","typ":"backpack-req","kid":"${mia.device.kid}"}`)}`,
      ...rest,
    ]),
  ],
  [
    'duplicate acct in the payload',
    async () => {
      const payload = `{"acct":"${'A'.repeat(43)}","acct":"${mia.id}","m":"GET","u":"${server.origin}${path}","b":"","nonce":"${await freshNonce(server)}","jti":"${base64UrlOf(random(16))}","iat":1}`;
      const signed = `${part(JSON.stringify(head()))}.${part(payload)}`;
      return `Backpack ${signed}.${base64UrlOf(await mia.device.sign(utf8(signed)))}`;
    },
  ],
  [
    'spaces in the payload',
    async () => {
      const signed = `${part(JSON.stringify(head()))}.${part(`{ "acct":"${mia.id}" }`)}`;
      return `Backpack ${signed}.${base64UrlOf(await mia.device.sign(utf8(signed)))}`;
    },
  ],
  ['a fourth part', withText((text) => `${text}.AAAA`)],
  ['an empty fourth part', withText((text) => `${text}.`)],
  ['a leading dot', withText((text) => text.replace('Backpack ', 'Backpack .'))],
  ['two parts', withParts((parts) => parts.slice(0, 2))],
  ['no signature', withParts(([a = '', b = '']) => [a, b, ''])],
  ['padding', withText((text) => `${text}==`)],
  ['standard base64 letters', withText((text) => text.replaceAll('-', '+').replaceAll('_', '/').concat('+'))],
  [
    'spare bits in the last letter',
    withText((text) => text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1)),
  ],
  ['a space inside', withText((text) => text.replace('.', ' .'))],
  ['a trailing byte', withSignature((signature) => Buffer.concat([signature, Buffer.from([0])]))],
  ['a signature cut short', withSignature((signature) => signature.subarray(0, 63))],
  ['a signature of zeros', withSignature(() => new Uint8Array(64))],
  [
    'one bit of R changed',
    withSignature((signature) => signature.map((byte, index) => (index === 0 ? byte ^ 1 : byte))),
  ],
  [
    'one bit of S changed',
    withSignature((signature) => signature.map((byte, index) => (index === 40 ? byte ^ 1 : byte))),
  ],
  ['S grown by the group order', withSignature(addOrder)],
  ['a small-order R with S zero', withSignature(() => Buffer.concat([Buffer.from([1]), new Uint8Array(63)]))],
  [
    'a stranger’s key under a known kid',
    async () => token({ signer: { ...(await newSigner()), kid: mia.device.kid } }),
  ],
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

/** The same signature to a verifier that does not look: S + L. */
function addOrder(signature: Uint8Array): Uint8Array {
  let value = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`);
  value += (1n << 252n) + 27742317777372353535851937790883648493n;
  const bytes = Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
  return Buffer.concat([signature.subarray(0, 32), bytes.subarray(0, 32)]);
}

describe('tricks with tokens (T12)', () => {
  it('are at least forty, and the plain token is good', async () => {
    expect(tricks.length).toBeGreaterThanOrEqual(40);
    expect((await send(await token())).status).toBe(200);
  });

  it.each(tricks)('refuses %s', async (_, make) => {
    expectRefused(await send(await make()));
  });
});

describe('the client’s address', () => {
  it('never stands in database or log', async () => {
    expect(server.logText()).not.toMatch(/127\.0\.0\.1|::1/);
  });
});
