import { setTimeout as pause } from 'node:timers/promises';
import {
  ask,
  authorize,
  freshNonce,
  Learner,
  newRecord,
  type Target,
} from '../../companion-server/testing/learner.ts';
import { nonceHeader } from '../../shared/protocol/call.ts';
import { pushBodyOf, pushCommit } from '../../shared/protocol/commits.ts';
import { parseLogPage } from '../../shared/protocol/log.ts';
import { commitHashOf } from '../../shared/sync/commit.ts';
import { openSender, type Sender } from './sync-pushes.ts';

/** What came of the commits of one phase. `refused`: answers that said to come again later; `wrong`: any other failure. */
export type Tally = {
  offered: number;
  in: number;
  refused: number;
  wrong: string[];
  readonly waits: number[];
};

export const newTally = (): Tally => ({ offered: 0, in: 0, refused: 0, wrong: [], waits: [] });

/** A learner's browser that pushes small commits, as extensions do: one at a time, the same again where it must wait. */
export type LoadDevice = {
  readonly learner: Learner;
  readonly push: (tally: Tally, until: number) => Promise<void>;
  /** whether the server's log ends where this device's does */
  readonly isWhole: () => Promise<boolean>;
};

const recordsPerCommit = 2;
const recordBytes = 2048 + 33;

export async function openDevices(
  targets: readonly Target[],
  count: number,
): Promise<{
  readonly devices: readonly LoadDevice[];
  readonly close: () => void;
}> {
  const [first] = targets;
  if (first === undefined) throw new Error('no server');
  const senders = targets.map(({ address }) => openSender(Number(new URL(address).port), 256));
  const close = (): void => {
    for (const sender of senders) sender.close();
  };
  let nonce = await freshNonce(first);
  const devices: LoadDevice[] = [];
  for (let index = 0; index < count; index += 1) {
    const target = targets[index % targets.length] ?? first;
    const sender = senders[index % senders.length];
    if (sender === undefined) throw new Error('no connection');
    const learner = await Learner.create(target);
    const push = (tally: Tally, until: number) =>
      pushOnce({
        learner,
        target,
        sender,
        tally,
        until,
        nonce: () => nonce,
        keep: (fresh) => (nonce = fresh),
      });
    devices.push({ learner, push, isWhole: () => isWhole(learner, target) });
  }
  return { devices, close };
}

type Pushing = {
  readonly learner: Learner;
  readonly target: Target;
  readonly sender: Sender;
  readonly tally: Tally;
  readonly until: number;
  readonly nonce: () => string;
  readonly keep: (nonce: string) => void;
};

/** Offers one commit; where the server is busy it comes again with it as long as there is time, and lets it be after. */
async function pushOnce({ learner, target, sender, tally, until, nonce, keep }: Pushing): Promise<void> {
  const records = Array.from({ length: recordsPerCommit }, () => newRecord(recordBytes));
  const commit = await learner.dataCommit(records);
  const body = pushBodyOf({ commit, records: records.map(({ bytes }) => bytes) });
  const call = { method: 'POST', path: pushCommit.path, body, account: learner.id } as const;
  const began = performance.now();
  tally.offered += 1;
  for (;;) {
    const authorization = await authorize(target, learner.device, call, nonce());
    const answer = await sender.send({ path: call.path, headers: { authorization }, body });
    const fresh = answer.headers[nonceHeader.toLowerCase()];
    if (typeof fresh === 'string') keep(fresh);
    if (answer.status === 201 || answer.status === 200) {
      learner.head = { n: learner.head.n + 1, h: await commitHashOf(commit) };
      tally.in += 1;
      tally.waits.push(performance.now() - began);
      return;
    }
    if (answer.status !== 503) {
      tally.wrong.push(String(answer.status));
      return;
    }
    tally.refused += 1;
    const seconds = Number(answer.headers['retry-after'] ?? 1);
    if (performance.now() + seconds * 1000 > until) return;
    await pause(seconds * 1000 * (0.5 + Math.random()));
  }
}

async function isWhole(learner: Learner, target: Target): Promise<boolean> {
  const path = `/v1/log?after=${learner.head.n}`;
  const authorization = await authorize(target, learner.device, { method: 'GET', path, account: learner.id });
  const page = parseLogPage((await ask(target.address, 'GET', path, { headers: { authorization } })).body);
  return page.ok && page.value.head.n === learner.head.n && page.value.head.h === learner.head.h;
}
