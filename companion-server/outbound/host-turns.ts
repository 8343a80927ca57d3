/** Fetches that one host gets at once before it is asked at most once a second (design §11). */
export const burstPerHost = 6;
export const hostIntervalMs = 1000;
/** Longest wait for one's turn; then the fetch is given up and tried at the next check. */
export const maxTurnWaitMs = 60_000;
/** Hosts remembered at once; quiet ones are forgotten first. */
const maxHosts = 10_000;

export type TurnEffects = {
  /** milliseconds that never jump back */
  readonly now: () => number;
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>;
};

/** Resolves when it is this caller's turn to ask the host; `false` when that would take too long. */
export type HostTurns = (host: string, signal?: AbortSignal) => Promise<boolean>;

/** Spaces requests to each host: a burst of 6, then one a second. */
export function hostTurns(effects: TurnEffects): HostTurns {
  // When the host's queue would be empty again, were each fetch one second long.
  const freeAt = new Map<string, number>();
  return async (host, signal) => {
    const now = effects.now();
    if (freeAt.size >= maxHosts) forgetQuiet(freeAt, now);
    if (freeAt.size >= maxHosts && !freeAt.has(host)) return false;
    const free = Math.max(freeAt.get(host) ?? 0, now);
    const wait = free - now - (burstPerHost - 1) * hostIntervalMs;
    if (wait > maxTurnWaitMs) return false;
    freeAt.set(host, free + hostIntervalMs);
    // A pause that is cut short says so by throwing; the signal tells the same.
    if (wait > 0) await effects.pause(wait, signal).catch(() => undefined);
    return signal?.aborted !== true;
  };
}

function forgetQuiet(freeAt: Map<string, number>, now: number): void {
  for (const [host, free] of freeAt) if (free <= now) freeAt.delete(host);
}
