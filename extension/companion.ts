import type { Handle, Sha256, Url } from '../shared/model/brands.ts';
import { textOf, utf8 } from '../shared/model/bytes.ts';
import type { Clock, Random } from '../shared/model/effects.ts';
import { BackpackError, type Facts } from '../shared/model/errors.ts';
import {
  maxErrorBodyBytes,
  maxExportBytes,
  maxManifestBytes,
  maxPageReplyBytes,
  maxSmallBodyBytes,
} from '../shared/model/limits.ts';
import { failed, ok, type Result } from '../shared/model/result.ts';
import {
  type CreateAccountReply,
  type CreateAccountRequest,
  createAccount,
  exportAccount,
  parseCreateAccountReply,
  removeAccount,
} from '../shared/protocol/accounts.ts';
import { type Call, nonceHeader, partsMediaType, pathOf } from '../shared/protocol/call.ts';
import { parsePushReply, pushBodyOf, pushCommit } from '../shared/protocol/commits.ts';
import { parseErrorReply } from '../shared/protocol/errors.ts';
import {
  type HandleReply,
  type HandleRequest,
  parseHandleReply,
  putHandle,
} from '../shared/protocol/handle.ts';
import { logPath, parseLogPage, readLog } from '../shared/protocol/log.ts';
import { emptyMailbox, fillMailbox, parseEmptyMailboxReply } from '../shared/protocol/mailbox.ts';
import { getMeta, headNonce, type MetaReply, parseMetaReply } from '../shared/protocol/meta.ts';
import {
  type PasskeyAssertion,
  parsePasskeyOptionsReply,
  passkeyOptions,
  unlockByPasskey,
} from '../shared/protocol/passkeys.ts';
import {
  deleteManifest,
  ifMatchOf,
  type ManifestReply,
  mainSlug,
  parseManifestReply,
  putManifest,
  putPublishedDocument,
  readManifest,
  readSecretManifest,
} from '../shared/protocol/publishing.ts';
import { signRequest } from '../shared/protocol/signed-request.ts';
import {
  parseSnapshotCommits,
  parseSnapshotPage,
  readSnapshot,
  readSnapshotRecords,
  snapshotPath,
  snapshotRecordsPath,
} from '../shared/protocol/snapshot.ts';
import {
  deleteUnlocker,
  listUnlockers,
  parseListUnlockersReply,
  parseUnlockReply,
  putUnlocker,
  type UnlockReply,
  unlockByRecovery,
} from '../shared/protocol/unlockers.ts';
import type { Signer } from '../shared/sync/compact-jws.ts';
import type { MailboxId } from '../shared/sync/link-offer.ts';
import type { AccountId } from '../shared/sync/shapes.ts';
import type { SyncTransport } from '../shared/sync/transport.ts';
import type { KeptUnlocker } from '../shared/sync/unlocker.ts';
import type { CompanionAnswer, Exchange } from './companion-exchange.ts';

/** Who speaks: a device, the account or the recovery key; `acct` is absent only for the recovery key. */
export type Speaker = { readonly signer: Signer; readonly acct?: AccountId };

/**
 * The learner's server, call by call. Every answer is read by its parser; a refusal is an error with the server's code,
 * `seconds` among its facts where it said how long to wait.
 */
export type Companion = {
  readonly meta: () => Promise<Result<MetaReply>>;
  readonly createAccount: (
    request: CreateAccountRequest,
    speaker: Speaker,
  ) => Promise<Result<CreateAccountReply>>;
  /** deletes the account and all that is kept for it */
  readonly deleteAccount: (speaker: Speaker) => Promise<Result<null>>;
  /** all that the server keeps, as one file */
  readonly exportAccount: (speaker: Speaker) => Promise<Result<Blob>>;
  readonly unlockByRecovery: (speaker: Speaker) => Promise<Result<UnlockReply>>;
  readonly passkeyOptions: () => Promise<Result<{ readonly challenge: string }>>;
  readonly unlockByPasskey: (assertion: PasskeyAssertion) => Promise<Result<UnlockReply>>;
  readonly listUnlockers: (speaker: Speaker) => Promise<Result<readonly KeptUnlocker[]>>;
  /** `commit`: the key commit that names the set with it */
  readonly putUnlocker: (unlocker: KeptUnlocker, commit: string, speaker: Speaker) => Promise<Result<null>>;
  readonly deleteUnlocker: (id: string, commit: string, speaker: Speaker) => Promise<Result<null>>;
  readonly fillMailbox: (mailbox: MailboxId, box: string, speaker: Speaker) => Promise<Result<null>>;
  readonly emptyMailbox: (mailbox: MailboxId) => Promise<Result<string>>;
  readonly transport: (speaker: Speaker) => SyncTransport;
  /** `move`: in the place of the one that the account has */
  readonly putHandle: (request: HandleRequest, speaker: Speaker) => Promise<Result<HandleReply>>;
  readonly putDocument: (hash: Sha256, bytes: Uint8Array, speaker: Speaker) => Promise<Result<null>>;
  /** `from`: the manifest that it follows, 0 for none. `manifest-stale` names the one that stands in its facts. */
  readonly putManifest: (
    token: string,
    from: number,
    speaker: Speaker,
    slug?: string,
  ) => Promise<Result<ManifestReply>>;
  /** the signed list of what a handle shows, or one of its unlisted collections, as text */
  readonly readManifest: (handle: Handle, slug?: string) => Promise<Result<string>>;
  readonly deleteManifest: (from: number, speaker: Speaker, slug?: string) => Promise<Result<null>>;
};

