import { Agent, type IncomingHttpHeaders, request as send } from 'node:http';
import {
  freshNonce,
  type Learner,
  newRecord,
  random,
  type Target,
} from '../../companion-server/testing/learner.ts';
import { instantOf } from '../../shared/model/brands.ts';
import { sha256Of } from '../../shared/model/bytes.ts';
import { pushBodyOf, pushCommit } from '../../shared/protocol/commits.ts';
import { signRequest } from '../../shared/protocol/signed-request.ts';
import { commitHashOf, signCommit } from '../../shared/sync/commit.ts';

/** A request that is ready to go: all cryptography of the client is done. */
export type Prepared = {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

export const recordsPerCommit = 10;
/** 4 KiB of plain text, sealed. */
export const recordBytes = 4096 + 33;

/** The next `count` pushes of a learner, each on the one before; they count as taken. `nonce`: where nobody asks for one. */
export async function preparePushes(
  target: Target,
  learner: Learner,
  count: number,
  given?: string,
): Promise<readonly Prepared[]> {
  const nonce = given ?? (await freshNonce(target));
  const prepared: Prepared[] = [];
  for (let index = 0; index < count; index += 1) {
    const records = Array.from({ length: recordsPerCommit }, () => newRecord(recordBytes));
    const recs = await Promise.all(
      records.map(async ({ id, rev, bytes }) => ({ id, rev, h: await sha256Of(bytes), len: bytes.length })),
    );
    const { n, h } = learner.head;
    const commit = await signCommit(
      { v: 1, acct: learner.id, n: n + 1, prev: h, kind: 'data', recs },
      learner.device,
    );
    learner.head = { n: n + 1, h: await commitHashOf(commit) };
    const body = pushBodyOf({ commit, records: records.map(({ bytes }) => bytes) });
    const authorization = await signRequest(
      { method: 'POST', address: `${target.origin}${pushCommit.path}`, nonce, body, account: learner.id },
      learner.device,
      { random, clock: () => instantOf(Date.now()) },
    );
    prepared.push({ path: pushCommit.path, headers: { authorization }, body });
  }
  return prepared;
}

/** The same documents for CouchDB's protocol. */
export function prepareBulkDocs(count: number): readonly Prepared[] {
  return Array.from({ length: count }, () => {
    const docs = Array.from({ length: recordsPerCommit }, () => {
      const { id, bytes } = newRecord(recordBytes);
      return { _id: `record-${id}`, bytes: Buffer.from(bytes).toString('base64') };
    });
    const body = Buffer.from(JSON.stringify({ docs }));
    return { path: '/badges/_bulk_docs', headers: { 'content-type': 'application/json' }, body };
  });
}

export type Answered = { readonly status: number; readonly headers: IncomingHttpHeaders };
export type Sender = { readonly send: (prepared: Prepared) => Promise<Answered>; readonly close: () => void };

/** Connections that stay open, at most `most` of them. */
export function openSender(port: number, most = 64): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: most });
  const once = ({ path, headers, body }: Prepared): Promise<Answered> =>
    new Promise((resolve, reject) => {
      const request = send(
        {
          host: '127.0.0.1',
          port,
          method: 'POST',
          path,
          agent,
          headers: { ...headers, 'content-length': String(body.length) },
        },
        (response) => {
          response.resume();
          response.on('error', reject);
          response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
        },
      );
      // A connection that rested too long was closed at the other end just now: nothing of it was read there.
      request.on('error', (error) =>
        request.reusedSocket ? resolve(once({ path, headers, body })) : reject(error),
      );
      request.end(body);
    });
  return { close: () => agent.destroy(), send: once };
}

/** Sends each queue in its own order, all queues at once; answers the wall time and each request's own, in ms. */
export async function sendAll(
  sender: Sender,
  queues: readonly (readonly Prepared[])[],
): Promise<{ readonly took: number; readonly each: readonly number[] }> {
  const each: number[] = [];
  const began = performance.now();
  await Promise.all(
    queues.map(async (queue) => {
      for (const prepared of queue) {
        const start = performance.now();
        const { status } = await sender.send(prepared);
        if (status !== 201) throw new Error(`a push was answered with ${status}`);
        each.push(performance.now() - start);
      }
    }),
  );
  return { took: performance.now() - began, each };
}
