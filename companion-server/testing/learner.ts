import { randomBytes } from 'node:crypto';
import { request as send } from 'node:http';
import { instantOf, type Sha256 } from '../../shared/model/brands.ts';
import { type Bytes, base64UrlOf, sha256Of, utf8 } from '../../shared/model/bytes.ts';
import type { Json, JsonObject } from '../../shared/model/json.ts';
import { createAccount } from '../../shared/protocol/accounts.ts';
import { nonceHeader } from '../../shared/protocol/call.ts';
import { pushBodyOf, pushCommit } from '../../shared/protocol/commits.ts';
import { signRequest } from '../../shared/protocol/signed-request.ts';
import { accountIdOf } from '../../shared/sync/chain.ts';
import { type CommitOf, commitHashOf, type Device, signCommit } from '../../shared/sync/commit.ts';
import { kidOf, type Signer } from '../../shared/sync/compact-jws.ts';
import type { AccountId, BoxKey, LogHead, SigningKey } from '../../shared/sync/shapes.ts';
import { type KeptUnlocker, unlockersHashOf } from '../../shared/sync/unlocker.ts';

export const random = (bytes: number): Bytes => new Uint8Array(randomBytes(bytes));
export const clock = () => instantOf(Date.now());

/** A fresh Ed25519 key that signs. */
export async function newSigner(): Promise<Signer> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const key = base64UrlOf(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))) as SigningKey;
  return {
    kid: await kidOf(key),
    key,
    sign: async (bytes: Bytes) => new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, bytes)),
  };
}

export async function newBoxKey(): Promise<BoxKey> {
  const pair = (await crypto.subtle.generateKey('X25519', true, ['deriveBits'])) as CryptoKeyPair;
  return base64UrlOf(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))) as BoxKey;
}

export async function newDevice(): Promise<{ signer: Signer; device: Device }> {
  const signer = await newSigner();
  return { signer, device: { kid: signer.kid, sign: signer.key, box: await newBoxKey() } };
}

export type Reply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly json: JsonObject;
};

export type Sending = {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
};

/** One plain HTTP request, with the path exactly as given. */
export function ask(address: string, method: string, path: string, sending: Sending = {}): Promise<Reply> {
  const { hostname: host, port } = new URL(address);
  const headers = { ...sending.headers };
  // Node sends a body with DELETE only where its length is said.
  if (sending.body !== undefined && headers['transfer-encoding'] === undefined)
    headers['content-length'] = String(sending.body.length);
  return new Promise((resolve, reject) => {
    const request = send({ host, port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        const isJson = response.headers['content-type'] === 'application/json' && body.length > 0;
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body,
          json: isJson ? (JSON.parse(body.toString()) as JsonObject) : {},
        });
      });
    });
    request.on('error', reject);
    request.end(sending.body);
  });
}

export type Target = { readonly address: string; readonly origin: string };

export async function freshNonce(target: Target): Promise<string> {
  const { headers } = await ask(target.address, 'HEAD', '/v1/nonce');
  return String(headers[nonceHeader.toLowerCase()]);
}

export type SignedCall = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: Uint8Array;
  readonly account?: AccountId;
  readonly headers?: Readonly<Record<string, string>>;
};

/** The `Authorization` header of a call, over a nonce of the target. */
export async function authorize(
  target: Target,
  signer: Signer,
  call: SignedCall,
  nonce?: string,
): Promise<string> {
  return signRequest(
    {
      method: call.method,
      address: `${target.origin}${call.path}`,
      nonce: nonce ?? (await freshNonce(target)),
      ...(call.body === undefined ? {} : { body: call.body }),
      ...(call.account === undefined ? {} : { account: call.account }),
    },
    signer,
    { random, clock },
  );
}

export async function askSigned(target: Target, signer: Signer, call: SignedCall): Promise<Reply> {
  const authorization = await authorize(target, signer, call);
  return ask(target.address, call.method, call.path, {
    headers: { ...call.headers, authorization },
    ...(call.body === undefined ? {} : { body: call.body }),
  });
}

export function jsonBody(value: Json): Bytes {
  return utf8(JSON.stringify(value));
}

export type NewRecord = { readonly id: Sha256; readonly rev: number; readonly bytes: Uint8Array };

/** A learner's account with one device, spoken for over real HTTP; keys and texts are real, contents are noise. */
export class Learner {
  readonly target: Target;
  readonly id: AccountId;
  readonly account: Signer;
  readonly identity: Signer;
  readonly recovery: Signer;
  readonly device: Signer;
  readonly genesis: string;
  readonly unlockers: KeptUnlocker[];
  head: LogHead;
  keyHead: Sha256;

