import type { SignedRequest } from './signed-request.ts';

/**
 * Whose key signs a call (design §15). `genesis`: the account key that the body itself names.
 * A call without signers is open to anyone.
 */
export type SignerKind = 'device' | 'account' | 'recovery' | 'genesis';

/** One call of the contract, as both ends know it. `path` with `:name` for what varies. */
export type Call = {
  readonly method: SignedRequest['m'];
  readonly path: `/${string}`;
  readonly signers: readonly SignerKind[];
  /** ceiling of the request's body in bytes; 0 for none */
  readonly maxBodyBytes: number;
};

/** Every `/v1` answer carries a fresh nonce in it. */
export const nonceHeader = 'Backpack-Nonce';
/** `Authorization: Backpack <compact JWS>` */
export const authorizationScheme = 'Backpack';
/** Media type of bodies made of parts, see `framing.ts`. */
export const partsMediaType = 'application/vnd.backpack.parts';

/** The path of a call with its `:names` filled in. A name that is missing stays as it is. */
export function pathOf(call: Call, names: Readonly<Record<string, string>> = {}): string {
  return call.path.replace(/:([a-z]+)/g, (whole, name: string) =>
    names[name] === undefined ? whole : encodeURIComponent(names[name]),
  );
}
