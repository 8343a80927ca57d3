import { millisecondsOf } from '../../shared/model/brands.ts';
import type { Bytes } from '../../shared/model/bytes.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { type RootKeys, rootKeysOf } from '../../shared/sync/key-schedule.ts';

/** How long an opened root stays in memory. */
export const rootLifetimeMs = 15 * 60 * 1000;

/**
 * The opened root, in the memory of the one page that opened it, for a quarter of an hour or until it closes (design §2).
 * Nothing of it is ever written down or sent to another context.
 */
export type OpenRoot = {
  readonly keep: (root: Bytes) => Promise<RootKeys>;
  readonly keys: () => RootKeys | undefined;
  readonly bytes: () => Bytes | undefined;
  readonly forget: () => void;
};

export function openRoot(clock: Clock): OpenRoot {
  let held: { readonly root: Bytes; readonly keys: RootKeys; readonly until: number } | undefined;
  const current = (): typeof held => {
    if (held !== undefined && millisecondsOf(clock()) >= held.until) forget();
    return held;
  };
  const forget = (): void => {
    held?.root.fill(0);
    held = undefined;
  };
  return {
    keep: async (root) => {
      const keys = await rootKeysOf(root);
      held = { root, keys, until: millisecondsOf(clock()) + rootLifetimeMs };
      return keys;
    },
    keys: () => current()?.keys,
    bytes: () => current()?.root,
    forget,
  };
}
