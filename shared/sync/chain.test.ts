import { describe, expect, it } from 'vitest';
import { utf8 } from '../model/bytes.ts';
import { maxDevices } from '../model/limits.ts';
import { seeded } from '../testing/seeded.ts';
import { newAccount } from './account.ts';
import { beginChain, type Chain, extendChain } from './chain.ts';
import { type Commit, parseCommit, signCommit } from './commit.ts';
import { signCompactJws } from './compact-jws.ts';
import { deviceSigner, newDeviceKeys } from './device-keys.ts';
import { enrolDevice } from './key-commits.ts';
import { rootKeysOf } from './key-schedule.ts';

const first = await newDeviceKeys();
const second = await newDeviceKeys();
const account = await newAccount(new Uint8Array(seeded(1)(32)), new Uint8Array(16), first.device, seeded(2));
const genesis = await parsed(account.genesis);
const chain = await begun();

async function parsed(token: string) {
  const commit = await parseCommit(token);
  if (!commit.ok) throw commit.error;
  return commit.value;
}
async function begun(): Promise<Chain> {
  const result = await beginChain(genesis);
  if (!result.ok) throw new TypeError(result.error);
  return result.value;
}
async function follow(from: Chain, token: string) {
  return extendChain(from, await parsed(token));
}
async function followed(from: Chain, token: string): Promise<Chain> {
  const result = await follow(from, token);
  if (!result.ok) throw new TypeError(result.error);
  return result.value;
}
function snapshot(from: Chain): Commit {
  const { acct, head } = from;
  return { v: 1, acct, n: head.n + 1, prev: head.h, kind: 'snapshot', snap: { count: 0, h: head.h } };
}
function keyChange(from: Chain, key: Partial<Extract<Commit, { kind: 'key' }>['key']>): Commit {
  const { acct, head, keyHead, keyring, unlockers } = from;
  return {
    v: 1,
    acct,
    n: head.n + 1,
    prev: head.h,
    kind: 'key',
    key: { prevKey: keyHead, keyring, boxes: {}, unlockers, ...key },
  };
}

