import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base64UrlOf, sha256Of, utf8 } from '../model/bytes.ts';
import { errorCodes } from '../model/errors.ts';
import { signCompactJws, verifyCompactJws } from '../sync/compact-jws.ts';
import { signerOfSeed } from '../sync/key-schedule.ts';
import { fixedClock, seeded } from '../testing/seeded.ts';
import { parseCreateAccountReply, parseCreateAccountRequest } from './accounts.ts';
import { pathOf } from './call.ts';
import { calls } from './calls.ts';
import { parsePushReply, parsePushRequest, pushBodyOf } from './commits.ts';
import { parseErrorReply, statusOfError } from './errors.ts';
import { joinParts, splitParts } from './framing.ts';
import { parseHandleReply, parseHandleRequest } from './handle.ts';
import { logBodyOf, logPath, parseLogPage, parseLogQuery } from './log.ts';
import { parseMetaReply } from './meta.ts';
import { ifMatchOf, parseIfMatch, parseManifestReply, parseManifestSlug } from './publishing.ts';
import { parseRecordReply, readRecord, recordBodyOf } from './records.ts';
import { parseSignedRequest, requestMatches, signRequest } from './signed-request.ts';
import { parseDeleteUnlockerRequest, parsePutUnlockerRequest, parseUnlockReply } from './unlockers.ts';

const signer = await signerOfSeed(new Uint8Array(seeded(1)(32)));
const effects = { random: seeded(2), clock: fixedClock() };
const hash = await sha256Of(utf8('x'));
const body = utf8('{"a":1}');
const request = {
  method: 'POST' as const,
  address: 'https://server.example/v1/log?after=3',
  body,
  account: hash,
  nonce: 'abc.DEF-1_2',
};

describe('a signed request', () => {
  it('covers method, whole address and body (T11)', async () => {
    const parsed = parseSignedRequest(await signRequest(request, signer, effects));
    if (!parsed.ok) throw parsed.error;
    const { jws, request: signed } = parsed.value;
    expect(await verifyCompactJws(jws, signer.key)).toBe(true);
    expect(signed).toMatchObject({ acct: hash, m: 'POST', u: request.address, nonce: request.nonce });
    const came = { method: 'POST', address: request.address, body };
    expect(await requestMatches(signed, came)).toBe(true);
    expect(await requestMatches(signed, { ...came, method: 'PUT' })).toBe(false);
    expect(await requestMatches(signed, { ...came, address: `${request.address}0` })).toBe(false);
    expect(
      await requestMatches(signed, { ...came, address: request.address.replace('server', 'other') }),
    ).toBe(false);
    expect(await requestMatches(signed, { ...came, body: utf8('{"a":2}') })).toBe(false);
    expect(await requestMatches(signed, { method: 'POST', address: request.address })).toBe(false);
  });

  it('says nothing of a body where there is none', async () => {
    const { body: _, ...bare } = request;
    const parsed = parseSignedRequest(await signRequest(bare, signer, effects));
    if (!parsed.ok) throw parsed.error;
    expect(parsed.value.request.b).toBe('');
    const came = { method: 'POST', address: request.address };
    expect(await requestMatches(parsed.value.request, { ...came, body: new Uint8Array() })).toBe(true);
    expect(await requestMatches(parsed.value.request, { ...came, body })).toBe(false);
  });

  it('is another one each time it is signed', async () => {
    expect(await signRequest(request, signer, effects)).not.toBe(await signRequest(request, signer, effects));
  });

  it.each(['', 'Backpack', 'Backpack ', 'Bearer x', 'backpack a.b.c', `Backpack ${'a'.repeat(2100)}`])(
    'is not %j',
    (text) => {
      const parsed = parseSignedRequest(text);
      expect(parsed.ok ? 'read' : parsed.error.code).toBe('unauthorized');
    },
  );

  it.each([
    ['a short id', { jti: base64UrlOf(new Uint8Array(15)) }],
    ['a nonce with spaces', { nonce: 'a b' }],
    ['another method', { m: 'PATCH' }],
    ['a member more', { exp: 1 }],
    ['a time that is a text', { iat: '1' }],
  ])('is refused with %s', async (_, change) => {
    const jti = base64UrlOf(new Uint8Array(16));
    const payload = { m: 'GET', u: 'https://a.example/', b: '', nonce: 'a', jti, iat: 1, ...change };
    const parsed = parseSignedRequest(`Backpack ${await signCompactJws('backpack-req', payload, signer)}`);
    expect(parsed.ok ? 'read' : parsed.error.code).toBe('unauthorized');
    const good = { m: 'GET', u: 'https://a.example/', b: '', nonce: 'a', jti, iat: 1 };
    expect(parseSignedRequest(`Backpack ${await signCompactJws('backpack-req', good, signer)}`).ok).toBe(
      true,
    );
  });
});

