import { base64UrlOf, bytesOfBase64Url, concat, textOf, utf8 } from '../model/bytes.ts';
import type { Json } from '../model/json.ts';
import type { JwsType, Signer } from '../sync/compact-jws.ts';
import { littleEndianOf } from '../sync/shapes.ts';

/** A token that is right in all but what its name says, and, where that matters to a careless reader, signed anew. */
export type TokenTrick = { readonly name: string; readonly token: string };

/**
 * Every trick on a good token of a signer, for each place that reads one (threat T12): what the header asks for, which
 * key it points to, how the same is written otherwise, and signatures that a careless verifier lets through.
 */
export async function tokenTricks(
  good: string,
  signer: Signer,
  stranger: Signer,
): Promise<readonly TokenTrick[]> {
  const [head = '', body = '', signature = ''] = good.split('.');
  const [headText, bodyText] = [textIn(head), textIn(body)];
  const header = JSON.parse(headText) as {
    readonly alg: string;
    readonly typ: JwsType;
    readonly kid: string;
  };
  const bytes = bytesOfBase64Url(signature) ?? new Uint8Array(64);

  const signed = async (headerText: string, payloadText = bodyText, by = signer): Promise<string> => {
    const words = `${base64UrlOf(utf8(headerText))}.${base64UrlOf(utf8(payloadText))}`;
    return `${words}.${base64UrlOf(await by.sign(utf8(words)))}`;
  };
  const withHeader = (changed: Json, by = signer) => signed(JSON.stringify(changed), bodyText, by);
  const withBody = (text: string) => signed(headText, text);
  const withSignature = (changed: Uint8Array) => `${head}.${body}.${base64UrlOf(changed)}`;
  const hashed = async (secret: Uint8Array) => {
    const words = `${base64UrlOf(utf8(JSON.stringify({ ...header, alg: 'HS256' })))}.${body}`;
    return `${words}.${base64UrlOf(await hmac(secret, utf8(words)))}`;
  };
  const { alg, typ, kid } = header;
  const raw = bytesOfBase64Url(signer.key) ?? new Uint8Array(32);
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: stranger.key };
  const firstMember = /^\{("[^"]*":(?:"[^"]*"|[^,{[]*)),/.exec(bodyText)?.[1] ?? '"v":1';
  const otherTypes = types.filter((each) => each !== typ);

  const tricks: readonly (readonly [string, string | Promise<string>])[] = [
    ['alg none, no signature', withHeader({ ...header, alg: 'none' }).then(withoutSignature)],
    ['no signature', withoutSignature(good)],
    ['HS256 with the public key as secret', hashed(raw)],
    ['HS256 with the key’s text as secret', hashed(utf8(signer.key))],
    ...['none', 'NONE', 'HS256', 'ES256', 'RS256', 'PS256', 'Ed25519', 'eddsa', '', 'constructor'].map(
      (each) => [`alg ${each}`, withHeader({ ...header, alg: each })] as const,
    ),
    ['alg as a list', withHeader({ ...header, alg: [alg] })],
    ['no alg', withHeader({ typ, kid })],
    ['no typ', withHeader({ alg, kid })],
    ['typ in capitals', withHeader({ ...header, typ: typ.toUpperCase() })],
    ...['JWT', ...otherTypes].map((each) => [`typ ${each}`, withHeader({ ...header, typ: each })] as const),
    ['a stranger’s key in the header', withHeader({ ...header, jwk }, stranger)],
    [
      'a stranger’s key in the header, under his name',
      withHeader({ alg, typ, kid: stranger.kid, jwk }, stranger),
    ],
    ['the address of a key', withHeader({ ...header, jku: 'http://127.0.0.1:1/keys' }, stranger)],
    ['the address of a certificate', withHeader({ ...header, x5u: 'http://127.0.0.1:1/x' }, stranger)],
    ['a certificate', withHeader({ ...header, x5c: ['AAAA'] }, stranger)],
    ['a certificate’s hash', withHeader({ ...header, x5t: 'AAAA' })],
    ['a critical member', withHeader({ ...header, crit: ['exp'], exp: 1 })],
    ['no critical member', withHeader({ ...header, crit: [] })],
    ['b64 false', withHeader({ ...header, b64: false })],
    ['b64 false, critical', withHeader({ ...header, b64: false, crit: ['b64'] })],
    ['compression', withHeader({ ...header, zip: 'DEF' })],
    ['a content type', withHeader({ ...header, cty: 'JWT' })],
    ['no kid', withHeader({ alg, typ })],
    ...['../../../etc/passwd', 'http://127.0.0.1:1/key', "' or '1'='1", '', 'A'.repeat(43), `${kid}A`].map(
      (each) => [`kid ${each}`, withHeader({ ...header, kid: each })] as const,
    ),
    ['kid a number', withHeader({ ...header, kid: 1 })],
    ['a stranger’s signature under a known kid', signed(headText, bodyText, stranger)],
    ['a stranger’s kid and signature', withHeader({ ...header, kid: stranger.kid }, stranger)],
    ['the header a list', withHeader([header])],
    ['the header null', withHeader(null)],
    ['the header a text', withHeader(alg)],
    ['alg twice in the header', signed(headText.replace('{', '{"alg":"none",'))],
    ['kid twice in the header', signed(headText.replace('{', `{"kid":"${stranger.kid}",`))],
    ['a prototype in the header', signed(headText.replace('{', '{"__proto__":{},'))],
    ['spaces in the header', signed(headText.replace('{', '{ '))],
    ['a byte order mark in the header', signed(`\ufeff${headText}`)],
    ['escapes in the header', signed(headText.replace('"alg"', '"\\u0061lg"'))],
    ['an unknown member in the header', withHeader({ ...header, nonce: 'x' })],
    ['a member twice in the payload', withBody(bodyText.replace('{', `{${firstMember},`))],
    ['a prototype in the payload', withBody(bodyText.replace('{', '{"__proto__":{},'))],
    ['a constructor in the payload', withBody(bodyText.replace('{', '{"constructor":{},'))],
    ['an unknown member in the payload', withBody(bodyText.replace('{', '{"admin":true,'))],
    ['spaces in the payload', withBody(bodyText.replace('{', '{ '))],
    ['a byte order mark in the payload', withBody(`\ufeff${bodyText}`)],
    ['the payload a list', withBody(`[${bodyText}]`)],
    ['the payload null', withBody('null')],
    ['the payload empty', withBody('')],
    ['the payload changed and not signed again', `${head}.${base64UrlOf(utf8(`${bodyText} `))}.${signature}`],
    ['a fourth part', `${good}.${body}`],
    ['an empty fourth part', `${good}.`],
    ['a leading dot', `.${good}`],
    ['two parts', `${head}.${body}`],
    ['two payloads', `${head}.${body}.${body}.${signature}`],
    ['five parts', `${head}.${body}.${body}.${body}.${signature}`],
    ['JSON in place of parts', JSON.stringify({ protected: head, payload: body, signature })],
    ['padding of the signature', `${good}==`],
    ['padding of the header', `${head}=.${body}.${signature}`],
    ['letters of the other base64', `${good.replaceAll('-', '+').replaceAll('_', '/')}+`],
    [
      'spare bits in the last letter',
      good.slice(0, -1) + String.fromCharCode(good.charCodeAt(good.length - 1) + 1),
    ],
    ['a space inside', good.replace('.', ' .')],
    ['letters after the end', `${good}AAAA`],
    ['a signature of zeros', withSignature(new Uint8Array(64))],
    ['a signature cut short', withSignature(bytes.subarray(0, 63))],
    ['a byte after the signature', withSignature(concat(bytes, new Uint8Array(1)))],
    ['one bit of R changed', withSignature(bytes.map((byte, at) => (at === 0 ? byte ^ 1 : byte)))],
    ['one bit of S changed', withSignature(bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte)))],
    ['R and S exchanged', withSignature(concat(bytes.subarray(32), bytes.subarray(0, 32)))],
    ['S grown by the group’s order', withSignature(concat(bytes.subarray(0, 32), grown(bytes.subarray(32))))],
    ['S the group’s order', withSignature(concat(bytes.subarray(0, 32), littleEndian(groupOrder)))],
    ['a small-order R with S zero', withSignature(concat(Uint8Array.of(1), new Uint8Array(63)))],
    [
      'the signature of other words',
      withBody('{}').then((other) => `${head}.${body}.${other.split('.')[2]}`),
    ],
    ['nothing', ''],
    ['dots alone', '..'],
  ];
  return Promise.all(tricks.map(async ([name, token]) => ({ name, token: await token })));
}

const types: readonly JwsType[] = [
  'backpack-req',
  'backpack-commit',
  'backpack-root',
  'backpack-manifest',
  'backpack-archive',
  'backpack-succession',
  'backpack-email',
];

const groupOrder = (1n << 252n) + 27742317777372353535851937790883648493n;

function textIn(part: string): string {
  return textOf(bytesOfBase64Url(part) ?? new Uint8Array()) ?? '';
}

function withoutSignature(token: string): string {
  return token.replace(/[^.]*$/, '');
}

/** The same S to a verifier that reduces it first. */
function grown(scalar: Uint8Array): Uint8Array {
  return littleEndian(littleEndianOf(scalar) + groupOrder);
}

function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 255n));
}

async function hmac(secret: Uint8Array, words: Uint8Array): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', new Uint8Array(secret), algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, new Uint8Array(words)));
}
