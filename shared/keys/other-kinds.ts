/** Kinds of public key that are named and not used, by the hexadecimal number of their code. Source: multicodec table. */
const otherKinds: ReadonlyMap<string, string> = new Map([
  ['ec01', 'X25519'],
  ['ea01', 'BLS12-381'],
  ['eb01', 'BLS12-381'],
  ['8324', 'Ed448'],
  ['8524', 'RSA'],
  ['d1d6', 'JWK'],
]);

/** The name of a kind that we cannot use; `undefined` for the code of no public key. `code`: its first two bytes. */
export function otherKindOf(code: string): string | undefined {
  return otherKinds.get(code);
}