describe('a body of parts', () => {
  it('comes apart as it was joined', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array(), { maxLength: 20 }), (parts) => {
        expect(splitParts(joinParts(parts), 20)).toEqual({ ok: true, value: parts });
      }),
    );
  });

  it('is refused when cut, lengthened or of too many parts', () => {
    const joined = joinParts([utf8('one'), utf8('two')]);
    expect(splitParts(joined.subarray(0, -1), 9).ok).toBe(false);
    expect(splitParts(Uint8Array.of(...joined, 0), 9).ok).toBe(false);
    expect(splitParts(joined, 1).ok).toBe(false);
    expect(splitParts(joined, 2).ok).toBe(true);
    expect(splitParts(Uint8Array.of(0xff, 0xff, 0xff, 0xff), 9).ok).toBe(false);
  });
});

describe('requests and answers', () => {
  const page = {
    head: { n: 4, h: hash },
    more: false,
    commits: ['a', 'b'],
    records: [{ id: hash, rev: 2, bytes: new Uint8Array([1, 2, 3]) }],
  };

  it('are read as they were written', () => {
    const push = { commit: 'token', records: [new Uint8Array([1]), new Uint8Array()] };
    expect(parsePushRequest(pushBodyOf(push))).toEqual({ ok: true, value: push });
    expect(parseLogPage(logBodyOf(page))).toEqual({ ok: true, value: page });
    const [record] = page.records;
    if (record === undefined) throw new TypeError('no record');
    expect(parseRecordReply(recordBodyOf(record))).toEqual({ ok: true, value: record });
    expect(logPath({ after: -1, limit: 5 })).toBe('/v1/log?after=-1&limit=5');
    expect(parseLogQuery({ after: '-1', limit: '5' })).toEqual({ ok: true, value: { after: -1, limit: 5 } });
    expect(parseLogQuery({ after: '7' })).toEqual({ ok: true, value: { after: 7, limit: 200 } });
    expect(parseIfMatch(ifMatchOf(12))).toEqual({ ok: true, value: 12 });
    expect(pathOf(readRecord, { id: 'a/../b' })).toBe('/v1/records/a%2F..%2Fb');
  });

  it.each([
    {},
    { after: '-2' },
    { after: '1.5' },
    { after: '01' },
    { after: '1', limit: '0' },
    { after: '1', limit: '201' },
  ])('refuse the query %j', (query) => {
    expect(parseLogQuery(query).ok).toBe(false);
  });

  it.each([undefined, '', '1', '"01"', '"-1"', 'W/"1"', '*'])('refuse If-Match %j', (header) => {
    expect(parseIfMatch(header).ok).toBe(false);
  });

  it.each(['', '..', 'a/b', 'a'.repeat(65), 'ä'])('refuse the slug %j', (slug) => {
    expect(parseManifestSlug(slug).ok).toBe(false);
  });

  it('answer to any bytes, and read none of them', () => {
    const parsers = [
      parseCreateAccountRequest,
      parseCreateAccountReply,
      parsePushReply,
      parseLogPage,
      parseRecordReply,
      parsePutUnlockerRequest,
      parseDeleteUnlockerRequest,
      parseUnlockReply,
      parseHandleRequest,
      parseHandleReply,
      parseManifestReply,
      parseMetaReply,
    ];
    const json = fc.json().map(utf8);
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), json), (bytes) => {
        for (const parse of parsers) expect(parse(bytes).ok).toBe(false);
      }),
    );
  });
});

describe('refusals', () => {
  it('are read by their code', () => {
    const reply = { error: 'stale', head: { n: 1, h: hash } };
    expect(parseErrorReply(utf8(JSON.stringify(reply)), 412)).toEqual({ ok: true, value: reply });
    for (const text of ['', '<html>', '{"error":"nonsense"}', '[]']) {
      const parsed = parseErrorReply(utf8(text), 418);
      expect(parsed.ok ? 'read' : [parsed.error.code, parsed.error.facts]).toEqual([
        'companion-misbehaved',
        { status: 418 },
      ]);
      // What stands before a server that is away has words of its own.
      for (const status of [502, 503, 504])
        expect(parseErrorReply(utf8(text), status)).toEqual({ ok: true, value: { error: 'unavailable' } });
    }
  });

  it('all have a code of the house and a status of refusal', () => {
    for (const [code, status] of Object.entries(statusOfError)) {
      expect(errorCodes).toContain(code);
      expect(status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('the list of calls', () => {
  it('names each once, with its signers and its ceiling', () => {
    const names = calls.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
    const unsigned = calls.filter(({ signers }) => signers.length === 0).map(({ path }) => path);
    const byPasskey = ['/v1/unlock/passkey/options', '/v1/unlock/passkey'];
    expect(unsigned).toEqual(['/v1/meta', '/v1/nonce', ...byPasskey, '/v1/mailbox/:id', '/v1/reading']);
    for (const { method, maxBodyBytes } of calls)
      if (method === 'GET' || method === 'HEAD') expect(maxBodyBytes).toBe(0);
  });
});
