/** Fetches that one host gets at once before it is asked at most once a second (design §11). */
export const burstPerHost = 6;
export const hostIntervalMs = 1000;
/** Longest wait for one's turn; then the fetch is given up and tried at the next check. */
export const maxTurnWaitMs = 60_000;

export type TurnEffects = {
  /** takes the next turn at a host; how long until it comes, in ms, `undefined` when that is too long */
  readonly take: (host: string) => Promise<number | undefined>;
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>;
};

/** Resolves when it is this caller's turn to ask the host; `false` when that would take too long. */
export type HostTurns = (host: string, signal?: AbortSignal) => Promise<boolean>;

/** Spaces requests to each host: a burst of 6, then one a second. */
export function hostTurns({ take, pause }: TurnEffects): HostTurns {
  return async (host, signal) => {
    const wait = await take(host);
    if (wait === undefined) return false;
    // A pause that is cut short says so by throwing; the signal tells the same.
    if (wait > 0) await pause(wait, signal).catch(() => undefined);
    return signal?.aborted !== true;
  };
}
