import type { Kid, Sha256 } from '../model/brands.ts';
import { base64UrlOf, bytesOfBase64Url, sha256 } from '../model/bytes.ts';
import { maxDevices } from '../model/limits.ts';
import { failed, ok, type Result } from '../model/result.ts';
import type { CommitOf, Device, ParsedCommit } from './commit.ts';
import { type CompactJws, kidOf, parseCompactJws, verifyCompactJws } from './compact-jws.ts';
import type { AccountId, BoxKey, LogHead, SigningKey } from './shapes.ts';

/**
 * What an account's log proves so far: who may write, and where the log has got to.
 * Plain data, so that it is kept as it is. Whoever holds it takes nobody's word for who is enrolled (design §4).
 */
export type Chain = {
  readonly acct: AccountId;
  readonly account: SigningKey;
  readonly identity: SigningKey;
  readonly inbox: BoxKey;
  readonly devices: readonly Device[];
  readonly revoked: readonly Kid[];
  /** sealed under the vault key, as the newest key commit has it */
  readonly keyring: string;
  /** hash of the newest set of unlockers */
  readonly unlockers: Sha256;
  readonly head: LogHead;
  /** hash of the newest key commit, or of the genesis */
  readonly keyHead: Sha256;
  /** number of the newest snapshot; absent before the first */
  readonly snapshot?: number;
};

/**
 * Why a commit does not follow. `out-of-place`: number or `prev` are not the next; `not-enrolled`, `revoked`: its
 * signer; `bad-signature`; `other-account`; `bad-key-change`: an enrolment that does not hold together.
 */
export type ChainFault =
  | 'out-of-place'
  | 'not-enrolled'
  | 'revoked'
  | 'bad-signature'
  | 'other-account'
  | 'bad-key-change';

/** Starts a chain at its genesis: self-signed by the account key whose hash is the account's name. */
export async function beginChain(genesis: ParsedCommit): Promise<Result<Chain, ChainFault>> {
  const { commit, jws, hash } = genesis;
  if (commit.kind !== 'genesis') return failed('out-of-place');
  const { account, identity, inbox, device, keyring, unlockers } = commit.gen;
  if (commit.acct !== (await accountIdOf(account))) return failed('other-account');
  if (jws.kid !== (await kidOf(account))) return failed('not-enrolled');
  if (device.kid !== (await kidOf(device.sign))) return failed('bad-key-change');
  if (!(await verifyCompactJws(jws, account))) return failed('bad-signature');
  const head = { n: 0, h: hash };
  return ok({
    acct: commit.acct,
    account,
    identity,
    inbox,
    devices: [device],
    revoked: [],
    keyring,
    unlockers,
    head,
    keyHead: hash,
  });
}

/** Whether `key` made a signature. */
export type IsSignedBy = (jws: CompactJws, key: SigningKey) => boolean | Promise<boolean>;

/**
 * The chain with one more commit: it follows the head, and its signer was allowed to write it at that point.
 * Records, their revisions and bytes are judged by whoever keeps them.
 * `isSignedBy`: where a host looks at signatures in its own way, or has already.
 */
export async function extendChain(
  chain: Chain,
  next: ParsedCommit,
  isSignedBy: IsSignedBy = verifyCompactJws,
): Promise<Result<Chain, ChainFault>> {
  const { commit } = next;
  if (commit.acct !== chain.acct) return failed('other-account');
  if (commit.n !== chain.head.n + 1 || commit.prev !== chain.head.h) return failed('out-of-place');
  return takeCommit(chain, next, isSignedBy);
}

/**
 * The chain with one more of what outlives compaction: the genesis, all key commits, and the snapshot last. The key
 * commits form a chain of their own; that none is missing at its end the snapshot itself says, once its records are
 * there (`snapshotOf`).
 */
export async function extendToSnapshot(
  chain: Chain | undefined,
  next: ParsedCommit,
): Promise<Result<Chain, ChainFault>> {
  if (chain === undefined) return beginChain(next);
  const { commit } = next;
  if (commit.acct !== chain.acct) return failed('other-account');
  const follows = commit.n === chain.head.n + 1 ? commit.prev === chain.head.h : commit.n > chain.head.n;
  const outlives = commit.kind === 'key' || commit.kind === 'snapshot';
  if (!follows || !outlives || chain.snapshot !== undefined) return failed('out-of-place');
  return takeCommit(chain, next, verifyCompactJws);
}

/** The chain with a commit whose place has been judged. */
async function takeCommit(
  chain: Chain,
  { commit, jws, hash }: ParsedCommit,
  isSignedBy: IsSignedBy,
): Promise<Result<Chain, ChainFault>> {
  const head = { n: commit.n, h: hash };
  if (commit.kind === 'key') {
    if (jws.kid !== (await kidOf(chain.account))) return failed('not-enrolled');
    if (!(await isSignedBy(jws, chain.account))) return failed('bad-signature');
    const changed = await changeKeys(chain, commit);
    return changed.ok ? ok({ ...changed.value, head, keyHead: hash }) : changed;
  }
  const signer = chain.devices.find((device) => device.kid === jws.kid);
  if (signer === undefined) return failed(chain.revoked.includes(jws.kid) ? 'revoked' : 'not-enrolled');
  if (!(await isSignedBy(jws, signer.sign))) return failed('bad-signature');
  return ok(commit.kind === 'snapshot' ? { ...chain, head, snapshot: commit.n } : { ...chain, head });
}

/** The name of the account that begins with this key. Source: design §2. */
export async function accountIdOf(account: SigningKey): Promise<AccountId> {
  return base64UrlOf(await sha256(bytesOfBase64Url(account) ?? new Uint8Array())) as AccountId;
}

async function changeKeys(chain: Chain, commit: CommitOf<'key'>): Promise<Result<Chain, ChainFault>> {
  const { prevKey, add, revoke, root, keyring, unlockers } = commit.key;
  if (prevKey !== chain.keyHead) return failed('out-of-place');
  let { devices, revoked } = chain;
  if (revoke !== undefined) {
    if (!devices.some((device) => device.kid === revoke)) return failed('bad-key-change');
    devices = devices.filter((device) => device.kid !== revoke);
    revoked = [...revoked, revoke];
  }
  if (add !== undefined) {
    const known = revoked.includes(add.kid) || devices.some((device) => device.kid === add.kid);
    if (known || devices.length >= maxDevices) return failed('bad-key-change');
    if (add.kid !== (await kidOf(add.sign))) return failed('bad-key-change');
    devices = [...devices, add];
  }
  if (root === undefined) return ok({ ...chain, devices, revoked, keyring, unlockers });
  if (!(await provesRoot(chain.acct, root.account, root.proof))) return failed('bad-key-change');
  const { account, identity, inbox } = root;
  return ok({ ...chain, account, identity, inbox, devices, revoked, keyring, unlockers });
}

async function provesRoot(acct: AccountId, account: SigningKey, proof: string): Promise<boolean> {
  const jws = parseCompactJws(proof, 'backpack-root', 2048);
  if (!jws.ok || jws.value.kid !== (await kidOf(account))) return false;
  if (Object.keys(jws.value.payload).length !== 2) return false;
  if (jws.value.payload['acct'] !== acct || jws.value.payload['account'] !== account) return false;
  return verifyCompactJws(jws.value, account);
}
