import type { Facts } from '../model/errors.ts';
import type { JsonObject } from '../model/json.ts';
import type { Session } from '../model/session.ts';
import type { FindingCode, Outcome } from '../model/verdict.ts';

/**
 * `credential`: a verification method or `kid` of 3.0; `presentation`: one that its holder shows things with;
 * `assertion`: a CryptographicKey of 2.0; `pem`: the PEM text of 1.x.
 */
export type KeyRequest = {
  /** DID URL or address as the proof writes it, fragment included */
  readonly reference: string;
  readonly use: 'credential' | 'presentation' | 'assertion' | 'pem';
};

/** A public key, and what the place where it was found says of it. */
export type FoundKey = {
  /** public members only */
  readonly jwk: JsonWebKey;
  /** id of the method or key document; the reference when it says none */
  readonly id: string;
  /** DID or address that the key's own document names as its controller or owner */
  readonly controller?: string;
  /** true when its document lists it for what it was asked for, or the kind of key cannot say otherwise */
  readonly authorised: boolean;
  /** the document took the key back, or set it an end that has come; then it is not authorised */
  readonly ended?: { readonly code: 'key-revoked' | 'key-expired'; readonly at: string };
  /** host that served the document over the network; absent for keys that need none */
  readonly host?: { readonly host: string; readonly encrypted: boolean };
  /** `decoded`: the key was read out of the reference itself, and no document confirms it (conformance rule 8) */
  readonly certainty: 'self-certifying' | 'document' | 'decoded';
  /** the document that it came from, for whoever must look at more of it */
  readonly document?: JsonObject;
};

export type KeyAnswer =
  | { readonly found: true; readonly key: FoundKey }
  | {
      readonly found: false;
      readonly code: FindingCode;
      readonly facts: Facts;
      /** the verdict that the lack asks for: `unreachable`, `unsupported`, `invalid` or `malformed` */
      readonly asks: Outcome;
    };

/** One way from a reference to a key. */
export type KeySource = {
  readonly name: string;
  readonly recognises: (request: KeyRequest) => boolean;
  readonly find: (request: KeyRequest, session: Session) => Promise<KeyAnswer>;
};

/** The registry as one function: the first source that recognises the request answers. */
export type FindKey = (request: KeyRequest) => Promise<KeyAnswer>;
