import { describe, expect, it } from 'vitest';
import { readArchiveSignature, signArchive } from '../archive/archive-index.ts';
import { instantOf, type Sha256 } from '../model/brands.ts';
import { utf8 } from '../model/bytes.ts';
import { authorizationScheme } from '../protocol/call.ts';
import { parseSignedRequest, signRequest } from '../protocol/signed-request.ts';
import { didOfIdentity } from '../publish/identity-did.ts';
import { parseManifest, signManifest, verifyManifest } from '../publish/manifest.ts';
import { readSuccession, signSuccession } from '../publish/succession.ts';
import { seeded } from '../testing/seeded.ts';
import { tokenTricks } from '../testing/token-tricks.ts';
import { newAccount } from './account.ts';
import { beginChain, type Chain, extendChain } from './chain.ts';
import { type CommitOf, parseCommit, signCommit } from './commit.ts';
import { type Signer, signCompactJws, verifyCompactJws } from './compact-jws.ts';
import { deviceSigner, newDeviceKeys } from './device-keys.ts';
import { rootKeysOf } from './key-schedule.ts';

/*
 * Every place where this domain reads a token of ours, for the browser and for the server alike, and the same tricks at
 * each. What the server's own doors make of them is in `companion-server/token-tricks.test.ts`.
 */
const random = seeded(12);
const at = instantOf(Date.UTC(2026, 4, 5));
const bytes = (count: number) => new Uint8Array(random(count));

const deviceKeys = await newDeviceKeys();
const device = await deviceSigner(deviceKeys);
const account = await newAccount(bytes(32), bytes(16), deviceKeys.device, random);
const next = await rootKeysOf(bytes(32));
const { root, acct } = account;
const stranger = (await rootKeysOf(bytes(32))).account;
const chain = await chainOf(account.genesis);
const place = { v: 1, acct, n: 1, prev: chain.head.h } as const;
const { keyring, unlockers, keyHead: prevKey } = chain;
const key: CommitOf<'key'>['key'] = { prevKey, keyring, boxes: {}, unlockers };
const entry = { id: 'A'.repeat(43) as Sha256, rev: 1, h: 'A'.repeat(43) as Sha256, len: 545 };
const succession = await signSuccession(root.identity, next.identity, at);
const index = utf8('{}');

async function chainOf(genesis: string): Promise<Chain> {
  const parsed = await parseCommit(genesis);
  const begun = parsed.ok ? await beginChain(parsed.value) : parsed;
  if (!begun.ok) throw new TypeError('no chain');
  return begun.value;
}
async function followsChain(token: string): Promise<boolean> {
  const parsed = await parseCommit(token);
  return parsed.ok && (await extendChain(chain, parsed.value)).ok;
}

type Place = {
  readonly name: string;
  readonly signer: Signer;
  readonly good: string;
  /** whether it is believed */
  readonly reads: (token: string) => Promise<boolean>;
};

const places: readonly Place[] = [
  {
    name: 'a request',
    signer: device,
    good: (
      await signRequest(
        { method: 'GET', address: 'https://x.example/v1/log', nonce: 'n', account: acct },
        device,
        { random, clock: () => at },
      )
    ).slice(authorizationScheme.length + 1),
    reads: async (token) => {
      const request = parseSignedRequest(`${authorizationScheme} ${token}`);
      // Whose key it is, the name in its header says.
      if (!request.ok || request.value.jws.kid !== device.kid) return false;
      return verifyCompactJws(request.value.jws, device.key);
    },
  },
  {
    name: 'a genesis',
    signer: root.account,
    good: account.genesis,
    reads: async (token) => {
      const parsed = await parseCommit(token);
      return parsed.ok && (await beginChain(parsed.value)).ok;
    },
  },
  {
    name: 'a commit of records',
    signer: device,
    good: await signCommit({ ...place, kind: 'data', recs: [entry] }, device),
    reads: followsChain,
  },
  {
    name: 'a snapshot',
    signer: device,
    good: await signCommit({ ...place, kind: 'snapshot', snap: { count: 0, h: entry.h } }, device),
    reads: followsChain,
  },
  {
    name: 'a return to a log that lost some',
    signer: device,
    good: await signCommit({ ...place, kind: 'rejoin', over: chain.head }, device),
    reads: followsChain,
  },
  {
    name: 'a change of keys',
    signer: root.account,
    good: await signCommit({ ...place, kind: 'key', key }, root.account),
    reads: followsChain,
  },
  {
    name: 'the proof of a new root',
    signer: next.account,
    good: await signCompactJws('backpack-root', { acct, account: next.account.key }, next.account),
    reads: async (proof) => {
      const moved = {
        account: next.account.key,
        identity: next.identity.key,
        inbox: next.inbox.key,
        proof,
      };
      return followsChain(
        await signCommit({ ...place, kind: 'key', key: { ...key, root: moved } }, root.account),
      );
    },
  },
  {
    name: 'a manifest',
    signer: root.identity,
    good: await signManifest(
      {
        v: 1,
        sub: didOfIdentity(root.identity.key),
        handle: 'mia' as never,
        seq: 1,
        prev: null,
        at,
        consent: 'publish-1',
        mark: entry.h,
        name: 'Mia',
        collections: [{ slug: 'all', title: 'All', listed: true, items: [] }],
      },
      root.identity,
    ),
    reads: async (token) => {
      const parsed = await parseManifest(token);
      return parsed.ok && verifyManifest(parsed.value, root.identity.key);
    },
  },
  {
    name: 'a succession by the old identity',
    signer: root.identity,
    good: succession.old,
    reads: async (token) => (await readSuccession({ ...succession, old: token })) !== undefined,
  },
  {
    name: 'a succession by the new identity',
    signer: next.identity,
    good: succession.new,
    reads: async (token) => (await readSuccession({ ...succession, new: token })) !== undefined,
  },
  {
    name: 'the signature of an archive',
    signer: device,
    good: await signArchive(index, device, account.keys.blind),
    reads: async (token) => (await readArchiveSignature(token, index)).ok,
  },
];

describe.each(places)('a token that is $name (T12)', ({ good, signer, reads }) => {
  it('is believed, and no trick with it', async () => {
    const tricks = await tokenTricks(good, signer, stranger);
    expect(new Set(tricks.map(({ token }) => token)).size).toBeGreaterThanOrEqual(80);
    expect(await reads(good)).toBe(true);
    const believed = [];
    for (const { name, token } of tricks) if (await reads(token)) believed.push(name);
    expect(believed).toEqual([]);
  });
});
