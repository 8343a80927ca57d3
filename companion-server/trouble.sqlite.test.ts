import { Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineOf, storageOf } from './storage/open-storage.ts';
import type { Tables } from './storage/tables.ts';
import { faultsIn } from './testing/databases.ts';
import { ask, authorize, Learner, newRecord } from './testing/learner.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';
import { causesIn, pushThrough } from './testing/trouble.ts';

let server: TestServer;
/** Says something to the one connection that the server has. */
let pragma: (words: string) => Promise<Record<string, unknown> | undefined>;

beforeAll(async () => {
  server = await startTestServer(
    { RATE_SCALE: '1000' },
    {
      openStorage: async (place) => {
        const engine = engineOf(place);
        const database = new Kysely<Tables>({ dialect: engine.dialect(place.location) });
        pragma = async (words) =>
          (await sql.raw<Record<string, unknown>>(`pragma ${words}`).execute(database)).rows[0];
        return storageOf(database, engine);
      },
    },
  );
});
afterAll(endTestServers);

describe('a server whose embedded database cannot be written (T29)', () => {
  it('says that the disk is full, has all as it was, and goes on when there is room', async () => {
    const through = await pushThrough(await Learner.create(server), 200_000, {
      // Room for what a request leaves behind, and not for so large a record.
      begin: async () =>
        pragma(`max_page_count = ${Number((await pragma('page_count'))?.['page_count']) + 10}`),
      end: () => pragma('max_page_count = 1000000'),
    });
    expect(through).toEqual({
      statuses: [201, 507, 201],
      said: 'quota',
      comeAgain: undefined,
      isKept: true,
      grown: [1, 1],
    });
    expect(await faultsIn(server.database)).toEqual([]);
    expect(causesIn(server.logText())).toEqual(['507 SQLITE_FULL']);
  });

  it('lets a learner take out all that it keeps while the disk is full: what was begun comes whole, and is asked for anew', async () => {
    const learner = await Learner.create(server);
    const records = Array.from({ length: 14 }, () => newRecord(524_321));
    expect((await learner.push(records.slice(0, 7))).status).toBe(201);
    expect((await learner.push(records.slice(7))).status).toBe(201);
    const call = { method: 'GET', path: '/v1/account/export', account: learner.id } as const;
    const authorization = await authorize(server, learner.device, call);
    const begun = await fetch(server.address + call.path, { headers: { authorization } });
    const failures = causesIn(server.logText()).length;
    await pragma(`max_page_count = ${Number((await pragma('page_count'))?.['page_count'])}`);
    expect((await learner.push([newRecord(200_000)])).status).toBe(507);
    const whole = await begun.text();
    expect(whole.trimEnd().split('\n').at(-1)).toBe(JSON.stringify({ kind: 'end', head: learner.head }));
    for (const { bytes } of records) expect(whole).toContain(Buffer.from(bytes).toString('base64'));
    // What a request leaves behind may or may not find room: it is answered whole, or refused by what stands in its way.
    const meanwhile = await learner.call(learner.device, call);
    expect([meanwhile.status === 200 ? meanwhile.body.toString() : meanwhile.json]).toEqual([
      meanwhile.status === 200 ? whole : { error: 'quota' },
    ]);
    await pragma('max_page_count = 1000000');
    const again = await learner.call(learner.device, call);
    expect([again.status, again.body.toString()]).toEqual([200, whole]);
    expect(new Set(causesIn(server.logText()).slice(failures))).toEqual(new Set(['507 SQLITE_FULL']));
    expect(await faultsIn(server.database)).toEqual([]);
  });

  it('asks to come again while it may only be read, and goes on', async () => {
    let ready: number | undefined;
    const through = await pushThrough(await Learner.create(server), 545, {
      begin: () => pragma('query_only = on'),
      end: async () => {
        ready = (await ask(server.address, 'GET', '/readyz')).status;
        await pragma('query_only = off');
      },
    });
    expect(through).toEqual({
      statuses: [201, 503, 201],
      said: 'unavailable',
      comeAgain: '5',
      isKept: true,
      grown: [1, 1],
    });
    expect(ready).toBe(200);
    expect(causesIn(server.logText())).toContain('503 SQLITE_READONLY');
  });
});
