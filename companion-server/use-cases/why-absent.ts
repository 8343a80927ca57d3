import { type Handle, instantOf, millisecondsOf } from '../../shared/model/brands.ts';
import type { Clock } from '../../shared/model/effects.ts';
import { handleRedirectDays } from '../../shared/model/limits.ts';
import type { Storage } from '../storage/storage.ts';

/**
 * Why nothing is shown at the address of a handle. `none`: it never was, or its owner ended it, or it is suspended;
 * `moved`: its owner shows himself under another one.
 */
export type Absence =
  | { readonly why: 'none' | 'taken-down' }
  | { readonly why: 'moved'; readonly to: Handle };

export function whyAbsent(
  handle: Handle,
  { storage, clock }: { readonly storage: Storage; readonly clock: Clock },
): Promise<Absence> {
  const movedAfter = instantOf(millisecondsOf(clock()) - handleRedirectDays * 24 * 3600 * 1000);
  return storage.read(async ({ handles, closures }) => {
    const { owner } = (await handles.find(handle)) ?? {};
    if (owner === undefined) {
      const to = await handles.successor(handle, movedAfter);
      return to === undefined ? { why: 'none' } : { why: 'moved', to };
    }
    const closed = await closures.of(owner);
    return { why: closed?.closure === 'taken-down' ? 'taken-down' : 'none' };
  });
}