describe('a chain', () => {
  it('begins with a genesis of its own account', async () => {
    expect(chain).toMatchObject({
      acct: account.acct,
      devices: [first.device],
      head: { n: 0, h: genesis.hash },
    });
    const { commit } = genesis;
    if (commit.kind !== 'genesis') throw new TypeError('no genesis');
    const stranger = await rootKeysOf(new Uint8Array(32));
    const byStranger = await parsed(await signCommit(commit, stranger.account));
    expect(await beginChain(byStranger)).toEqual({ ok: false, error: 'not-enrolled' });
    const moved = { ...commit, gen: { ...commit.gen, account: stranger.account.key } };
    expect(await beginChain(await parsed(await signCommit(moved, stranger.account)))).toEqual({
      ok: false,
      error: 'other-account',
    });
    const misnamed = {
      ...commit,
      gen: { ...commit.gen, device: { ...first.device, kid: second.device.kid } },
    };
    expect(await beginChain(await parsed(await signCommit(misnamed, account.root.account)))).toEqual({
      ok: false,
      error: 'bad-key-change',
    });
  });

  it('takes commits of enrolled devices alone, in their place (T4)', async () => {
    const good = await signCommit(snapshot(chain), await deviceSigner(first));
    expect((await followed(chain, good)).head.n).toBe(1);
    const stranger = await signCommit(snapshot(chain), await deviceSigner(second));
    expect(await follow(chain, stranger)).toEqual({ ok: false, error: 'not-enrolled' });
    const pretended = await signCommit(snapshot(chain), {
      ...(await deviceSigner(second)),
      kid: first.device.kid,
    });
    expect(await follow(chain, pretended)).toEqual({ ok: false, error: 'bad-signature' });
    expect(await follow(await followed(chain, good), good)).toEqual({ ok: false, error: 'out-of-place' });
    const later = await signCommit({ ...snapshot(chain), n: 2 } as Commit, await deviceSigner(first));
    expect(await follow(chain, later)).toEqual({ ok: false, error: 'out-of-place' });
    const byAccount = await signCommit(snapshot(chain), account.root.account);
    expect(await follow(chain, byAccount)).toEqual({ ok: false, error: 'not-enrolled' });
  });

  it('enrols a device by the account key, and revokes it for good', async () => {
    const added = await followed(chain, await enrolDevice(chain, second.device, account.root));
    expect(added.devices).toHaveLength(2);
    const written = await followed(added, await signCommit(snapshot(added), await deviceSigner(second)));
    const revoke = await signCommit(keyChange(written, { revoke: second.device.kid }), account.root.account);
    const revoked = await followed(written, revoke);
    const late = await signCommit(snapshot(revoked), await deviceSigner(second));
    expect(await follow(revoked, late)).toEqual({ ok: false, error: 'revoked' });
    const again = await enrolDevice(revoked, second.device, account.root);
    expect(await follow(revoked, again)).toEqual({ ok: false, error: 'bad-key-change' });
  });

  it('refuses key changes that do not hold together', async () => {
    const changes = [
      keyChange(chain, { add: first.device }),
      keyChange(chain, { revoke: second.device.kid }),
      keyChange(chain, { add: { ...second.device, kid: account.root.account.kid } }),
    ];
    for (const change of changes)
      expect(await follow(chain, await signCommit(change, account.root.account))).toEqual({
        ok: false,
        error: 'bad-key-change',
      });
    const spliced = keyChange(chain, { prevKey: chain.unlockers, add: second.device });
    expect(await follow(chain, await signCommit(spliced, account.root.account))).toEqual({
      ok: false,
      error: 'out-of-place',
    });
    const byDevice = await signCommit(keyChange(chain, { add: second.device }), await deviceSigner(first));
    expect(await follow(chain, byDevice)).toEqual({ ok: false, error: 'not-enrolled' });
  });

  it(`takes ${maxDevices} devices and no more`, async () => {
    let full = chain;
    for (let count = 1; count < maxDevices; count += 1)
      full = await followed(full, await enrolDevice(full, (await newDeviceKeys()).device, account.root));
    const more = await enrolDevice(full, (await newDeviceKeys()).device, account.root);
    expect(await follow(full, more)).toEqual({ ok: false, error: 'bad-key-change' });
  });

  it('moves to a new root only with the proof of who holds it (T6)', async () => {
    const next = await rootKeysOf(new Uint8Array(seeded(9)(32)));
    const proofBy = (signer: typeof next.account) =>
      signCompactJws('backpack-root', { acct: chain.acct, account: next.account.key }, signer);
    const rootOf = async (signer: typeof next.account) => ({
      account: next.account.key,
      identity: next.identity.key,
      inbox: next.inbox.key,
      proof: await proofBy(signer),
    });
    const good = await signCommit(
      keyChange(chain, { root: await rootOf(next.account) }),
      account.root.account,
    );
    const moved = await followed(chain, good);
    expect(moved).toMatchObject({ acct: chain.acct, account: next.account.key });
    const unproven = await signCommit(
      keyChange(chain, { root: await rootOf(account.root.account) }),
      account.root.account,
    );
    expect(await follow(chain, unproven)).toEqual({ ok: false, error: 'bad-key-change' });
    const byOldRoot = await enrolDevice(moved, second.device, account.root);
    expect(await follow(moved, byOldRoot)).toEqual({ ok: false, error: 'not-enrolled' });
  });

  it('reads a rejoin, and refuses what has members of another kind', async () => {
    const { acct, head } = chain;
    const rejoin = { v: 1, acct, n: 1, prev: head.h, kind: 'rejoin', over: { n: 9, h: head.h } } as const;
    expect((await followed(chain, await signCommit(rejoin, await deviceSigner(first)))).head.n).toBe(1);
    const mixed = { ...rejoin, snap: { count: 0, h: head.h } };
    const refused = await parseCommit(await signCommit(mixed as Commit, await deviceSigner(first)));
    expect(refused.ok ? 'accepted' : refused.error.code).toBe('refused-commit');
  });

  it.each<[string, object]>([
    ['no records', { recs: [] }],
    ['101 records', { recs: Array.from({ length: 101 }, (_, index) => entry(index)) }],
    ['a record twice', { recs: [entry(1), entry(1)] }],
    ['revision 0', { recs: [{ ...entry(1), rev: 0 }] }],
    ['a record above its ceiling', { recs: [{ ...entry(1), len: 512 * 1024 + 34 }] }],
    ['another version', { recs: [entry(1)], v: 2 }],
    ['a fraction as number', { recs: [entry(1)], n: 1.5 }],
  ])('refuses a data commit with %s (T33)', async (_, change) => {
    const { acct, head } = chain;
    const commit = { v: 1, acct, n: 1, prev: head.h, kind: 'data', ...change };
    const refused = await parseCommit(await signCommit(commit as Commit, await deviceSigner(first)));
    expect(refused.ok ? 'accepted' : refused.error.code).toBe('refused-commit');
  });

  it('takes a data commit of 100 records', async () => {
    const { acct, head } = chain;
    const recs = Array.from({ length: 100 }, (_, index) => entry(index));
    const token = await signCommit(
      { v: 1, acct, n: 1, prev: head.h, kind: 'data', recs },
      await deviceSigner(first),
    );
    expect((await followed(chain, token)).head.n).toBe(1);
    expect(utf8(token).length).toBeLessThan(64 * 1024);
  });
});

function entry(index: number) {
  const id = genesis.hash.slice(0, 38) + index.toString().padStart(4, '0') + genesis.hash.slice(-1);
  return { id: id as typeof genesis.hash, rev: 1, h: genesis.hash, len: 545 };
}
