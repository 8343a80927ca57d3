import type { Kid } from '../../shared/model/brands.ts';
import { deviceDocId, keptDeviceOf, maxDeviceNameLength, newDeviceFields } from '../store/device-doc.ts';
import { type WriteDeps, writeChange } from './keep.ts';

/** Calls a device what the learner calls it; an empty name changes nothing. */
export async function nameDevice(kid: Kid, name: string, deps: WriteDeps): Promise<void> {
  const wanted = name.trim().slice(0, maxDeviceNameLength);
  if (wanted === '') return;
  const id = deviceDocId(kid);
  const kept = keptDeviceOf(await deps.store.docs.get(id));
  // When a device that never said so itself was here is not known.
  const { seen: _, ...fields } = newDeviceFields(wanted, deps.clock());
  await writeChange({ set: [{ id, fields: kept === undefined ? fields : { name: wanted } }] }, deps);
}
