import { base64UrlOf, concat, utf8 } from '../model/bytes.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { canonicalQuads, canonicalText, digestOf } from './canonical-forms.ts';
import { sdProofValue } from './sign-selective-disclosure.ts';
import { multibaseOf, type SigningKey, signBytes, tokenPart } from './signing-keys.ts';

/** The suites that `signEmbedded` signs with; of `ecdsa-sd-2023` it makes the base proof. */
export type EmbeddedSuite =
  | 'eddsa-rdfc-2022'
  | 'eddsa-2022'
  | 'eddsa-jcs-2022'
  | 'ecdsa-rdfc-2019'
  | 'ecdsa-jcs-2019'
  | 'ecdsa-sd-2023'
  | 'Ed25519Signature2020'
  | 'Ed25519Signature2018'
  | 'JsonWebSignature2020';

export const credentialContext = 'https://www.w3.org/ns/credentials/v2';
export const openBadgesContext = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const ed25519Context = 'https://w3id.org/security/suites/ed25519-2020/v1';

/** The context that a suite's own proof type needs beside that of credentials. */
export const suiteContexts: Readonly<Partial<Record<EmbeddedSuite, string>>> = {
  Ed25519Signature2020: ed25519Context,
  Ed25519Signature2018: 'https://w3id.org/security/suites/ed25519-2018/v1',
  JsonWebSignature2020: 'https://w3id.org/security/suites/jws-2020/v1',
};

export type EmbeddedProofWish = {
  readonly suite: EmbeddedSuite;
  readonly key: SigningKey;
  readonly verificationMethod: string;
  /** when it was signed, RFC 3339 */
  readonly created: string;
  readonly proofPurpose?: string;
  /** more members of the proof, signed with it: `id`, `previousProof`, `expires` */
  readonly extra?: JsonObject;
  /** a JCS proof that does not repeat the document's contexts */
  readonly withoutContext?: boolean;
  /** what the proof says that it is; the hash is made for `suite`, so that a difference is a forgery */
  readonly label?: EmbeddedSuite;
};

/** Signs a credential with an embedded proof. Source: Data Integrity 1.0 §4.2. */
export async function signEmbedded(credential: JsonObject, wish: EmbeddedProofWish): Promise<JsonObject> {
  return { ...credential, proof: await proofOver(credential, wish) };
}

/** One proof over a credential as it is given, the proofs that it already holds included: a step of a chain. */
export async function proofOver(credential: JsonObject, wish: EmbeddedProofWish): Promise<JsonObject> {
  const way = ways[wish.suite];
  const context =
    isJcs(wish.suite) && wish.withoutContext !== true ? { '@context': credential['@context'] ?? [] } : {};
  const options = { ...labelled(wish.suite), ...proofOptions(wish), ...context };
  const value = await way(credential, options, wish.key);
  return { ...labelled(wish.label ?? wish.suite), ...proofOptions(wish), ...context, ...value };
}

/** Members of a proof that hold its value. */
type Way = (credential: JsonObject, options: JsonObject, key: SigningKey) => Promise<JsonObject>;

/** DI EdDSA §3, DI ECDSA §3: two hashes signed together, in base58btc. */
function plain(canonical: (document: JsonObject, hash: string) => Promise<string>): Way {
  return async (credential, options, key) => ({
    proofValue: multibaseOf(await signBytes(key, await hashesOf(credential, options, key, canonical))),
  });
}

const rdfQuads = async (document: JsonObject, hash: string) => canonicalQuads(document, { hash });
const jcsText = async (document: JsonObject) => canonicalText(document);

/** RFC 7797: the two hashes are the payload that the token leaves out. */
const detached: Way = async (credential, options, key) => {
  const header = tokenPart({ alg: key.algorithm, b64: false, crit: ['b64'] });
  const hashes = await hashesOf(credential, options, key, rdfQuads, 'SHA-256');
  const signature = await signBytes(key, concat(utf8(`${header}.`), hashes));
  return { jws: `${header}..${base64UrlOf(signature)}` };
};

const selective: Way = async (credential, options, key) => ({
  proofValue: await sdProofValue(credential, options, key),
});

const ways: Readonly<Record<EmbeddedSuite, Way>> = {
  'eddsa-rdfc-2022': plain(rdfQuads),
  'eddsa-2022': plain(rdfQuads),
  'eddsa-jcs-2022': plain(jcsText),
  'ecdsa-rdfc-2019': plain(rdfQuads),
  'ecdsa-jcs-2019': plain(jcsText),
  'ecdsa-sd-2023': selective,
  Ed25519Signature2020: plain(rdfQuads),
  Ed25519Signature2018: detached,
  JsonWebSignature2020: detached,
};

async function hashesOf(
  credential: JsonObject,
  options: JsonObject,
  key: SigningKey,
  canonical: (document: JsonObject, hash: string) => Promise<string>,
  hash = key.algorithm === 'ES384' ? 'SHA-384' : 'SHA-256',
) {
  // Canonical RDF reads the options by the document's contexts; canonical JSON takes them as they are.
  const configuration =
    canonical === rdfQuads ? { ...options, '@context': credential['@context'] ?? [] } : options;
  return concat(
    await digestOf(await canonical(configuration, hash), hash),
    await digestOf(await canonical(credential, hash), hash),
  );
}

function isJcs(suite: EmbeddedSuite): boolean {
  return suite.includes('-jcs-');
}

function labelled(suite: EmbeddedSuite): JsonObject {
  return /^e[cd]dsa-/.test(suite) ? { type: 'DataIntegrityProof', cryptosuite: suite } : { type: suite };
}

function proofOptions({ created, verificationMethod, proofPurpose, extra }: EmbeddedProofWish): JsonObject {
  const purpose: Json = proofPurpose ?? 'assertionMethod';
  return { created, verificationMethod, proofPurpose: purpose, ...extra };
}
