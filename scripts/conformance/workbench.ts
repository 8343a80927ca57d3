import { Worker } from 'node:worker_threads';
import { isRecord } from './manifest.ts';
import type { Ran } from './run-case.ts';

/** What came of one case: an observation, or the reason why there is none. `ms`: how long it took. */
export type Answer = (Ran | { readonly problem: string }) & { readonly ms: number };

/** A question to the worker, by the case's place in the manifest. */
export type Question = { readonly index: number };
export type Reply = Ran | { readonly problem: string };

/**
 * Runs cases one after the other on a thread of their own. A case that takes longer than `ceilingMs`, even in a loop
 * that never yields, loses its thread; the next one gets a new one.
 */
export function openBench(folder: string, ceilingMs: number) {
  let worker: Worker | undefined;
  const start = () => new Worker(new URL('./worker.ts', import.meta.url), { workerData: { folder } });
  return {
    run: async (index: number): Promise<Answer> => {
      const thread = worker ?? start();
      worker = thread;
      const began = performance.now();
      const reply = await ask(thread, { index }, ceilingMs);
      if (reply === undefined) {
        worker = undefined;
        await thread.terminate();
      }
      return {
        ...(reply ?? { problem: `gave no answer within ${ceilingMs / 1000} s` }),
        ms: performance.now() - began,
      };
    },
    close: async (): Promise<void> => {
      await worker?.terminate();
    },
  };
}

function ask(thread: Worker, question: Question, ceilingMs: number): Promise<Reply | undefined> {
  return new Promise((done) => {
    // Each listener is taken off by name: `removeAllListeners` would also silence the thread's own port.
    const end = (reply: Reply | undefined) => {
      clearTimeout(timer);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      done(reply);
    };
    const onMessage = (message: unknown) => end(isRecord(message) ? (message as Reply) : undefined);
    const onError = (error: unknown) =>
      end({ problem: `ended the runner: ${error instanceof Error ? error.message : 'unknown'}` });
    const onExit = () => end(undefined);
    const timer = setTimeout(() => end(undefined), ceilingMs);
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
    thread.postMessage(question);
  });
}
