import { createCipheriv, randomBytes } from 'node:crypto';
import { companionAt } from '../../extension/companion.ts';
import { exchange } from '../../extension/companion-exchange.ts';
import { keptFields } from '../../extension/store/badge-fields.ts';
import { instantOf, parseUrl } from '../../shared/model/brands.ts';
import { base64UrlOf, sha256Of } from '../../shared/model/bytes.ts';
import { logBodyOf } from '../../shared/protocol/log.ts';
import { beginLink, newAccount } from '../../shared/sync/account.ts';
import { splitBlob } from '../../shared/sync/blobs.ts';
import { beginChain } from '../../shared/sync/chain.ts';
import { parseCommit } from '../../shared/sync/commit.ts';
import { deviceSigner, newDeviceKeys } from '../../shared/sync/device-keys.ts';
import { emptyDoc, withFields } from '../../shared/sync/doc.ts';
import { epochsByBox } from '../../shared/sync/epochs.ts';
import type { HeldKeys } from '../../shared/sync/keyring.ts';
import { openRecord } from '../../shared/sync/sealing.ts';
import { nextStamp } from '../../shared/sync/stamp.ts';
import { syncRound } from '../../shared/sync/sync-round.ts';
import type { LogPage, SealedRecord, SyncTransport } from '../../shared/sync/transport.ts';
import { buildIssuer } from '../../shared/testing/build-issuer.ts';
import { fetcherOver } from '../../shared/testing/documents.ts';
import { memorySyncStorage } from '../../shared/testing/memory-sync-storage.ts';
import { fixedClock } from '../../shared/testing/seeded.ts';
import { verifyBadge } from '../../shared/verify/verify-badge.ts';
import type { Fresh } from './sync-fresh-page.ts';
import { usualBadge } from './verify-badges.ts';

const badgesPerCommit = 5;
const random = (bytes: number) => new Uint8Array(randomBytes(bytes));
const clock = () => instantOf(Date.now());

export type FilledAccount = {
  /** all that a fresh device needs to begin */
  readonly fresh: Fresh;
  readonly commits: number;
  readonly records: number;
  /** each page of the log as the server sends it, its records sealed anew with one key */
  readonly pages: readonly Uint8Array[];
  readonly secret: string;
};

/**
 * An account at a real server with badges as a learner claims them: each a document, and the original bytes that it
 * names; five badges to a commit.
 */
export async function fillAccount(server: string, badges: number): Promise<FilledAccount> {
  const url = parseUrl(server);
  if (!url.ok) throw url.error;
  const [root, recovery] = [random(32), random(16)];
  const { device, sign, box } = await newDeviceKeys();
  const account = await newAccount(root, recovery, device, random);
  const { acct, genesis, unlockers, keys, keyring } = account;
  const companion = companionAt(url.value, { exchange, clock, random });
  const speaker = { signer: account.root.account, acct };
  const made = await companion.createAccount({ genesis, unlockers: [...unlockers] }, speaker);
  const commit = await parseCommit(genesis);
  const chain = commit.ok ? await beginChain(commit.value) : undefined;
  if (!made.ok || chain?.ok !== true) throw new Error('no account was made');
  const storage = memorySyncStorage();
  await storage.write((tables) => beginLink(chain.value, tables));
  const signer = await deviceSigner({ device, sign });
  const transport = companion.transport({ signer, acct });
  const issuer = await buildIssuer();
  for (let index = 0; index < badges; index += 1) {
    const { bytes, documents } = await usualBadge('eddsa-rdfc-2022', issuer, index);
    const effects = { fetch: fetcherOver(documents), clock: fixedClock() };
    const verification = await verifyBadge({ kind: 'bytes', bytes }, {}, effects);
    const original = await sha256Of(verification.original);
    const id = `badge|${original}` as const;
    const page = 'academy.example';
    const fields = keptFields({
      at: clock(),
      as: 'claimed',
      verification,
      original,
      page,
      offer: `o|${index}`,
    });
    const doc = withFields(emptyDoc(id), fields, nextStamp('', Date.now(), '0'.repeat(16)));
    await storage.write(async (tables) => {
      await tables.docs.put([doc]);
      await tables.blobs.put(splitBlob(original, verification.original));
      await tables.dirty.put([{ id, mark: id }]);
    });
    if (index % badgesPerCommit !== badgesPerCommit - 1) continue;
    const openEpochs = epochsByBox(device, box);
    const round = await syncRound({ storage, transport, keys, openEpochs, signer, random, clock });
    if (round.kind === 'failed') throw round.error;
    if (round.kind !== 'synced') throw new Error(`a push ended as ${round.kind}`);
  }
  const pages = await pagesOf(transport);
  const secret = random(32);
  return {
    fresh: { server, acct, root: base64UrlOf(root), keyring },
    commits: pages.reduce((sum, { commits }) => sum + commits.length, 0),
    records: pages.reduce((sum, { records }) => sum + records.length, 0),
    pages: await Promise.all(pages.map((page) => sealedAnew(page, keys, secret))),
    secret: base64UrlOf(secret),
  };
}

async function pagesOf(transport: SyncTransport): Promise<readonly LogPage[]> {
  const pages: LogPage[] = [];
  for (let after = -1; ; ) {
    const page = await transport.pull({ after, limit: 200 });
    if (!page.ok) throw page.error;
    pages.push(page.value);
    after += page.value.commits.length;
    if (!page.value.more) return pages;
  }
}

/** The same page byte for byte in length, and the same plain bytes in its records. */
async function sealedAnew(page: LogPage, keys: HeldKeys, secret: Uint8Array): Promise<Uint8Array> {
  const records = await Promise.all(
    page.records.map(async (record): Promise<SealedRecord> => {
      const content = await openRecord(keys, record, record.bytes);
      if (!content.ok) throw content.error;
      const plain = new Uint8Array(record.bytes.length - 33);
      plain.set(content.value.bytes, 5);
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', secret, iv);
      const parts = [new Uint8Array(5), iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()];
      return { ...record, bytes: new Uint8Array(Buffer.concat(parts)) };
    }),
  );
  return logBodyOf({ ...page, records });
}
