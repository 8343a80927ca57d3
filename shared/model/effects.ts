import type { Instant, Url } from './brands.ts';
import type { Result } from './result.ts';

/** One GET. Never carries credentials or a referrer; redirects are followed within the fetcher's own rules. */
export type FetchRequest = {
  readonly url: Url;
  readonly accept?: string;
  /** ceiling of the body in bytes; more gives `offer-too-large` */
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
};

/** What an address answered, whatever its status. */
export type Fetched = {
  readonly requested: Url;
  /** where the answer came from after redirects */
  readonly url: Url;
  readonly status: number;
  /** lower case, with parameters; '' when none was sent; never to be trusted */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly at: Instant;
};

/**
 * The domain's only way to the network. A status of 404, 410 or 500 is an answer (`ok: true`);
 * `ok: false` means that nothing answered, or was allowed to.
 */
export type Fetcher = (request: FetchRequest) => Promise<Result<Fetched>>;
/** What WebCrypto would be told of a signature: `hash` for all but Edwards curves, `saltLength` for RSA-PSS alone. */
export type SignatureParameters = {
  readonly name: 'Ed25519' | 'ECDSA' | 'RSASSA-PKCS1-v1_5' | 'RSA-PSS';
  readonly hash?: string;
  readonly saltLength?: number;
};

/**
 * Checks one signature with a public key of the algorithm's own kind; ECDSA as both numbers one after the other.
 * `undefined`: the key cannot be used.
 */
export type CheckSignature = (
  parameters: SignatureParameters,
  jwk: JsonWebKey,
  signature: Uint8Array<ArrayBuffer>,
  signed: Uint8Array<ArrayBuffer>,
) => boolean | undefined | Promise<boolean | undefined>;

export type HashName = 'SHA-256' | 'SHA-384';

/** A host's own cryptography, where that is nearer than the way to WebCrypto's threads and back. */
export type HostCryptography = {
  readonly checkSignature: CheckSignature;
  readonly digest: (hash: HashName, bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;
};

export type Clock = () => Instant;
/** `bytes`: how many; cryptographically random. */
export type Random = (bytes: number) => Uint8Array;
