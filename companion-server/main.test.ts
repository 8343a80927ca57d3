import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { instantOf } from '../shared/model/brands.ts';
import { parseLogPage } from '../shared/protocol/log.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import {
  faultsIn,
  newDatabase,
  removeDatabases,
  scratchDirectory,
  type TestDatabase,
} from './testing/databases.ts';
import { ask, askSigned, authorize, jsonBody, Learner, newRecord, type Target } from './testing/learner.ts';
import { serveOnLoopback } from './testing/loopback.ts';
import { Publisher } from './testing/publisher.ts';
import { buildServerProgram, type ServerProcess, type ServerProgram } from './testing/server-process.ts';

let program: ServerProgram;
let running: ServerProcess[] = [];

beforeAll(async () => {
  program = await buildServerProgram();
});
afterEach(async () => {
  await Promise.all(running.map((server) => server.end('SIGKILL')));
  running = [];
});
afterAll(async () => {
  program.remove();
  await removeDatabases();
});

async function start(
  database: TestDatabase,
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  const server = await program.start({
    PORT: '0',
    RATE_SCALE: '1000',
    ...database.environment,
    ...environment,
  });
  running.push(server);
  return server;
}

describe('the server as a process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends cleanly on %s', async (signal) => {
    const server = await start(await newDatabase());
    expect((await ask(server.address, 'GET', '/healthz')).status).toBe(200);
    expect(await server.end(signal)).toBe(0);
    expect(server.output()).toContain('"event":"ended"');
  });

  it('writes each kind of answer without a word but its log', async () => {
    const server = await start(await newDatabase());
    const learner = await Learner.create(server);
    const home = await ask(server.address, 'GET', '/');
    const known = { headers: { 'if-none-match': String(home.headers['etag']) } };
    const answers = [
      home,
      await ask(server.address, 'GET', '/', known),
      await ask(server.address, 'HEAD', '/'),
      await ask(server.address, 'HEAD', '/v1/nonce'),
      await ask(server.address, 'GET', '/nowhere'),
      await learner.push([newRecord()]),
      await learner.call(learner.account, { method: 'GET', path: '/v1/account/export' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 304, 200, 204, 404, 201, 200]);
    expect(answers.map(({ body }) => body.length > 0)).toEqual([true, false, false, false, true, true, true]);
    expect(await server.end('SIGTERM')).toBe(0);
    const lines = server.output().trim().split('\n');
    const events = lines.map((line) => (JSON.parse(line) as { readonly event: string }).event);
    expect([...new Set(events)]).toEqual(['listening', 'answered', 'ended']);
  });

  it('ends while an issuer keeps it waiting', async () => {
    const asked = Promise.withResolvers<void>();
    const { origin, end } = await serveOnLoopback(() => asked.resolve());
    const server = await start(await newDatabase(), { FETCH_ALLOW: origin });
    const mia = await Publisher.create(server);
    const { bytes } = await buildBadge({ proof: 'hosted', issuerOrigin: origin });
    const { hash } = await mia.lay(bytes);
    const seenValidAt = instantOf(0);
    expect((await mia.publish([{ doc: hash, with: [], seenValidAt, recipient: 'hidden' }])).status).toBe(201);
    await asked.promise;
    expect(await server.end('SIGTERM')).toBe(0);
    await end();
  });

  it('ends when the process that started it is gone', async () => {
    const server = await start(await newDatabase());
    server.disconnect();
    expect(await server.ended).toBe(0);
  });

  it.each([
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['PUBLIC_ORIGIN', 'backpack'],
    ['FETCH_ALLOW', '*'],
  ])('says in one sentence that %s=%s is wrong, without a stack', async (name, value) => {
    const { code, stdout, stderr } = await program.run({
      DATA_DIR: scratchDirectory(),
      PORT: '0',
      [name]: value,
    });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(new RegExp(`^${name} [^\\n]+\\.\\n$`));
  });

  it('says in one sentence that the port is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await program.run({ DATA_DIR: scratchDirectory(), PORT: String(port) });
    await new Promise((resolve) => other.close(resolve));
    expect([code, stderr]).toEqual([1, `PORT ${port} is in use by another program.\n`]);
  });

  it('says in one sentence that its folder cannot be written, or holds something else', async () => {
    const directory = scratchDirectory();
    writeFileSync(join(directory, 'file'), '');
    const below = await program.run({ DATA_DIR: join(directory, 'file', 'data'), PORT: '0' });
    expect([below.code, below.stderr]).toEqual([
      1,
      expect.stringMatching(/^DATA_DIR [^\n]+ cannot be written \(ENOTDIR\)\.\n$/),
    ]);
    writeFileSync(join(directory, 'backpack.sqlite'), 'no database '.repeat(100));
    const foreign = await program.run({ DATA_DIR: directory, PORT: '0' });
    expect([foreign.code, foreign.stderr]).toEqual([
      1,
      expect.stringMatching(/^The database in DATA_DIR [^\n]+\.\n$/),
    ]);
    const secret = 'postgres://backpack:swordfish@127.0.0.1:1/backpack';
    const nobody = await program.run({ DATA_DIR: scratchDirectory(), PORT: '0', DATABASE_URL: secret });
    expect([nobody.code, nobody.stderr]).toEqual([
      1,
      'The database that DATABASE_URL names cannot be opened (ECONNREFUSED).\n',
    ]);
    expect(nobody.stdout).not.toContain('swordfish');
  });
});

