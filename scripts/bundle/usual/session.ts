import type { Instant } from '../../../shared/model/brands.ts';
import type { ContextSource } from '../../../shared/model/session.ts';
import type { RecordingSession } from '../../../shared/verify/session.ts';
import { unusual } from './unusual.ts';

/** A session that asks nobody: what must be asked for takes the whole verifier. */
export function openSession(now: Instant, _fetch: unknown, contexts: ContextSource): RecordingSession {
  return {
    session: { now, contexts, read: async () => unusual() },
    snapshot: async () => ({ taken: now, documents: [] }),
    unasked: () => [],
  };
}

export const shareOf = (): never => unusual();
