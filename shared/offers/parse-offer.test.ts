import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrl } from '../model/brands.ts';
import { base64Of, textOf, utf8 } from '../model/bytes.ts';
import { maxBadgeFileBytes } from '../model/limits.ts';
import { maxOfferLength } from './offer.ts';
import { offerKey, parseOffer } from './parse-offer.ts';
import { offerProtocols } from './registry.ts';

const page = parseUrl('https://academy.example/courses/js/');
const base = page.ok ? page.value : undefined;

function outcomeOf(content: string) {
  const offer = parseOffer(content, base);
  if (!offer.ok) return offer.error.code;
  switch (offer.value.kind) {
    case 'hosted':
      return offer.value.address;
    case 'data':
      return `${offer.value.mediaType}|${textOf(offer.value.bytes)}`;
    case 'not-supported-yet':
      return offer.value.protocol;
  }
}

async function keyOf(content: string) {
  const offer = parseOffer(content, base);
  if (!offer.ok) throw offer.error;
  return offerKey(offer.value);
}

describe('an offer of a page', () => {
  it('is recognised by one protocol first, each by its own sample', () => {
    const samples = {
      data: 'data:,{}',
      openid4vci: 'openid-credential-offer://?credential_offer=%7B%7D',
      'vc-api': 'https://issuer.example/interactions/1?iuv=1',
      hosted: 'https://academy.example/awards/42.json',
    };
    expect(offerProtocols.map(({ name }) => name)).toEqual(Object.keys(samples));
    for (const [name, sample] of Object.entries(samples))
      expect(offerProtocols.find(({ recognises }) => recognises(new URL(sample)))?.name).toBe(name);
  });

  it.each([
    ['https://academy.example/awards/42.json', 'https://academy.example/awards/42.json'],
    ['  HTTP://Academy.Example:80/a?b=c#d ', 'http://academy.example/a?b=c'],
    ['/awards/42.json', 'https://academy.example/awards/42.json'],
    ['42.png', 'https://academy.example/courses/js/42.png'],
    ['//other.example/1', 'https://other.example/1'],
    ['https://issuer.example/offer?credential_offer_uri=https%3A%2F%2Fa.example', 'openid4vci'],
    ['openid-credential-offer://?credential_offer=%7B%7D', 'openid4vci'],
    ['https://issuer.example/interactions/1?x=y&iuv=1', 'vc-api'],
    [
      'https://lcw.app/request.html?issuer=i&auth_type=bearer&vc_request_url=http://localhost:4005/x',
      'vc-api',
    ],
    ['dccrequest://request?issuer=i&vc_request_url=http://localhost:4005/x', 'vc-api'],
    ['https://issuer.example/a?iuv=2', 'https://issuer.example/a?iuv=2'],
  ])('%s is %s', (content, expected) => {
    expect(outcomeOf(content)).toBe(expected);
  });

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'file:///etc/passwd',
    'blob:https://academy.example/5e1f',
    'about:blank',
    'chrome-extension://abc/popup/index.html',
    'ftp://academy.example/a',
    'mailto:a@b.example',
    'https://user:secret@academy.example/a',
    'https://',
    'http://[::1',
    '   ',
    '',
    `https://academy.example/${'a'.repeat(2048)}`,
    `openid-credential-offer://?${'a'.repeat(maxOfferLength)}`,
    'data:application/json;base64',
    'data:application/json;base64,***',
  ])('%s is refused', (content) => {
    expect(outcomeOf(content)).toBe('address-not-allowed');
  });

  it('needs a page for a relative address, and none for a whole one', () => {
    expect(parseOffer('/awards/42.json', undefined).ok).toBe(false);
    expect(parseOffer('https://academy.example/awards/42.json', undefined).ok).toBe(true);
  });
});

describe('a data: offer', () => {
  const text = '{"id":"did:key:z6Mk#z6Mk","name":"Grün 100 %"}';

  it.each([
    ['base64', `data:application/json;base64,${base64Of(utf8(text))}`, 'application/json'],
    ['base64 without padding', `data:;base64,${base64Of(utf8(text)).replaceAll('=', '')}`, 'text/plain'],
    [
      'base64 with escapes, breaks and a fragment',
      `DATA:Application/JSON ; charset=utf-8;BASE64,\n${encodeURIComponent(base64Of(utf8(text)))}#x`,
      'application/json',
    ],
    ['percent signs', `data:application/json,${encodeURIComponent(text)}`, 'application/json'],
    ['plain text with a number sign', `data:application/json,${text}`, 'application/json'],
  ])('is decoded by our own code from %s', (_, content, mediaType) => {
    expect(outcomeOf(content)).toBe(`${mediaType}|${text}`);
  });

  it('holds 5 MiB and not a byte more, in both forms', () => {
    const largest = new Uint8Array(maxBadgeFileBytes).fill(0x61);
    const base64 = (bytes: Uint8Array) => `data:;base64,${base64Of(bytes)}`;
    const plain = `data:,${'a'.repeat(maxBadgeFileBytes)}`;
    const codes = [base64(largest), base64(new Uint8Array(maxBadgeFileBytes + 1)), plain, `${plain}a`].map(
      (content) => {
        const offer = parseOffer(content, base);
        return offer.ok ? 'read' : offer.error.code;
      },
    );
    expect(codes).toEqual(['read', 'offer-too-large', 'read', 'offer-too-large']);
  });

  it('comes back byte for byte, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
        for (const content of [`data:;base64,${base64Of(bytes)}`, `data:,${percent}`]) {
          const offer = parseOffer(content, base);
          expect(offer.ok && offer.value.kind === 'data' && [...offer.value.bytes]).toEqual([...bytes]);
        }
      }),
    );
  });
});

describe('what an offer is remembered by', () => {
  it('is one key for every spelling of an address', async () => {
    const spellings = [
      'https://academy.example/awards/42?who=a',
      'HTTPS://ACADEMY.example:443/awards/42?who=a#part',
      '/awards/../awards/42?who=a',
    ];
    expect(new Set(await Promise.all(spellings.map(keyOf)))).toEqual(
      new Set(['https://academy.example/awards/42?who=a']),
    );
    expect(await keyOf('https://academy.example/awards/42?who=b')).not.toBe(await keyOf(spellings[0] ?? ''));
  });

  it('is the hash of the bytes for data:, however they were written, and never holds a code', async () => {
    expect(await keyOf('data:,{}')).toBe(await keyOf('data:application/json;base64,e30='));
    expect(await keyOf('data:,{}')).toMatch(/^data:[\w-]{43}$/);
    expect(await keyOf('openid-credential-offer://?credential_offer=SECRET')).toMatch(
      /^openid4vci:[\w-]{43}$/,
    );
  });
});

describe('any text', () => {
  it('gets an answer, and no answer but web addresses, bytes and named protocols', () => {
    const schemes = fc.constantFrom('javascript:', 'data:', 'https://', '//', 'blob:', 'java\tscript:', '');
    fc.assert(
      fc.property(schemes, fc.string({ unit: 'binary', maxLength: 80 }), (scheme, rest) => {
        const offer = parseOffer(scheme + rest, base);
        if (offer.ok && offer.value.kind === 'hosted')
          expect(offer.value.address).toMatch(/^https?:\/\/[^#]*$/);
      }),
      { numRuns: 3000 },
    );
  });

  it('T51: costs no more than its length', () => {
    for (const start of ['data:', 'data:;base64,', 'data:;', '%', 'data:,%', '/', 'a:', 'data:,%2'])
      outcomeOf(start.repeat(100_000));
  });
});