describe('two processes on one database', () => {
  it('refuse on either what was seen on the other, and know what it wrote (T10)', async () => {
    const database = await newDatabase();
    const environment = { PUBLIC_ORIGIN: 'https://backpack.example' };
    const [one, two] = await Promise.all([start(database, environment), start(database, environment)]);
    const learner = await Learner.create(one);
    // A nonce of the one is good at the other: the secret is shared.
    const call = { method: 'GET', path: '/v1/log?after=-1', account: learner.id } as const;
    const authorization = await authorize(one, learner.device, call);
    const statuses = [];
    for (const server of [two, one, two])
      statuses.push((await ask(server.address, 'GET', call.path, { headers: { authorization } })).status);
    expect(statuses).toEqual([200, 401, 401]);
    // Both write at once, again and again; neither loses to a busy database.
    const others = await Promise.all(
      [one, two, one, two].map(async (server) => {
        const each = await Learner.create(server);
        for (let index = 0; index < 10; index += 1) expect((await each.push([newRecord()])).status).toBe(201);
        return each;
      }),
    );
    for (const each of others) {
      const elsewhere = await authorize(one, each.device, { ...call, account: each.id });
      const reply = await ask(one.address, 'GET', call.path, { headers: { authorization: elsewhere } });
      const page = parseLogPage(reply.body);
      expect(page.ok && page.value.head).toEqual(each.head);
    }
  });
});

