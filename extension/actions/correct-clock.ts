import { correctStamps, toleratedClockErrorMs } from '../../shared/sync/correct-stamps.ts';
import type { AccountDeps } from './account-deps.ts';

const correctedMark = 'corrected';

/**
 * At the first contact with a server, before anything was sent: what was kept under a clock more than five minutes off
 * gets the stamps it would have had (design §6). Marked as done with each document, so that a second try does no more.
 */
export async function correctClock({ storage, stamping }: AccountDeps): Promise<void> {
  const offset = await stamping.offset();
  const device = await stamping.device();
  if (Math.abs(offset) <= toleratedClockErrorMs || device === undefined) return;
  const newest = await storage.write(async (tables) => {
    const ids = await tables.docs.keys();
    const marks = await tables.dirty.get(ids);
    const rows = await tables.docs.get(ids.filter((_, index) => marks[index]?.mark !== correctedMark));
    const corrected = correctStamps(
      rows.flatMap((doc) => doc ?? []),
      device,
      offset,
    );
    await tables.docs.put(corrected.docs);
    await tables.dirty.put(corrected.docs.map(({ id }) => ({ id, mark: correctedMark })));
    return corrected.newest;
  });
  await stamping.restart(newest);
}
