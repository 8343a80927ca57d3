import { instantOf, type Kid, millisecondsOf } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { requestIdLifetimeSeconds } from '../../shared/model/limits.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { parseCreateAccountRequest } from '../../shared/protocol/accounts.ts';
import type { SignerKind } from '../../shared/protocol/call.ts';
import {
  type ParsedRequest,
  parseSignedRequest,
  requestMatches,
} from '../../shared/protocol/signed-request.ts';
import { parseCommit } from '../../shared/sync/commit.ts';
import { kidOf } from '../../shared/sync/compact-jws.ts';
import type { SigningKey } from '../../shared/sync/shapes.ts';
import { isSignedByMeanwhile, sha256AtOnce } from '../node-cryptography.ts';
import type { AccountId, Session, Storage } from '../storage/storage.ts';
import { blinded } from './blinded.ts';
import type { Nonces } from './nonces.ts';
import { countEvent, countedOf, type Rate, type RateDeps, tooMany } from './rates.ts';

/** Who signed an admitted request. `account` of a recovery code: the one whose wrap it asks for. */
export type Signer = {
  readonly kind: SignerKind;
  readonly account: AccountId;
  readonly kid: Kid;
  readonly key: SigningKey;
};

/**
 * A request that was signed as it came, or of which that is looked at by `once` and `remember`. It has an effect once: that
 * is what remembering it is for.
 */
export type Admitted = {
  readonly signer: Signer;
  /**
   * Remembers and counts the request, and does `work` for its account, in one transaction. That is kept also when `work`
   * refuses, so that a refused request stays remembered: `work` refuses before it writes anything. `meanwhile`: what `work`
   * waits for is waited for before the transaction, which nothing holds up.
   * Errors: `unauthorized` when it was not signed so or was seen before, `too-many-requests`, those of `work`.
   */
  readonly once: <Value>(
    work: (session: Session) => Promise<Result<Value>>,
    meanwhile?: Promise<unknown>,
  ) => Promise<Result<Value>>;
  /** Remembers and counts it where `once` has not; otherwise nothing. Errors: as those of `once`. */
  readonly remember: () => Promise<Result<void>>;
};

/** Which requests are admitted: the kinds of key that the call takes, and what is counted by account or key. */
export type Admission = {
  readonly signers: readonly SignerKind[];
  readonly rates: readonly Rate[];
  /** whether `once` and `remember` alone look at what was signed: the request is read while its signature is looked at */
  readonly remembersItself?: true;
};

export type CameRequest = {
  readonly authorization: string | undefined;
  readonly method: string;
  /** `PUBLIC_ORIGIN` with path and query as they came, never anything of `Host` */
  readonly address: string;
  readonly body: Uint8Array;
};

export type AdmissionDeps = RateDeps & { readonly storage: Storage; readonly nonces: Nonces };

/**
 * Tells who signed a request, in the order of design §3: size, header, known key, signature, revocation, the words
 * signed, nonce. That it was never seen before comes last, with `once` or `remember`, of which one must follow.
 * Errors: `revoked`, and for everything else alike `unauthorized`.
 */
export async function admitRequest(
  came: CameRequest,
  { signers, rates, remembersItself }: Admission,
  deps: AdmissionDeps,
): Promise<Result<Admitted>> {
  const parsed = parseSignedRequest(came.authorization ?? '');
  if (!parsed.ok) return refused();
  const { jws, request } = parsed.value;
  const known = await keyOf(parsed.value, signers, came.body, deps.storage);
  // An unknown key costs the same work as a known one.
  const signed = isSignedByMeanwhile(jws, known?.key ?? someKey);
  if (known === undefined || known.revoked || remembersItself !== true) {
    if (!(await signed) || known === undefined) return refused();
    if (known.revoked) return failed(new BackpackError('revoked'));
  }
  // The body is hashed in this thread while the signature is looked at in another.
  const isMeant = async () =>
    (await requestMatches(request, came, sha256AtOnce)) &&
    deps.nonces.isLive(request.nonce) &&
    (await signed);
  if (remembersItself === true) return ok(rememberedOnce(known, isMeant, request.jti, rates, deps));
  if (!(await isMeant())) return refused();
  return ok(rememberedOnce(known, async () => true, request.jti, rates, deps));
}

