import type { Handle } from '../../shared/model/brands.ts';
import type { Storage } from '../storage/storage.ts';

/** Why nothing is shown at the address of a handle. `none`: it never was, or its owner ended it, or it is suspended. */
export type Absence = 'none' | 'taken-down';

export function whyAbsent(handle: Handle, { storage }: { readonly storage: Storage }): Promise<Absence> {
  return storage.read(async ({ handles, closures }) => {
    const { owner } = (await handles.find(handle)) ?? {};
    const closed = owner === undefined ? undefined : await closures.of(owner);
    return closed?.closure === 'taken-down' ? 'taken-down' : 'none';
  });
}
