import { BackpackError } from '../model/errors.ts';
import { failed, type Result } from '../model/result.ts';
import type { SyncTransport } from '../sync/transport.ts';

/** What becomes of one call on its way. */
export type Fate = 'arrives' | 'request-lost' | 'reply-lost' | 'doubled';

/** A transport whose calls meet the fates that `next` names, one after another. */
export function unsteadyTransport(transport: SyncTransport, next: () => Fate): SyncTransport {
  const lost = (): Result<never> => failed(new BackpackError('companion-unreachable'));
  const meet = async <Value>(call: () => Promise<Result<Value>>): Promise<Result<Value>> => {
    const fate = next();
    if (fate === 'request-lost') return lost();
    if (fate === 'doubled') await call();
    const result = await call();
    return fate === 'reply-lost' ? lost() : result;
  };
  return {
    push: (push) => meet(() => transport.push(push)),
    pull: (query) => meet(() => transport.pull(query)),
    snapshotCommits: (after) => meet(() => transport.snapshotCommits(after)),
    snapshotRecords: (query) => meet(() => transport.snapshotRecords(query)),
  };
}
