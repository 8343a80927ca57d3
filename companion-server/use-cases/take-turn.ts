import type { KeyObject } from 'node:crypto';
import { millisecondsOf } from '../../shared/model/brands.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { ok } from '../../shared/model/result.ts';
import type { Storage } from '../storage/storage.ts';
import { blinded } from './blinded.ts';

export type TurnRules = {
  /** so many get their turn at once */
  readonly burst: number;
  readonly intervalMs: number;
  readonly maxWaitMs: number;
};

export type TurnDeps = {
  readonly storage: Storage;
  readonly clock: Clock;
  /** blinds the host: whom a visitor had read for him is nobody's to look up */
  readonly pepper: KeyObject;
};

/**
 * Takes the next turn at a host, which all processes share. Answers how long until it comes, in milliseconds; `undefined`,
 * and nothing is taken, where that is longer than anyone waits, or where the database cannot say.
 */
export async function takeTurn(
  host: string,
  { burst, intervalMs, maxWaitMs }: TurnRules,
  { storage, clock, pepper }: TurnDeps,
): Promise<number | undefined> {
  const name = blinded(`turn|${host}`, pepper);
  const now = millisecondsOf(clock());
  const atOnceMs = (burst - 1) * intervalMs;
  const pace = { intervalMs, aheadMs: maxWaitMs + atOnceMs };
  const next = await storage.write(undefined, async ({ turns }) => ok(await turns.take(name, now, pace)));
  if (!next.ok || next.value === undefined) return undefined;
  return Math.max(0, next.value - intervalMs - atOnceMs - now);
}
