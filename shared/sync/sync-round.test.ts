import { memorySyncServers } from '../testing/memory-sync-server.ts';
import { describeSyncHistories } from '../testing/sync-histories.ts';

describeSyncHistories(
  'the server double (T24, T26)',
  async () => ({ server: memorySyncServers(), close: async () => undefined }),
  { histories: 1000, steps: [40, 44], devices: [2, 5] },
);
