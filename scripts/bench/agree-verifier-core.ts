import type { JsonObject } from '../../shared/model/json.ts';
import { loadPeer } from './peers.ts';

type Step = { readonly id?: string; readonly valid?: boolean };
type Answer = { readonly log?: readonly Step[]; readonly errors?: readonly { readonly name: string }[] };

/** The suites that it knows. */
export const verifierCoreSuites: readonly string[] = ['eddsa-rdfc-2022', 'Ed25519Signature2020'];

/**
 * `@digitalcredentials/verifier-core`, with no network: what it would fetch (schemas, lists of issuers) plays no part
 * in what is compared, and it says so on the console, which is kept quiet meanwhile.
 */
export async function openVerifierCore(): Promise<(credential: JsonObject) => Promise<string>> {
  const core = await loadPeer('@digitalcredentials/verifier-core', 'dist/index.js');
  const verifyCredential = core['verifyCredential'] as (options: object) => Promise<Answer>;
  return async (credential) => {
    const answer = await alone(() =>
      verifyCredential({ credential, knownDIDRegistries: [], reloadIssuerRegistry: false }),
    );
    const failed = answer.errors?.[0]?.name ?? answer.log?.find(isFatal)?.id;
    const signature = answer.log?.find(({ id }) => id === 'valid_signature')?.valid === true;
    return signature && failed === undefined ? 'verified' : `not verified (${failed ?? 'no signature'})`;
  };
}

function isFatal({ id, valid }: Step): boolean {
  return valid === false && (id === 'valid_signature' || id === 'expiration');
}

/** Runs without a network and without a word. */
async function alone<T>(run: () => Promise<T>): Promise<T> {
  const { fetch } = globalThis;
  const { log, error } = console;
  globalThis.fetch = async () => Promise.reject(new Error('No network here'));
  console.log = () => {};
  console.error = () => {};
  try {
    return await run();
  } finally {
    globalThis.fetch = fetch;
    console.log = log;
    console.error = error;
  }
}
