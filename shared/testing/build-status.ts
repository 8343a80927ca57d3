import { base64UrlOf, utf8 } from '../model/bytes.ts';
import type { JsonObject } from '../model/json.ts';
import type { BuiltIssuer } from './build-issuer.ts';
import { type Documents, servedBytes, servedJson } from './documents.ts';
import { credentialContext, signEmbedded } from './sign-data-integrity.ts';
import { signToken } from './sign-token.ts';
import { compressed } from './write-png.ts';

/** `shut`: the list's own proof is broken after signing, so that it says nothing. */
export type StatusWish = {
  /** default: BitstringStatusListEntry */
  readonly kind?:
    | 'BitstringStatusListEntry'
    | 'StatusList2021Entry'
    | 'RevocationList2020Status'
    | '1EdTechRevocationList';
  /** the other end of each byte comes first, as software for the draft of 2020 had it */
  readonly rightFirst?: boolean;
  readonly purpose?: 'revocation' | 'suspension' | 'message' | 'refresh';
  /** bits of an entry, what they say, and what that means */
  readonly size?: number;
  readonly value?: number;
  readonly messages?: readonly { readonly status: string; readonly message: string }[];
  readonly set?: boolean;
  readonly index?: number;
  readonly signedBy?: BuiltIssuer;
  readonly broken?: boolean;
};

/** The entry for the badge, and the list that its issuer serves. */
export type BuiltStatus = { readonly entry: JsonObject; readonly documents: Documents };

/** What each generation of lists calls its parts. The drafts belong to the first data model: their words collide with the second's. */
const kinds = {
  BitstringStatusListEntry: {
    list: 'BitstringStatusList',
    index: 'statusListIndex',
    address: 'statusListCredential',
  },
  StatusList2021Entry: {
    list: 'StatusList2021',
    index: 'statusListIndex',
    address: 'statusListCredential',
    context: 'https://w3id.org/vc/status-list/2021/v1',
  },
  RevocationList2020Status: {
    list: 'RevocationList2020',
    index: 'revocationListIndex',
    address: 'revocationListCredential',
    context: 'https://w3id.org/vc-revocation-list-2020/v1',
  },
} as const;

/** The context that a badge needs for its entry, beside its own. */
export function statusContextsOf(kind: StatusWish['kind']): readonly string[] {
  if (kind === '1EdTechRevocationList') return [extensionsContext];
  const words = kinds[kind ?? 'BitstringStatusListEntry'];
  return 'context' in words ? [words.context] : [];
}

export const extensionsContext = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
/** Fewest entries of a list. Source: Bitstring Status List 1.0 §3.2. */
const listEntries = 131_072;

/** Builds the status that is wished for, and what the issuer serves for it. */
export async function buildStatus(
  issuer: BuiltIssuer,
  wish: StatusWish,
  validFrom: string,
  credentialId = '',
): Promise<BuiltStatus> {
  return wish.kind === '1EdTechRevocationList'
    ? buildPlainList(issuer, wish, credentialId)
    : buildBitList(issuer, wish, wish.kind ?? 'BitstringStatusListEntry', validFrom);
}

/** A plain list of revoked credentials, in which another one always stands. */
function buildPlainList(issuer: BuiltIssuer, wish: StatusWish, credentialId: string): BuiltStatus {
  const address = `${issuer.origin}/status/revoked-${wish.set === true ? 'set' : 'clear'}`;
  const revokedCredential = [
    { id: 'urn:uuid:00000000-0000-4000-8000-000000000000', revoked: true },
    { id: credentialId, revoked: wish.set === true, revocationReason: 'Awarded by mistake' },
  ];
  const list = { id: address, issuer: (wish.signedBy ?? issuer).id, revokedCredential };
  return {
    entry: { id: address, type: '1EdTechRevocationList' },
    documents: new Map([
      [address, servedJson(wish.broken === true ? { ...list, revokedCredential: 7 } : list)],
    ]),
  };
}

/** Builds a bitstring status list with a proof of its own: embedded for Ed25519 keys, a token for others. */
async function buildBitList(
  issuer: BuiltIssuer,
  wish: StatusWish,
  kind: keyof typeof kinds,
  validFrom: string,
): Promise<BuiltStatus> {
  const { size = 1, purpose = 'revocation', index = 4711, signedBy = issuer } = wish;
  const words = kinds[kind];
  const address = `${issuer.origin}/status/${purpose}-${wish.set === true ? 'set' : 'clear'}`;
  const bits = new Uint8Array((listEntries * size) / 8);
  // Bit 0 is the leftmost of byte 0. A neighbour is always set, so that an off-by-one shows.
  const set = (at: number) => {
    bits[at >> 3] = (bits[at >> 3] ?? 0) | (wish.rightFirst === true ? 1 << (at & 7) : 0x80 >> (at & 7));
  };
  const value = wish.value ?? (wish.set === true ? 1 : 0);
  set((index + 1) * size);
  for (let bit = 0; bit < size; bit += 1) if ((value >> (size - 1 - bit)) & 1) set(index * size + bit);
  const isDraft = 'context' in words;
  const said = kind === 'RevocationList2020Status' ? {} : { statusPurpose: purpose };
  const encoded = base64UrlOf(await compressed(bits, 'gzip'));
  const list: JsonObject = {
    '@context': isDraft
      ? [
          'https://www.w3.org/2018/credentials/v1',
          'https://w3id.org/security/data-integrity/v2',
          words.context,
        ]
      : [credentialContext],
    id: address,
    type: ['VerifiableCredential', `${words.list}Credential`],
    issuer: signedBy.id,
    [isDraft ? 'issuanceDate' : 'validFrom']: validFrom,
    credentialSubject: {
      id: `${address}#list`,
      type: words.list,
      ...said,
      encodedList: isDraft ? encoded : `u${encoded}`,
    },
  };
  const entry: JsonObject = {
    id: `${address}#${index}`,
    type: kind,
    ...said,
    [words.index]: String(index),
    [words.address]: address,
    ...(size === 1 ? {} : { statusSize: size }),
    ...(wish.messages === undefined ? {} : { statusMessage: wish.messages.map((one) => ({ ...one })) }),
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
    return servedJson(broken ? { ...signed, id: `${String(signed['id'])}-other` } : signed, 'application/vc');
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
