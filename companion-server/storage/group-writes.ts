import { setImmediate as turnOfLoop } from 'node:timers/promises';
import type { Result } from '../../shared/model/result.ts';
import type { Session } from './storage.ts';

export type Work = (session: Session) => Promise<Result<unknown>>;

/** How a work ended within a transaction that goes on: `thrown` where it failed in a way that nobody expected. */
export type Ended = { readonly result: Result<unknown> } | { readonly thrown: unknown };

export type Runners = {
  /** one work in a transaction of its own */
  readonly alone: (work: Work) => Promise<Result<unknown>>;
  /** all of them in one transaction, each undone by itself where it fails; throws where the database did, and undoes all */
  readonly together: (works: readonly Work[]) => Promise<readonly Ended[]>;
};

/** Most that waits for one another in one transaction. */
const maxTogether = 64;

/**
 * For a database that writes one transaction after another: works that come in one turn of the event loop share one, and
 * with it the time that the disk takes to say that it is written. A turn is all that a work waits for others, because a
 * transaction of the embedded database holds up the whole loop: nothing could come while one is written. Where the
 * database fails, each is tried again by itself, so that none suffers from another.
 */
export function groupWrites({ alone, together }: Runners): (work: Work) => Promise<Result<unknown>> {
  type Waiting = {
    readonly work: Work;
    readonly resolve: (result: Result<unknown>) => void;
    readonly reject: (thrown: unknown) => void;
  };
  const waiting: Waiting[] = [];
  let isRunning = false;

  const runAlone = async ({ work, resolve, reject }: Waiting): Promise<void> => {
    await alone(work).then(resolve, reject);
  };
  const runTogether = async (group: readonly Waiting[]): Promise<void> => {
    const ended = await together(group.map(({ work }) => work)).catch(() => undefined);
    for (const [index, one] of group.entries()) {
      const how = ended?.[index];
      if (how === undefined) await runAlone(one);
      else if ('result' in how) one.resolve(how.result);
      else one.reject(how.thrown);
    }
  };
  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      await turnOfLoop();
      const group = waiting.splice(0, maxTogether);
      const [only, ...others] = group;
      if (only !== undefined && others.length === 0) await runAlone(only);
      else await runTogether(group);
    }
    isRunning = false;
  };

  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({ work, resolve, reject });
      if (!isRunning) void run();
    });
}