export type CompanionDeps = {
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly random: Random;
  /** told what the server's clock shows, in milliseconds, whenever an answer says so */
  readonly noteServerTime?: (milliseconds: number) => void;
  readonly signal?: AbortSignal;
};

type Sending = {
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly mediaType?: string;
  readonly names?: Readonly<Record<string, string>>;
  /** in place of the call's own path, where it has a query */
  readonly path?: string;
  readonly ifMatch?: number;
  readonly speaker?: Speaker;
  readonly maxBytes?: number;
  readonly asFile?: boolean;
};

/** Speaks with the server at an origin. The nonce of each answer serves the next call, so most need no extra one. */
export function companionAt(server: Url, deps: CompanionDeps): Companion {
  const { origin } = new URL(server);
  let nonce: string | undefined;

  const exchange = async (
    call: Call,
    sending: Sending,
    headers: Readonly<Record<string, string>>,
  ): Promise<Result<CompanionAnswer>> => {
    const answer = await deps.exchange({
      method: call.method,
      address: origin + (sending.path ?? pathOf(call, sending.names)),
      headers,
      maxBytes: sending.maxBytes ?? maxSmallBodyBytes,
      ...(sending.body === undefined ? {} : { body: sending.body }),
      ...(sending.asFile === undefined ? {} : { asFile: sending.asFile }),
      ...(deps.signal === undefined ? {} : { signal: deps.signal }),
    });
    if (!answer.ok) return answer;
    nonce = answer.value.header(nonceHeader) ?? nonce;
    const time = Date.parse(answer.value.header('Date') ?? '');
    if (Number.isFinite(time)) deps.noteServerTime?.(time);
    return answer;
  };

  const sign = async (call: Call, sending: Sending, speaker: Speaker): Promise<Result<CompanionAnswer>> => {
    if (nonce === undefined) {
      const asked = await exchange(headNonce, {}, {});
      if (!asked.ok) return asked;
      // What stands before a server that is away has none to give.
      if (nonce === undefined && asked.value.status >= 400) return refusalOf(asked.value);
      if (nonce === undefined) return failed(new BackpackError('companion-misbehaved', { member: 'nonce' }));
    }
    const authorization = await signRequest(
      {
        method: call.method,
        address: origin + (sending.path ?? pathOf(call, sending.names)),
        nonce,
        ...(sending.body === undefined ? {} : { body: sending.body }),
        ...(speaker.acct === undefined ? {} : { account: speaker.acct }),
      },
      speaker.signer,
      deps,
    );
    return exchange(call, sending, {
      authorization,
      ...(sending.body === undefined ? {} : { 'content-type': sending.mediaType ?? 'application/json' }),
      ...(sending.ifMatch === undefined ? {} : { 'if-match': ifMatchOf(sending.ifMatch) }),
    });
  };

  const answerTo = async (call: Call, sending: Sending = {}): Promise<Result<CompanionAnswer>> => {
    const { speaker } = sending;
    let answer =
      speaker === undefined ? await exchange(call, sending, {}) : await sign(call, sending, speaker);
    // Once more with the fresh nonce that came with the refusal: the old one may only have been too old.
    if (speaker !== undefined && answer.ok && answer.value.status === 401)
      answer = await sign(call, sending, speaker);
    if (!answer.ok) return answer;
    const { status } = answer.value;
    return status >= 200 && status < 300 ? answer : refusalOf(answer.value);
  };

  const say = async (call: Call, sending?: Sending): Promise<Result<Uint8Array>> => {
    const answer = await answerTo(call, sending);
    return answer.ok ? ok(answer.value.bytes) : answer;
  };

  const done = async (call: Call, sending: Sending): Promise<Result<null>> => {
    const said = await say(call, sending);
    return said.ok ? ok(null) : said;
  };

  return {
    meta: async () => read(await say(getMeta), parseMetaReply),
    createAccount: async (request, speaker) =>
      read(await say(createAccount, { speaker, body: jsonOf(request) }), parseCreateAccountReply),
    deleteAccount: (speaker) => done(removeAccount, { speaker }),
    exportAccount: async (speaker) => {
      const answer = await answerTo(exportAccount, { speaker, asFile: true, maxBytes: maxExportBytes });
      if (!answer.ok) return answer;
      const { file } = answer.value;
      return file === undefined ? failed(new BackpackError('companion-misbehaved')) : ok(file);
    },
    unlockByRecovery: async (speaker) => read(await say(unlockByRecovery, { speaker }), parseUnlockReply),
    passkeyOptions: async () => read(await say(passkeyOptions), parsePasskeyOptionsReply),
    unlockByPasskey: async (assertion) =>
      read(await say(unlockByPasskey, { body: jsonOf(assertion) }), parseUnlockReply),
    listUnlockers: async (speaker) => {
      const reply = read(await say(listUnlockers, { speaker }), parseListUnlockersReply);
      return reply.ok ? ok(reply.value.unlockers) : reply;
    },
    putUnlocker: (unlocker, commit, speaker) =>
      done(putUnlocker, { speaker, names: { id: unlocker.id }, body: jsonOf({ unlocker, commit }) }),
    deleteUnlocker: (id, commit, speaker) =>
      done(deleteUnlocker, { speaker, names: { id }, body: jsonOf({ commit }) }),
    fillMailbox: (id, box, speaker) => done(fillMailbox, { speaker, names: { id }, body: jsonOf({ box }) }),
    emptyMailbox: async (id) => {
      const reply = read(await say(emptyMailbox, { names: { id } }), parseEmptyMailboxReply);
      return reply.ok ? ok(reply.value.box) : reply;
    },
    transport: (speaker) => ({
      push: async (push) => {
        const body = pushBodyOf(push);
        const said = await say(pushCommit, { speaker, body, mediaType: partsMediaType });
        const reply = read(said, parsePushReply);
        return reply.ok ? ok(reply.value.head) : reply;
      },
      pull: async (query) => {
        const path = logPath(query);
        return read(await say(readLog, { speaker, path, maxBytes: maxPageReplyBytes }), parseLogPage);
      },
      snapshotCommits: async (after) => {
        const asked = { speaker, path: snapshotPath(after), maxBytes: maxPageReplyBytes };
        return read(await say(readSnapshot, asked), parseSnapshotCommits);
      },
      snapshotRecords: async (query) => {
        const asked = { speaker, path: snapshotRecordsPath(query), maxBytes: maxPageReplyBytes };
        return read(await say(readSnapshotRecords, asked), parseSnapshotPage);
      },
    }),
    putHandle: async (request, speaker) => {
      const put = read(await say(putHandle, { speaker, body: jsonOf(request) }), parseHandleReply);
      // A refusal echoes nothing; which name it was is known here.
      return put.ok
        ? put
        : failed(new BackpackError(put.error.code, { ...put.error.facts, handle: request.handle }));
    },
    putDocument: (hash, bytes, speaker) =>
      done(putPublishedDocument, {
        speaker,
        names: { hash },
        body: new Uint8Array(bytes),
        mediaType: 'application/octet-stream',
      }),
    putManifest: async (token, from, speaker, slug = mainSlug) => {
      const sending = {
        speaker,
        names: { slug },
        body: utf8(token),
        mediaType: 'application/jose',
      };
      return read(await say(putManifest, { ...sending, ifMatch: from }), parseManifestReply);
    },
    readManifest: async (handle, slug) => {
      const asked = { maxBytes: maxManifestBytes };
      const said = await (slug === undefined
        ? say(readManifest, { ...asked, names: { handle } })
        : say(readSecretManifest, { ...asked, names: { handle, slug } }));
      const text = said.ok ? textOf(said.value) : undefined;
      if (!said.ok) return said;
      return text === undefined ? failed(new BackpackError('companion-misbehaved')) : ok(text);
    },
    deleteManifest: (from, speaker, slug = mainSlug) =>
      done(deleteManifest, { speaker, names: { slug }, ifMatch: from }),
  };
}

/** An answer that cannot be read is none, and no refusal, whatever is wrong with it. */
function read<Value>(said: Result<Uint8Array>, parse: (bytes: Uint8Array) => Result<Value>): Result<Value> {
  if (!said.ok) return said;
  const value = parse(said.value);
  const isSaid = value.ok || value.error.code === 'companion-misbehaved';
  return isSaid ? value : failed(new BackpackError('companion-misbehaved', {}, value.error));
}

function refusalOf({ status, bytes, header }: CompanionAnswer): Result<never> {
  const reply = parseErrorReply(bytes.subarray(0, maxErrorBodyBytes), status);
  if (!reply.ok) return reply;
  const seconds = Number(header('Retry-After') ?? Number.NaN);
  const facts: Facts = {
    ...(Number.isFinite(seconds) && seconds >= 0 ? { seconds } : {}),
    ...(reply.value.manifest ?? {}),
  };
  return failed(new BackpackError(reply.value.error, facts));
}

function jsonOf(value: object): Uint8Array<ArrayBuffer> {
  return utf8(JSON.stringify(value));
}
