import { millisecondsOf } from '../../shared/model/brands.ts';
import type { AccountRows } from '../store/account-rows.ts';
import type { Tables } from '../store/database.ts';
import { deviceDocId, keptDeviceOf, newDeviceFields } from '../store/device-doc.ts';
import { type WriteDeps, writeChange } from './keep.ts';

/** How exactly the other devices learn when this one was here; each time costs a commit. */
const seenEveryMs = 24 * 60 * 60 * 1000;

/**
 * Writes down, for the learner's other devices, what this browser is called and that it was here today. `name`: what the
 * browser calls itself, until the learner calls it something else.
 */
export async function noteDevice(
  name: string,
  deps: WriteDeps & { readonly rows: AccountRows },
): Promise<void> {
  const row = await deps.rows.get('account');
  if (row?.enrolled !== true) return;
  const id = deviceDocId(row.device.kid);
  const now = deps.clock();
  const kept = keptDeviceOf(await deps.store.docs.get(id));
  // A clock that was set back must not write with every sync.
  const age = Math.abs(millisecondsOf(now) - millisecondsOf(kept?.seen ?? now));
  if (kept?.seen !== undefined && age < seenEveryMs) return;
  const fields = kept === undefined ? newDeviceFields(name, now) : { seen: now };
  // The backpack may have been wiped from this browser just now.
  const unless = async ({ link }: Tables) => (await link.get('link')) === undefined;
  await writeChange({ set: [{ id, fields }], unless }, deps);
}
