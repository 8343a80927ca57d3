import { forgetProgress } from '../../shared/sync/forget-progress.ts';
import type { SyncStorage } from '../../shared/sync/storage.ts';

/** Forgets where syncing with an account stood, before another begins. Documents and bytes stay. */
export async function clearSync(storage: SyncStorage): Promise<void> {
  await storage.write(async (tables) => {
    await forgetProgress(tables);
    await tables.link.remove(['link']);
  });
}
