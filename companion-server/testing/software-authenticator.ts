import {
  createHash,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign as signWith,
} from 'node:crypto';
import { type Bytes, base64UrlOf, utf8 } from '../../shared/model/bytes.ts';
import type { PasskeyAssertion } from '../../shared/protocol/passkeys.ts';
import type { KeptUnlocker } from '../../shared/sync/unlocker.ts';

export type Algorithm = 'ES256' | 'EdDSA' | 'RS256';

/** What an authenticator and the browser before it say of one use of a passkey; each may be a lie. */
export type Use = {
  readonly challenge: string;
  readonly host: string;
  readonly origin: string;
  readonly type: string;
  readonly flags: number;
  readonly uses: number;
  readonly client: Readonly<Record<string, unknown>>;
};

export const honestFlags = 0x01 | 0x04;

/** A passkey in software: real keys, real signatures, and whatever the test wants to be claimed. */
export class SoftwarePasskey {
  readonly credential = base64UrlOf(randomBytes(32));
  /** SPKI, as `getPublicKey()` of a browser gives it */
  readonly key: string;
  readonly #secret: KeyObject;
  readonly #algorithm: Algorithm;
  readonly #prfSecret = randomBytes(32);

  constructor(algorithm: Algorithm = 'ES256') {
    const { publicKey, privateKey } = pairOf(algorithm);
    this.key = base64UrlOf(publicKey.export({ format: 'der', type: 'spki' }));
    this.#secret = privateKey;
    this.#algorithm = algorithm;
  }

  /** As the server keeps it, around a wrap of noise. */
  kept(): Extract<KeptUnlocker, { kind: 'passkey' }> {
    const { credential, key } = this;
    const [id, wrap] = [base64UrlOf(randomBytes(16)), base64UrlOf(randomBytes(60))];
    return { id, kind: 'passkey', credential, key, wrap };
  }

  /** The same 32 bytes for the same input, and others for each passkey. */
  prf(input: Uint8Array): Bytes {
    return new Uint8Array(createHmac('sha256', this.#prfSecret).update(input).digest());
  }

  assert({ challenge, host, origin, type, flags, uses, client }: Use): PasskeyAssertion {
    const clientData = utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false, ...client }));
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(uses);
    const authenticatorData = Buffer.concat([sha256(utf8(host)), Buffer.of(flags), counter]);
    const signed = Buffer.concat([authenticatorData, sha256(clientData)]);
    const signature = signWith(this.#algorithm === 'EdDSA' ? null : 'sha256', signed, this.#secret);
    return {
      credential: this.credential,
      clientData: base64UrlOf(clientData),
      authenticatorData: base64UrlOf(authenticatorData),
      signature: base64UrlOf(signature),
    };
  }
}

function pairOf(algorithm: Algorithm) {
  if (algorithm === 'EdDSA') return generateKeyPairSync('ed25519');
  if (algorithm === 'RS256') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
