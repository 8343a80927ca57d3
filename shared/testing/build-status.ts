import { base64UrlOf, utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import type { BuiltIssuer } from './build-issuer.ts';
import { type Documents, servedBytes, servedJson } from './documents.ts';
import { credentialContext, signEmbedded } from './sign-data-integrity.ts';
import { signToken } from './sign-token.ts';
import { compressed } from './write-png.ts';

/** `shut`: the list's own proof is broken after signing, so that it says nothing. */
export type StatusWish = {
  readonly purpose?: 'revocation' | 'suspension';
  readonly set?: boolean;
  readonly index?: number;
  readonly signedBy?: BuiltIssuer;
  readonly broken?: boolean;
};

/** The entry for the badge, and the list that its issuer serves. */
export type BuiltStatus = { readonly entry: JsonObject; readonly documents: Documents };

/** Fewest entries of a list. Source: Bitstring Status List 1.0 §3.2. */
const listEntries = 131_072;

/** Builds a bitstring status list with a proof of its own: embedded for Ed25519 keys, a token for others. */
export async function buildStatus(
  issuer: BuiltIssuer,
  wish: StatusWish,
  validFrom: string,
): Promise<BuiltStatus> {
  const { purpose = 'revocation', index = 4711, signedBy = issuer } = wish;
  const address = `${issuer.origin}/status/${purpose}-${wish.set === true ? 'set' : 'clear'}`;
  const bits = new Uint8Array(listEntries / 8);
  // Bit 0 is the leftmost of byte 0. A neighbour is always set, so that an off-by-one shows.
  const set = (at: number) => {
    bits[at >> 3] = (bits[at >> 3] ?? 0) | (0x80 >> (at & 7));
  };
  set(index + 1);
  if (wish.set === true) set(index);
  const list: JsonObject = {
    '@context': [credentialContext],
    id: address,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: signedBy.id,
    validFrom,
    credentialSubject: {
      id: `${address}#list`,
      type: 'BitstringStatusList',
      statusPurpose: purpose,
      encodedList: `u${base64UrlOf(await compressed(bits, 'gzip'))}`,
    },
  };
  const entry: JsonObject = {
    id: `${address}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: address,
  };
  const served = await signedList(list, signedBy, validFrom, wish.broken === true);
  return { entry, documents: new Map([[address, served]]) };
}

async function signedList(list: JsonObject, issuer: BuiltIssuer, created: string, broken: boolean) {
  if (issuer.key.algorithm === 'EdDSA') {
    const wish = {
      suite: 'eddsa-rdfc-2022',
      key: issuer.key,
      verificationMethod: issuer.keyId,
      created,
    } as const;
    const signed = await signEmbedded(list, wish);
    return servedJson(broken ? { ...signed, validFrom: '2020-01-01T00:00:00Z' } : signed, 'application/vc');
  }
  const header = { alg: issuer.key.algorithm, typ: 'JWT', kid: issuer.keyId };
  const claims = { iss: issuer.id, jti: list['id'] ?? '', nbf: Math.floor(Date.parse(created) / 1000) };
  const token = await signToken(header, { ...list, ...claims }, issuer.key);
  const [head, payload, signature = ''] = token.split('.');
  const shown = broken
    ? `${head}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    : token;
  return servedBytes(utf8(shown), 'application/vc+jwt');
}
