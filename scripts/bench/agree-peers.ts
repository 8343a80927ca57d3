import { contextOf } from '../../shared/contexts/bundled.ts';
import type { JsonObject } from '../../shared/model/json.ts';
import { testNow } from '../../shared/testing/seeded.ts';
import type { EmbeddedSuite } from '../../shared/testing/sign-data-integrity.ts';
import type { SigningKey } from '../../shared/testing/signing-keys.ts';
import { loadPeer } from './peers.ts';

/** The suites that the independent stack knows as well. */
export const sharedSuites = [
  { suite: 'eddsa-rdfc-2022', algorithm: 'EdDSA', curve: 'Ed25519' },
  { suite: 'eddsa-jcs-2022', algorithm: 'EdDSA', curve: 'Ed25519' },
  { suite: 'ecdsa-rdfc-2019', algorithm: 'ES256', curve: 'P-256' },
  { suite: 'ecdsa-rdfc-2019', algorithm: 'ES384', curve: 'P-384' },
  { suite: 'ecdsa-jcs-2019', algorithm: 'ES256', curve: 'P-256' },
  { suite: 'ecdsa-jcs-2019', algorithm: 'ES384', curve: 'P-384' },
  { suite: 'ecdsa-sd-2023', algorithm: 'ES256', curve: 'P-256' },
  { suite: 'Ed25519Signature2020', algorithm: 'EdDSA', curve: 'Ed25519' },
] as const;
export type SharedSuite = (typeof sharedSuites)[number];

/** Who signs: the key, what it is called, and when. */
export type Signer = { readonly key: SigningKey; readonly keyId: string; readonly curve: string };

export type Peers = {
  /** `verified`, or the first sentence of what they found wrong */
  readonly verifies: (credential: JsonObject, suite: EmbeddedSuite) => Promise<string>;
  /** the same of a presentation, with every badge inside */
  readonly verifiesPresentation: (
    presentation: JsonObject,
    suite: EmbeddedSuite,
    challenge: string,
  ) => Promise<string>;
  readonly signs: (suite: EmbeddedSuite, credential: JsonObject, signer: Signer) => Promise<JsonObject>;
  /** a copy for others, made of a base proof of `ecdsa-sd-2023` */
  readonly derives: (signed: JsonObject, pointers: readonly string[]) => Promise<JsonObject>;
};

type Suite = object;
type Make = (...options: readonly object[]) => Suite;

/** `@digitalbazaar/vc` with its suites, on our contexts and on `did:key` alone. */
export async function openPeers(mandatoryPointers: readonly string[]): Promise<Peers> {
  const vc = await peer('@digitalbazaar/vc');
  const Proof = (await peer('@digitalbazaar/data-integrity'))['DataIntegrityProof'] as new (
    options: object,
  ) => Suite;
  const Older = (await peer('@digitalbazaar/ed25519-signature-2020'))['Ed25519Signature2020'] as new (
    options?: object,
  ) => Suite;
  const eddsa = await peer('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
  const eddsaJcs = await peer('@digitalbazaar/eddsa-jcs-2022-cryptosuite');
  const ecdsa = await peer('@digitalbazaar/ecdsa-rdfc-2019-cryptosuite');
  const ecdsaJcs = await peer('@digitalbazaar/ecdsa-jcs-2019-cryptosuite');
  const selective = await peer('@digitalbazaar/ecdsa-sd-2023-cryptosuite');
  const made = (module: Record<string, unknown>, name: string, options: object = {}): Suite =>
    (module[name] as Make)(options);
  const cryptosuites: Readonly<Record<string, { readonly verify: Suite; readonly sign: Suite }>> = {
    'eddsa-rdfc-2022': both(eddsa['cryptosuite'] as Suite),
    'ecdsa-rdfc-2019': both(ecdsa['cryptosuite'] as Suite),
    'eddsa-jcs-2022': {
      verify: made(eddsaJcs, 'createVerifyCryptosuite'),
      sign: made(eddsaJcs, 'createSignCryptosuite'),
    },
    'ecdsa-jcs-2019': {
      verify: made(ecdsaJcs, 'createVerifyCryptosuite'),
      sign: made(ecdsaJcs, 'createSignCryptosuite'),
    },
    'ecdsa-sd-2023': {
      verify: made(selective, 'createVerifyCryptosuite'),
      sign: made(selective, 'createSignCryptosuite', { mandatoryPointers }),
    },
  };
  const signerOf = ({ key, keyId, curve }: Signer) => ({
    id: keyId,
    algorithm: curve,
    sign: async ({ data }: { data: Uint8Array<ArrayBuffer> }) => key.sign(data),
  });
  const verifyCredential = vc['verifyCredential'] as (options: object) => Promise<Answer>;
  const verify = vc['verify'] as (options: object) => Promise<Answer>;
  const suiteOf = (name: EmbeddedSuite): Suite => {
    const cryptosuite = cryptosuites[name]?.verify;
    return cryptosuite === undefined ? new Older() : new Proof({ cryptosuite });
  };
  const issue = vc['issue'] as (options: object) => Promise<JsonObject>;
  const derive = vc['derive'] as (options: object) => Promise<JsonObject>;
  return {
    verifies: async (credential, name) => {
      const options = { credential, suite: suiteOf(name), documentLoader, now: new Date(testNow) };
      return wordOf(await verifyCredential(options));
    },
    verifiesPresentation: async (presentation, name, challenge) => {
      const common = { suite: suiteOf(name), documentLoader, now: new Date(testNow) };
      return wordOf(await verify({ presentation, challenge, ...common }));
    },
    signs: async (name, credential, signer) => {
      const cryptosuite = cryptosuites[name]?.sign;
      const common = { signer: signerOf(signer), date: '2026-01-15T10:00:00Z' };
      const suite = cryptosuite === undefined ? new Older(common) : new Proof({ ...common, cryptosuite });
      return issue({
        credential: structuredClone(credential),
        suite,
        documentLoader,
        now: new Date(testNow),
      });
    },
    derives: async (signed, pointers) => {
      const cryptosuite = made(selective, 'createDiscloseCryptosuite', { selectivePointers: pointers });
      const suite = new Proof({ cryptosuite });
      return derive({ verifiableCredential: structuredClone(signed), suite, documentLoader });
    },
  };
}

type Failure = { readonly message: string; readonly errors?: readonly Failure[] };
type Answer = { readonly verified: boolean; readonly error?: Failure };

function wordOf({ verified, error }: Answer): string {
  return verified ? 'verified' : `not verified (${(error?.errors?.[0] ?? error)?.message ?? 'no reason'})`;
}

function both(cryptosuite: Suite) {
  return { verify: cryptosuite, sign: cryptosuite };
}

const peer = (name: string) => loadPeer(name, 'lib/index.js');

const documentLoader = async (address: string) => ({
  contextUrl: null,
  document: structuredClone(contextOf(address) ?? didKeyDocument(address)),
  documentUrl: address,
  tag: 'static',
});

/** What a did:key resolves to, or the one method of it. */
function didKeyDocument(address: string): JsonObject {
  if (!address.startsWith('did:key:')) throw new Error(`${address} is not served here`);
  const [did = '', fragment] = address.split('#');
  const multikey = did.slice('did:key:'.length);
  const method: JsonObject = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${did}#${multikey}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: multikey,
  };
  if (fragment !== undefined) return method;
  return {
    '@context': 'https://www.w3.org/ns/did/v1',
    id: did,
    assertionMethod: [method],
    authentication: [method],
  };
}
