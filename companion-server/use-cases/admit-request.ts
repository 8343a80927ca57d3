import { createHmac } from 'node:crypto';
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
import { kidOf, verifyCompactJws } from '../../shared/sync/compact-jws.ts';
import type { SigningKey } from '../../shared/sync/shapes.ts';
import type { AccountId, Storage } from '../storage/storage.ts';
import type { Nonces } from './nonces.ts';
import { countEvent, type Rate, type RateDeps, tooMany } from './rates.ts';

/** Who signed an admitted request. `account` of a recovery code: the one whose wrap it asks for. */
export type Signer = { readonly kind: SignerKind; readonly account: AccountId; readonly kid: Kid };

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
 * signed, nonce, and last that it was never seen before. `signers`: the kinds of key that the call takes; `rates`:
 * what is counted by account or key, in the transaction that remembers the request.
 * Errors: `revoked`, `too-many-requests`, and for everything else alike `unauthorized`.
 */
export async function admitRequest(
  came: CameRequest,
  signers: readonly SignerKind[],
  rates: readonly Rate[],
  deps: AdmissionDeps,
): Promise<Result<Signer>> {
  const parsed = parseSignedRequest(came.authorization ?? '');
  if (!parsed.ok) return refused();
  const { jws, request } = parsed.value;
  const known = await keyOf(parsed.value, signers, came.body, deps.storage);
  // An unknown key costs the same work as a known one.
  const isGenuine = await verifyCompactJws(jws, known?.key ?? someKey);
  if (known === undefined || !isGenuine) return refused();
  if (known.revoked) return failed(new BackpackError('revoked'));
  if (!(await requestMatches(request, came)) || !deps.nonces.isLive(request.nonce)) return refused();
  const until = instantOf(millisecondsOf(deps.clock()) + requestIdLifetimeSeconds * 1000);
  // What is remembered outlives a deleted account, and must not name its keys.
  const blinded = createHmac('sha256', deps.pepper).update(`seen|${jws.kid}`).digest('base64url');
  const exceeded = await deps.storage.write<Rate | undefined>(undefined, async (session) => {
    if (!(await session.admission.rememberRequest(blinded, request.jti, until))) return refused();
    for (const rate of rates) {
      const subject = rate.per === 'account' ? known.account : rate.per === 'signer' ? jws.kid : undefined;
      // A success of the transaction, so that the request stays remembered and counted.
      if (subject !== undefined && !(await countEvent(session, rate, subject, deps))) return ok(rate);
    }
    return ok(undefined);
  });
  if (!exceeded.ok) return exceeded;
  if (exceeded.value !== undefined) return failed(tooMany(exceeded.value, deps.clock));
  return ok({ kind: known.kind, account: known.account, kid: jws.kid });
}

type KnownKey = Signer & { readonly key: SigningKey; readonly revoked: boolean };

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
    const found = await storage.read(({ unlockers }) => unlockers.byRecoveryKid(kid));
    if (found?.unlocker.kind !== 'recovery') return undefined;
    return { kind: 'recovery', kid, account: found.account, key: found.unlocker.key, revoked: false };
  }
  const account = request.acct;
  if (account === undefined) return undefined;
  const signer = await storage.read(({ admission }) => admission.signer(account, kid));
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
