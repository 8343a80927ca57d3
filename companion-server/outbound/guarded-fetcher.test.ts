import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { instantOf, parseUrl, type Url } from '../../shared/model/brands.ts';
import type { Fetched } from '../../shared/model/effects.ts';
import type { Result } from '../../shared/model/result.ts';
import { serveOnLoopback } from '../testing/loopback.ts';
import { privateAddresses } from '../testing/private-addresses.ts';
import { AddressRefused, checkedLookup, type ResolveName } from './checked-lookup.ts';
import { type GuardedFetcher, guardedFetcher, maxBodyBytes, totalTimeoutMs } from './guarded-fetcher.ts';

const freely = async () => true;
const clock = () => instantOf(0);

let sockets = 0;
const countSocket = () => {
  sockets += 1;
};
let opened: { close: () => Promise<void> }[] = [];

beforeEach(() => {
  sockets = 0;
  subscribe('net.client.socket', countSocket);
});

afterEach(async () => {
  unsubscribe('net.client.socket', countSocket);
  await Promise.all(opened.map((each) => each.close()));
  opened = [];
});

async function issuer(
  answer: RequestListener,
): Promise<{ origin: string; port: number; hits: () => number }> {
  let hits = 0;
  const { origin, port, end } = await serveOnLoopback((request, response) => {
    hits += 1;
    answer(request, response);
  });
  opened.push({ close: end });
  return { origin, port, hits: () => hits };
}

function guard(
  options: { allow?: string[]; http?: boolean; publicOrigin?: string; resolve?: ResolveName } = {},
): GuardedFetcher {
  const fetcher = guardedFetcher(
    {
      allow: options.allow ?? [],
      http: options.http ?? true,
      publicOrigin: options.publicOrigin ?? 'https://backpack.example',
      userAgent: 'Backpack/test',
    },
    { clock, turns: freely, ...(options.resolve === undefined ? {} : { resolve: options.resolve }) },
  );
  opened.push(fetcher);
  return fetcher;
}

function addressOf(text: string): Url {
  const parsed = parseUrl(text);
  if (!parsed.ok) throw new Error(`no address: ${text}`);
  return parsed.value;
}

function ask(fetcher: GuardedFetcher, address: string, maxBytes = maxBodyBytes): Promise<Result<Fetched>> {
  return fetcher.fetch({ url: addressOf(address), maxBytes });
}

function codeOf(answer: Result<Fetched>): string {
  return answer.ok ? `status ${answer.value.status}` : answer.error.code;
}