describe('limits on one database (T18, T33)', () => {
  it('are counted over all its processes', async () => {
    const database = await newDatabase();
    const [one, two] = await Promise.all([
      start(database, { RATE_SCALE: '1' }),
      start(database, { RATE_SCALE: '1' }),
    ]);
    const minute = () => Math.floor(Date.now() / 60_000);
    const statuses: number[] = [];
    // Windows end with the minute, and where one ended it is counted anew; the call at its end may be of either.
    for (let index = 0; statuses.length < 140; index += 1) {
      const began = minute();
      const { status } = await ask((index % 2 === 0 ? one : two).address, 'GET', '/v1/meta');
      if (minute() === began) statuses.push(status);
      else statuses.splice(0);
    }
    const answered = statuses.filter((status) => status === 200).length;
    expect(answered).toBeGreaterThanOrEqual(59);
    expect(answered).toBeLessThanOrEqual(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(140 - answered);
  });

  it('let exactly one of fifty claim a handle at once, whichever process they ask', async () => {
    const database = await newDatabase();
    const environment = { PUBLIC_ORIGIN: 'https://backpack.example' };
    const servers = await Promise.all([start(database, environment), start(database, environment)]);
    const learners = await Promise.all(
      Array.from({ length: 50 }, (_, index) => Learner.create(servers[index % 2] ?? servers[0])),
    );
    const body = jsonBody({ handle: 'mia-wanted' });
    const replies = await Promise.all(
      learners.map((learner) => learner.call(learner.account, { method: 'PUT', path: '/v1/handle', body })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(49).fill(409)]);
  });
});

/** Longer than open requests are given to end, and shorter than any of them may take. */
const soonMs = 45_000;

describe('a server that is told to end while it is busy (T27)', () => {
  it('has every push that it acknowledged, answers or cuts the others, and ends soon, though an upload never does', async () => {
    const database = await newDatabase();
    const environment = { PUBLIC_ORIGIN: 'https://backpack.example' };
    const first = await start(database, environment);
    const learners = await Promise.all(Array.from({ length: 8 }, () => Learner.create(first)));
    const acknowledged = learners.map((): string[] => []);
    const statuses = new Set<number>();
    const faults = new Set<unknown>();
    const pushOn = async (learner: Learner, mine: string[]): Promise<void> => {
      for (;;) {
        const record = newRecord();
        try {
          const { status } = await learner.push([record]);
          statuses.add(status);
          if (status !== 201) return;
        } catch (thrown) {
          faults.add((thrown as NodeJS.ErrnoException).code);
          return;
        }
        mine.push(record.id);
      }
    };
    const endless = connect(Number(new URL(first.address).port), '127.0.0.1');
    endless.on('error', () => undefined);
    endless.write('POST /v1/commits HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nthe beginning');
    const pushing = learners.map((learner, index) => pushOn(learner, acknowledged[index] ?? []));
    await vi.waitFor(() => expect(Math.min(...acknowledged.map(({ length }) => length))).toBeGreaterThan(4), {
      timeout: 60_000,
    });
    const told = performance.now();
    expect(await first.end('SIGTERM')).toBe(0);
    expect(performance.now() - told).toBeLessThan(soonMs);
    expect(first.output()).toContain('"event":"ended"');
    await Promise.all(pushing);
    endless.destroy();
    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([]);
    expect(
      [...faults].filter((code) => !['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(String(code))),
    ).toEqual([]);

    expect(await faultsIn(database)).toEqual([]);
    const second = { ...(await start(database, environment)), origin: 'https://backpack.example' };
    for (const [index, learner] of learners.entries()) {
      const kept = await recordsOf(learner, second);
      expect((acknowledged[index] ?? []).filter((id) => !kept.has(id))).toEqual([]);
      // What was cut may be there as well; it is one push at most.
      expect(kept.size - (acknowledged[index] ?? []).length).toBeLessThanOrEqual(1);
    }
  });
});

/** The ids of all records that a learner's log has. */
async function recordsOf(learner: Learner, target: Target): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for (let after = -1; ; ) {
    const call = { method: 'GET', path: `/v1/log?after=${after}`, account: learner.id } as const;
    const page = parseLogPage((await askSigned(target, learner.device, call)).body);
    if (!page.ok) throw page.error;
    for (const { id } of page.value.records) ids.add(id);
    if (!page.value.more) return ids;
    after += page.value.commits.length;
  }
}

describe('a server killed without warning', () => {
  it('has every push that it acknowledged, and its log goes on', async () => {
    const database = await newDatabase();
    const environment = { PUBLIC_ORIGIN: 'https://backpack.example' };
    const first = await start(database, environment);
    const learner = await Learner.create(first);
    const acknowledged: string[] = [];
    // Killed in the midst of pushing, by a reply that was just read.
    for (let index = 0; ; index += 1) {
      const record = newRecord(4096 + 33);
      if (index === 17) void first.end('SIGKILL');
      try {
        if ((await learner.push([record])).status === 201) acknowledged.push(record.id);
      } catch {
        break;
      }
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(17);
    await first.end('SIGKILL');
    const second = await start(database, environment);
    const after = { ...second, origin: 'https://backpack.example' };
    const kept = await recordsOf(learner, after);
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    await second.end('SIGTERM');
    expect(await faultsIn(database)).toEqual([]);
  });
});
