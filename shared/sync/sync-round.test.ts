import { memorySyncServers } from '../testing/memory-sync-server.ts';
import { describeSyncHistories } from '../testing/sync-histories.ts';

describeSyncHistories('the server double', async () => ({
  server: memorySyncServers(),
  close: async () => undefined,
}));