describe('the fetch guard', () => {
  it.each(privateAddresses)('T35: refuses %s without opening a socket', async (address) => {
    expect(codeOf(await ask(guard(), address))).toBe('private-address');
    expect(sockets).toBe(0);
  });

  it.each([
    'http://user:secret@example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'data:text/plain,x',
    'http://[fe80::1%25eth0]/',
    'http://127.0.0.1%00.example.com/',
    'http:///',
    'javascript:1',
    `https://example.com/${'a'.repeat(2048)}`,
  ])('never even gets an address out of %s', (address) => {
    expect(parseUrl(address).ok).toBe(false);
  });

  it('refuses other ports, plain http where it is not wanted, and itself', async () => {
    expect(codeOf(await ask(guard(), 'https://example.com:8443/'))).toBe('address-not-allowed');
    expect(codeOf(await ask(guard(), 'http://example.com:443/'))).toBe('address-not-allowed');
    expect(codeOf(await ask(guard(), 'https://example.com:22/'))).toBe('address-not-allowed');
    expect(codeOf(await ask(guard({ http: false }), 'http://example.com/'))).toBe('address-not-allowed');
    for (const own of ['https://backpack.example', 'https://Backpack.example.', 'http://backpack.example'])
      expect(codeOf(await ask(guard({ http: true }), `${own}/d/x`))).toBe('address-not-allowed');
    const allowedSelf = guard({ publicOrigin: 'http://127.0.0.1:4100', allow: ['http://127.0.0.1:4100'] });
    expect(codeOf(await ask(allowedSelf, 'http://127.0.0.1:4100/x'))).toBe('address-not-allowed');
    expect(sockets).toBe(0);
  });

  it('reads from an origin that the operator named, and from no other', async () => {
    const school = await issuer((request, response) => {
      response.setHeader('content-type', 'Application/JSON');
      response.end(JSON.stringify(request.headers));
    });
    expect(codeOf(await ask(guard(), `${school.origin}/badge`))).toBe('address-not-allowed');
    expect(sockets).toBe(0);
    const answer = await ask(guard({ allow: [school.origin], http: false }), `${school.origin}/badge`);
    expect(sockets).toBe(1);
    if (!answer.ok) throw answer.error;
    expect(answer.value).toMatchObject({ status: 200, mediaType: 'application/json', at: instantOf(0) });
    const headers = JSON.parse(Buffer.from(answer.value.bytes).toString()) as Record<string, string>;
    expect(Object.keys(headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(headers['user-agent']).toBe('Backpack/test');
    // another port of the same host is another origin
    const neighbour = await issuer((_, response) => response.end('{}'));
    expect(codeOf(await ask(guard({ allow: [school.origin] }), neighbour.origin))).toBe(
      'address-not-allowed',
    );
    expect(neighbour.hits()).toBe(0);
  });

  it('answers with what the issuer said, whatever its status', async () => {
    const school = await issuer((request, response) => {
      response.statusCode = Number((request.url ?? '').slice(1));
      response.end('gone');
    });
    for (const status of [404, 410, 500])
      expect(codeOf(await ask(guard({ allow: [school.origin] }), `${school.origin}/${status}`))).toBe(
        `status ${status}`,
      );
  });
});

// T36: names
describe('names that lead to private addresses', () => {
  const answers: readonly (readonly string[])[] = [
    ['127.0.0.1'],
    ['10.0.0.1'],
    ['::1'],
    ['93.184.216.34', '127.0.0.1'],
    ['127.0.0.1', '93.184.216.34'],
    ['fd00::1'],
    ['2606:4700::1', 'fe80::1'],
    ['::ffff:10.0.0.1'],
    ['169.254.169.254'],
    ['64:ff9b::a00:1'],
  ];
  it.each(answers.map((each) => [each.join(' + '), each] as const))('refuses %s', async (_, addresses) => {
    const resolve: ResolveName = async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    expect(codeOf(await ask(guard({ resolve }), 'http://badges.example/'))).toBe('private-address');
    expect(codeOf(await ask(guard({ resolve }), 'https://badges.example/'))).toBe('private-address');
  });

  it('connects to the address that was checked, however the name answers next time', async () => {
    // 127.0.0.2 stands for a public address here, 127.0.0.1 for the private one that the name turns to.
    const school = await issuer((_, response) => response.end('{}'));
    let asked = 0;
    const rebinding: ResolveName = async () => {
      asked += 1;
      return [{ address: asked === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }];
    };
    const lookup = checkedLookup(rebinding, (address) => address === '127.0.0.2');
    const outcome = () =>
      new Promise<string>((resolve) => {
        const socket = connect({ host: 'badges.example', port: school.port, lookup });
        socket.on('connect', () => {
          resolve(socket.remoteAddress ?? '');
          socket.destroy();
        });
        socket.on('error', (error) =>
          resolve(error instanceof AddressRefused ? 'refused' : `tried ${errorAddress(error)}`),
        );
      });
    expect(await outcome()).toBe('tried 127.0.0.2');
    expect(asked).toBe(1);
    expect(await outcome()).toBe('refused');
    expect(asked).toBe(2);
  });

  it('says that a name without an answer is unreachable', async () => {
    const resolve: ResolveName = async () => {
      throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    };
    expect(codeOf(await ask(guard({ resolve }), 'https://badges.example/'))).toBe('offer-unreachable');
    expect(codeOf(await ask(guard({ resolve: async () => [] }), 'https://badges.example/'))).toBe(
      'offer-unreachable',
    );
  });

  it('uses its own resolver for names that the operator allowed', async () => {
    const school = await issuer((_, response) => response.end('{}'));
    const origin = `http://badges.example:${school.port}`;
    const resolve: ResolveName = async () => [{ address: '127.0.0.1', family: 4 }];
    expect(codeOf(await ask(guard({ resolve, allow: [origin] }), `${origin}/x`))).toBe('status 200');
  });
});

function errorAddress(error: Error): string {
  return 'address' in error ? String(error.address) : error.message;
}

// T37
describe('redirects', () => {
  it('are judged like the first address, and counted', async () => {
    const inner = await issuer((_, response) => response.end('secret'));
    const school = await issuer((request, response) => {
      const target = decodeURIComponent((request.url ?? '/').slice(1));
      const steps = Number(target);
      if (steps === 0) response.end('{}');
      else
        response.writeHead(302, { location: Number.isNaN(steps) ? target : `/${steps - 1}` }).end('ignored');
    });
    const fetcher = guard({ allow: [school.origin] });
    const follow = async (target: string) =>
      codeOf(await ask(fetcher, `${school.origin}/${encodeURIComponent(target)}`));
    expect(await follow('3')).toBe('status 200');
    expect(await follow('4')).toBe('redirect-not-allowed');
    expect(await follow('10000')).toBe('redirect-not-allowed');
    const opened = sockets;
    expect(await follow(`${inner.origin}/`)).toBe('address-not-allowed');
    expect(await follow('http://127.0.0.1/')).toBe('private-address');
    expect(await follow('http://[::ffff:7f00:1]/')).toBe('private-address');
    expect(await follow('http://localhost/')).toBe('private-address');
    expect(await follow('file:///etc/passwd')).toBe('redirect-not-allowed');
    expect(await follow('http://user:x@example.com/')).toBe('redirect-not-allowed');
    expect(await follow('https://backpack.example/')).toBe('address-not-allowed');
    expect(inner.hits()).toBe(0);
    // Every refusal came before a socket: those since opened were the school's own.
    expect(sockets - opened).toBeLessThanOrEqual(7);
    const last = await ask(fetcher, `${school.origin}/2`);
    expect(last.ok && last.value.url).toBe(`${school.origin}/0`);
    expect(last.ok && last.value.requested).toBe(`${school.origin}/2`);
  });
});

// T38
describe('answers without end or measure', () => {
  it('cuts a body at the ceiling, announced or not, exact to the byte', async () => {
    const school = await issuer((request, response) => {
      const size = Number((request.url ?? '').slice(1));
      response.write(Buffer.alloc(size - 1));
      response.end('x');
    });
    const fetcher = guard({ allow: [school.origin] });
    expect(codeOf(await ask(fetcher, `${school.origin}/1000`, 1000))).toBe('status 200');
    expect(codeOf(await ask(fetcher, `${school.origin}/1001`, 1000))).toBe('offer-too-large');
    expect(codeOf(await ask(fetcher, `${school.origin}/${maxBodyBytes}`, 5e6))).toBe('status 200');
    expect(codeOf(await ask(fetcher, `${school.origin}/${maxBodyBytes + 1}`, 5e6))).toBe('offer-too-large');
  });

  it('cuts an endless body', async () => {
    const school = await issuer((_, response) => {
      const more = () => {
        while (response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', more);
      more();
    });
    expect(codeOf(await ask(guard({ allow: [school.origin] }), school.origin))).toBe('offer-too-large');
  });

  it('unpacks what came packed though nobody asked, and cuts a bomb', async () => {
    const bomb = Buffer.alloc(64 * 1024 * 1024);
    const bodies: Record<string, [encoding: string, body: Buffer]> = {
      '/gzip': ['gzip', gzipSync('{"good":1}')],
      '/gzip-bomb': ['gzip', gzipSync(bomb)],
      '/br-bomb': ['br', brotliCompressSync(bomb)],
      // A name without end before the first byte: nothing is ever unpacked.
      '/empty': ['gzip', Buffer.concat([Buffer.from('1f8b0808000000000003', 'hex'), Buffer.alloc(2e6, 'a')])],
      '/twice': ['gzip, br', gzipSync('{}')],
      '/broken': ['gzip', Buffer.from('no gzip')],
    };
    const school = await issuer((request, response) => {
      const [encoding, body] = bodies[request.url ?? ''] ?? ['identity', Buffer.alloc(0)];
      response.setHeader('content-encoding', encoding);
      response.end(body);
    });
    const fetcher = guard({ allow: [school.origin] });
    const packed = await ask(fetcher, `${school.origin}/gzip`);
    expect(packed.ok && Buffer.from(packed.value.bytes).toString()).toBe('{"good":1}');
    const before = process.memoryUsage().rss;
    expect(codeOf(await ask(fetcher, `${school.origin}/gzip-bomb`))).toBe('offer-too-large');
    expect(codeOf(await ask(fetcher, `${school.origin}/br-bomb`))).toBe('offer-too-large');
    expect(codeOf(await ask(fetcher, `${school.origin}/empty`))).toBe('offer-too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(32 * 1024 * 1024);
    expect(codeOf(await ask(fetcher, `${school.origin}/twice`))).toBe('offer-unreachable');
    expect(codeOf(await ask(fetcher, `${school.origin}/broken`))).toBe('offer-unreachable');
  });

  it('gives up on a slow drip and on silence after ten seconds', async () => {
    const school = await issuer((request, response) => {
      if (request.url === '/silent') return;
      const drip = setInterval(() => response.write('x'), 100);
      response.on('close', () => clearInterval(drip));
    });
    const fetcher = guard({ allow: [school.origin] });
    const begun = performance.now();
    const answers = await Promise.all([
      ask(fetcher, `${school.origin}/drip`),
      ask(fetcher, `${school.origin}/silent`),
    ]);
    expect(answers.map(codeOf)).toEqual(['offer-timed-out', 'offer-timed-out']);
    // Later by as much as the machine is busy; the drip alone would never have ended.
    expect(performance.now() - begun).toBeGreaterThan(totalTimeoutMs - 100);
  });

  it('refuses huge headers', async () => {
    const school = await issuer((_, response) => {
      for (let index = 0; index < 40; index += 1) response.setHeader(`x-${index}`, 'a'.repeat(1000));
      response.end('{}');
    });
    expect(codeOf(await ask(guard({ allow: [school.origin] }), school.origin))).toBe('offer-unreachable');
  });

  it('says that a closed port is unreachable', async () => {
    const school = await issuer((_, response) => response.end());
    await opened.pop()?.close();
    expect(codeOf(await ask(guard({ allow: [school.origin] }), school.origin))).toBe('offer-unreachable');
  });
});
