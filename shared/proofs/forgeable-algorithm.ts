/**
 * True for a JOSE algorithm (RFC 7518 §3.1) by which anybody could have made the token: `none`, and every HMAC, whose
 * secret a public key would have to be. What is merely not known here is not among them.
 */
export function isForgeable(algorithm: string): boolean {
  return /^(?:none|hs\d*)$/i.test(algorithm);
}