function rememberedOnce(
  { revoked: _, ...signer }: KnownKey,
  isMeant: () => Promise<boolean>,
  jti: string,
  rates: readonly Rate[],
  deps: AdmissionDeps,
): Admitted {
  const { account, kid } = signer;
  const until = instantOf(millisecondsOf(deps.clock()) + requestIdLifetimeSeconds * 1000);
  // What is remembered outlives a deleted account, and must not name its keys.
  const seenAs = blinded(`seen|${kid}`, deps.pepper);
  const counted = countedOf(rates, ({ per }) =>
    per === 'account' ? account : per === 'signer' ? kid : undefined,
  );
  let isTried = false;
  const inOne = async <Value>(
    held: AccountId | undefined,
    work: (session: Session) => Promise<Result<Value>>,
    meanwhile?: Promise<unknown>,
  ): Promise<Result<Value>> => {
    isTried = true;
    if (!(await isMeant())) return refused();
    await meanwhile;
    const done = await deps.storage.write<Result<Value>>(held, async (session) => {
      const [isNew, exceeded] = await Promise.all([
        session.admission.rememberRequest(seenAs, jti, until),
        countEvent(session, counted, deps),
      ]);
      // Undoes the count.
      if (!isNew) return refused();
      // Either is a success of the transaction.
      return ok(exceeded === undefined ? await work(session) : failed(tooMany(exceeded, deps.clock)));
    });
    return done.ok ? done.value : done;
  };
  return {
    signer,
    once: (work, meanwhile) => inOne(account, work, meanwhile),
    remember: async () => (isTried ? ok(undefined) : inOne(undefined, async () => ok(undefined))),
  };
}

type KnownKey = Signer & { readonly revoked: boolean };

async function keyOf(
  { jws, request }: ParsedRequest,
  signers: readonly SignerKind[],
  body: Uint8Array,
  storage: Storage,
): Promise<KnownKey | undefined> {
  const { kid } = jws;
  if (signers.includes('genesis')) return genesisKey(kid, request.acct, body);
  if (signers.includes('recovery')) {
    if (request.acct !== undefined) return undefined;
    const found = await storage.ask(({ unlockers }) => unlockers.byRecoveryKid(kid));
    if (found?.unlocker.kind !== 'recovery') return undefined;
    return { kind: 'recovery', kid, account: found.account, key: found.unlocker.key, revoked: false };
  }
  const account = request.acct;
  if (account === undefined) return undefined;
  const signer = await storage.ask(({ admission }) => admission.signer(account, kid));
  if (signer === undefined || !signers.includes(signer.kind)) return undefined;
  return { kind: signer.kind, kid, account, key: signer.key, revoked: signer.revoked };
}

/** The account key that a genesis names; whether the genesis holds together is judged when the account opens. */
async function genesisKey(
  kid: Kid,
  account: AccountId | undefined,
  body: Uint8Array,
): Promise<KnownKey | undefined> {
  const request = parseCreateAccountRequest(body);
  const genesis = request.ok ? await parseCommit(request.value.genesis) : request;
  if (!genesis.ok || genesis.value.commit.kind !== 'genesis') return undefined;
  const { commit } = genesis.value;
  const key = commit.gen.account;
  if (commit.acct !== account || kid !== (await kidOf(key))) return undefined;
  return { kind: 'genesis', kid, account, key, revoked: false };
}

function refused(): Result<never> {
  return failed(new BackpackError('unauthorized'));
}

/** The base point of the curve: a good key whose secret is worth nothing here. */
const someKey = 'WGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmY' as SigningKey;
