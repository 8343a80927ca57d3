import { newSigner } from '../../companion-server/testing/learner.ts';
import { companionAt } from '../../extension/companion.ts';
import { exchange } from '../../extension/companion-exchange.ts';
import { instantOf, parseUrl } from '../../shared/model/brands.ts';
import type { AccountId } from '../../shared/sync/shapes.ts';
import { seeded } from '../../shared/testing/seeded.ts';
import { openLearner } from '../../shared/testing/sync-device.ts';
import { weigh } from './weigh.ts';

/*
 * weigh-replies.ts CALL HONEST HOSTILE: asks the server at the first address and then, on the scales, the one at the
 * second, and writes what the client made of its replies and their weight as JSON.
 */
const random = seeded(1);
const clock = () => instantOf(Date.parse('2026-06-01T12:00:00.000Z'));
const signer = await newSigner();
const acct = 'A'.repeat(43) as AccountId;

const calls = {
  meta: async (origin: string) => {
    const meta = await companionOf(origin).meta();
    return meta.ok ? 'read' : meta.error.code;
  },
  /** one page of the log */
  pull: async (origin: string) => {
    const page = await companionOf(origin).transport({ signer, acct }).pull({ after: -1, limit: 200 });
    return page.ok ? `read ${page.value.commits.length} and ${page.value.records.length}` : page.error.code;
  },
  /** whatever a round of syncing asks */
  sync: async (origin: string) => {
    const companion = companionOf(origin);
    const server = {
      open: ({
        genesis,
        unlockers,
        root,
        acct: id,
      }: Parameters<Parameters<typeof openLearner>[0]['open']>[0]) =>
        companion.createAccount({ genesis, unlockers: [...unlockers] }, { signer: root.account, acct: id }),
      transportOf: (device: typeof signer, id: AccountId) =>
        companion.transport({ signer: device, acct: id }),
    };
    const { first } = await openLearner(server, random);
    const outcome = await first.sync(server);
    if (outcome.kind === 'failed') return outcome.error.code;
    return outcome.kind === 'distrust' ? outcome.reason : outcome.kind;
  },
};

function companionOf(origin: string) {
  const url = parseUrl(origin);
  if (!url.ok) throw url.error;
  return companionAt(url.value, { exchange, clock, random });
}

const [call, honest = '', hostile = ''] = process.argv.slice(2);
const ask = calls[call as keyof typeof calls];
for (let round = 0; round < 3; round += 1) await ask(honest);
const { value, weight } = await weigh(() => ask(hostile));
process.stdout.write(JSON.stringify({ said: value, ...weight }));
process.exit();
