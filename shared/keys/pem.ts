import { type Bytes, bytesOfBase64Url, bytesOfLooseBase64, concat } from '../model/bytes.ts';
import { failed, ok, type Result } from '../model/result.ts';
import { ed25519JwkOf } from './multikey.ts';

/** Longest PEM that is read, in characters; a 16,384-bit RSA key has about 2,900. */
const maxPemLength = 16_384;

type Import = {
  readonly oid: readonly number[];
  readonly algorithm: AlgorithmIdentifier | EcKeyImportParams | RsaHashedImportParams;
};

/** Object identifiers as DER bytes (RFC 3279 §2.3.1, RFC 5480 §2.1.1, RFC 8410 §3). */
const imports: readonly Import[] = [
  {
    oid: [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01],
    algorithm: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  },
  {
    oid: [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
    algorithm: { name: 'ECDSA', namedCurve: 'P-256' },
  },
  { oid: [0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22], algorithm: { name: 'ECDSA', namedCurve: 'P-384' } },
  { oid: [0x06, 0x03, 0x2b, 0x65, 0x70], algorithm: { name: 'Ed25519' } },
];

/** SEQUENCE { OID rsaEncryption, NULL }: what stands before the bits of an RSA key. */
const rsaAlgorithm = Uint8Array.of(
  0x30,
  0x0d,
  0x06,
  0x09,
  0x2a,
  0x86,
  0x48,
  0x86,
  0xf7,
  0x0d,
  0x01,
  0x01,
  0x01,
  0x05,
  0x00,
);

/**
 * The public key of a PEM text as a JWK: `PUBLIC KEY` (SPKI), or `RSA PUBLIC KEY` (PKCS #1).
 * Errors: `bad-value` for what is no such PEM; `key-kind-not-supported` for certificates and other kinds of key.
 * A private key is refused as `bad-value`: who publishes one has no key.
 */
export async function jwkOfPem(
  pem: string,
): Promise<Result<JsonWebKey, 'bad-value' | 'key-kind-not-supported'>> {
  if (pem.length > maxPemLength) return failed('bad-value');
  const found = /-----BEGIN ([A-Z ]{1,40})-----([A-Za-z0-9+/=\s]+)-----END ([A-Z ]{1,40})-----/.exec(pem);
  const label = found?.[1];
  const der = bytesOfLooseBase64(found?.[2] ?? '');
  if (label === undefined || label !== found?.[3] || der === undefined || der.length === 0)
    return failed('bad-value');
  if (label === 'CERTIFICATE') return failed('key-kind-not-supported');
  if (label !== 'PUBLIC KEY' && label !== 'RSA PUBLIC KEY') return failed('bad-value');
  const spki = label === 'RSA PUBLIC KEY' ? spkiOfRsa(der) : der;
  const kind = imports.find(({ oid }) => holds(spki.subarray(0, 40), oid));
  if (kind === undefined) return failed('key-kind-not-supported');
  try {
    const key = await crypto.subtle.importKey('spki', spki, kind.algorithm, true, ['verify']);
    const { kty, crv, x, y, n, e } = await crypto.subtle.exportKey('jwk', key);
    // WebCrypto takes points of small order, which are nobody's keys (threat T12).
    const isNobodys =
      crv === 'Ed25519' && ed25519JwkOf(bytesOfBase64Url(x ?? '') ?? new Uint8Array()) === undefined;
    if (isNobodys) return failed('bad-value');
    return ok(JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as JsonWebKey);
  } catch {
    // WebCrypto says no more than that the bytes are no key of the kind they name.
    return failed('bad-value');
  }
}

function spkiOfRsa(pkcs1: Uint8Array): Bytes {
  const bits = tlv(0x03, concat(Uint8Array.of(0), pkcs1));
  return tlv(0x30, concat(rsaAlgorithm, bits));
}

function tlv(tag: number, content: Uint8Array): Bytes {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return concat(Uint8Array.of(tag, ...size), content);
}

function holds(bytes: Uint8Array, part: readonly number[]): boolean {
  return bytes.some((_, start) => part.every((byte, index) => bytes[start + index] === byte));
}
