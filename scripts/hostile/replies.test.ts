import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { honestReplies, hostileReplies } from './hostile-replies.ts';
import { type Replies, startReplyServer } from './reply-server.ts';

/** What one reply may take of a client's memory, whoever wrote it. */
const maxBytes = 64 * 1024 * 1024;

const run = promisify(execFile);
type Call = keyof typeof honestReplies;
type ReplyServer = Awaited<ReturnType<typeof startReplyServer>>;

const honest = new Map<Call, ReplyServer>();
const closing: ReplyServer[] = [];
beforeAll(async () => {
  for (const [call, { small }] of Object.entries(honestReplies))
    honest.set(call as Call, await startReplyServer(small));
});
afterEach(() => Promise.all(closing.splice(0).map((server) => server.end())));
afterAll(() => Promise.all([...honest.values()].map((server) => server.end())));

/** Has a process of its own read the replies, after small honest ones: what it makes of them, and the memory it takes. */
async function weighed(call: Call, replies: Replies): Promise<{ said: string; bytes: number }> {
  const server = await startReplyServer(replies);
  closing.push(server);
  const program = join(import.meta.dirname, 'weigh-replies.ts');
  const addresses = [honest.get(call)?.origin ?? '', server.origin];
  const { stdout } = await run(process.execPath, ['--expose-gc', program, call, ...addresses]);
  const { said, bytes } = JSON.parse(stdout) as { said: string; bytes: number };
  console.log(`${call}: ${said}, ${(bytes / 1024 / 1024).toFixed(1)} MiB`);
  return { said, bytes };
}

describe('a client that is sent more than it can hold (T9)', () => {
  it.each(hostileReplies)(
    'takes no more than 64 MiB for $name, and says what is wrong',
    async ({ call, replies, said }) => {
      const weight = await weighed(call, replies);
      expect(weight.said).toBe(said);
      expect(weight.bytes).toBeLessThan(maxBytes);
    },
  );

  it.each(Object.entries(honestReplies))(
    'reads the most that an honest server says to %s',
    async (call, { large, said }) => {
      const weight = await weighed(call as Call, large);
      expect(weight.said).toBe(said);
      expect(weight.bytes).toBeLessThan(maxBytes);
    },
  );
});
