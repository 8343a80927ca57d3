import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { parsePushReply, pushBodyOf } from '../../shared/protocol/commits.ts';
import { parseErrorReply } from '../../shared/protocol/errors.ts';
import { logPath, parseLogPage } from '../../shared/protocol/log.ts';
import {
  parseSnapshotCommits,
  parseSnapshotPage,
  snapshotPath,
  snapshotRecordsPath,
} from '../../shared/protocol/snapshot.ts';
import type { NewAccount } from '../../shared/sync/account.ts';
import type { Signer } from '../../shared/sync/compact-jws.ts';
import type { AccountId } from '../../shared/sync/shapes.ts';
import type { SyncTransport } from '../../shared/sync/transport.ts';
import { askSigned, jsonBody, type Target } from './learner.ts';

/** The server over real HTTP, as the sync of a device sees it. */
export function overHttp(server: Target) {
  return {
    open: async ({ acct, genesis, unlockers, root }: NewAccount) => {
      const body = jsonBody({ genesis, unlockers: unlockers.map((unlocker) => ({ ...unlocker })) });
      const call = { method: 'POST', path: '/v1/accounts', body, account: acct } as const;
      return ok(await askSigned(server, root.account, call));
    },
    transportOf: (signer: Signer, account: AccountId): SyncTransport => {
      const get = async <Value>(
        path: string,
        parse: (body: Uint8Array) => Result<Value>,
      ): Promise<Result<Value>> => {
        const { status, body } = await askSigned(server, signer, { method: 'GET', path, account });
        if (status === 200) return parse(body);
        const refusal = parseErrorReply(body, status);
        return refusal.ok ? failed(new BackpackError(refusal.value.error)) : refusal;
      };
      return {
        push: async (push) => {
          const body = pushBodyOf(push);
          const reply = await askSigned(server, signer, {
            method: 'POST',
            path: '/v1/commits',
            body,
            account,
          });
          const pushed = reply.status < 300 ? parsePushReply(reply.body) : undefined;
          if (pushed !== undefined) return pushed.ok ? ok(pushed.value.head) : pushed;
          const refusal = parseErrorReply(reply.body, reply.status);
          return refusal.ok ? failed(new BackpackError(refusal.value.error)) : refusal;
        },
        pull: (query) => get(logPath(query), parseLogPage),
        snapshotCommits: (after) => get(snapshotPath(after), parseSnapshotCommits),
        snapshotRecords: (query) => get(snapshotRecordsPath(query), parseSnapshotPage),
      };
    },
  };
}