  private constructor(
    parts: Omit<
      Learner,
      'keyHead' | 'call' | 'open' | 'push' | 'addUnlocker' | 'dataCommit' | 'keyCommit' | 'pushToken'
    >,
  ) {
    this.target = parts.target;
    this.id = parts.id;
    this.account = parts.account;
    this.identity = parts.identity;
    this.recovery = parts.recovery;
    this.device = parts.device;
    this.genesis = parts.genesis;
    this.unlockers = parts.unlockers;
    this.head = parts.head;
    this.keyHead = parts.head.h;
  }

  /** Makes the keys and the genesis; nothing is sent. */
  static async prepare(target: Target): Promise<Learner> {
    const [account, identity, recovery, { signer: device, device: enrolled }] = await Promise.all([
      newSigner(),
      newSigner(),
      newSigner(),
      newDevice(),
    ]);
    const unlocker = {
      id: base64UrlOf(random(16)),
      kind: 'recovery' as const,
      key: recovery.key,
      wrap: base64UrlOf(random(60)),
    };
    const id = await accountIdOf(account.key);
    const commit: CommitOf<'genesis'> = {
      v: 1,
      acct: id,
      n: 0,
      prev: null,
      kind: 'genesis',
      gen: {
        account: account.key,
        identity: identity.key,
        inbox: await newBoxKey(),
        device: enrolled,
        keyring: base64UrlOf(random(100)),
        unlockers: await unlockersHashOf([unlocker]),
      },
    };
    const genesis = await signCommit(commit, account);
    const head = { n: 0, h: await commitHashOf(genesis) };
    return new Learner({
      target,
      id,
      account,
      identity,
      recovery,
      device,
      genesis,
      unlockers: [unlocker],
      head,
    });
  }

  static async create(target: Target): Promise<Learner> {
    const learner = await Learner.prepare(target);
    const reply = await learner.open();
    if (reply.status !== 201)
      throw new Error(`the account was not opened: ${reply.status} ${reply.body.toString()}`);
    return learner;
  }

  open(): Promise<Reply> {
    const body = jsonBody({ genesis: this.genesis, unlockers: this.unlockers });
    const { method, path } = createAccount;
    return askSigned(this.target, this.account, { method, path, body, account: this.id });
  }

  call(signer: Signer, call: SignedCall): Promise<Reply> {
    return askSigned(this.target, signer, { account: this.id, ...call });
  }

  async dataCommit(
    records: readonly NewRecord[],
    change: Partial<CommitOf<'data'>> = {},
    signer = this.device,
  ): Promise<string> {
    const recs = await Promise.all(
      records.map(async ({ id, rev, bytes }) => ({ id, rev, h: await sha256Of(bytes), len: bytes.length })),
    );
    const { n, h } = this.head;
    return signCommit({ v: 1, acct: this.id, n: n + 1, prev: h, kind: 'data', recs, ...change }, signer);
  }

  async keyCommit(key: Partial<CommitOf<'key'>['key']>, signer = this.account): Promise<string> {
    const { n, h } = this.head;
    return signCommit(
      {
        v: 1,
        acct: this.id,
        n: n + 1,
        prev: h,
        kind: 'key',
        key: {
          prevKey: this.keyHead,
          keyring: base64UrlOf(random(100)),
          boxes: {},
          unlockers: await unlockersHashOf(this.unlockers),
          ...key,
        },
      },
      signer,
    );
  }

  /** Adds one with the commit that names it, and moves on where it was taken. */
  async addUnlocker(unlocker: KeptUnlocker): Promise<Reply> {
    const commit = await this.keyCommit({ unlockers: await unlockersHashOf([...this.unlockers, unlocker]) });
    const path = `/v1/unlockers/${unlocker.id}`;
    const body = jsonBody({ unlocker, commit });
    const reply = await this.call(this.account, { method: 'PUT', path, body });
    if (reply.status === 204) {
      this.unlockers.push(unlocker);
      this.head = { n: this.head.n + 1, h: await commitHashOf(commit) };
      this.keyHead = this.head.h;
    }
    return reply;
  }

  pushToken(commit: string, records: readonly Uint8Array[], signer = this.device): Promise<Reply> {
    const body = pushBodyOf({ commit, records });
    return this.call(signer, { method: pushCommit.method, path: pushCommit.path, body });
  }

  /** Pushes records on the head as this learner knows it, and moves on where it was taken. */
  async push(records: readonly NewRecord[]): Promise<Reply> {
    const commit = await this.dataCommit(records);
    const reply = await this.pushToken(
      commit,
      records.map(({ bytes }) => bytes),
    );
    if (reply.status < 300) this.head = { n: this.head.n + 1, h: await commitHashOf(commit) };
    return reply;
  }
}

export function newRecord(size = 545): NewRecord {
  return { id: base64UrlOf(random(32)) as Sha256, rev: 1, bytes: random(size) };
}
