import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { utf8 } from '../shared/model/bytes.ts';
import type { JsonObject } from '../shared/model/json.ts';
import { exportsPerHourPerAccount } from '../shared/model/limits.ts';
import { authorize, Learner, newRecord, random } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(endTestServers);

async function exportOf(learner: Learner, signer = learner.device): Promise<readonly JsonObject[]> {
  const reply = await learner.call(signer, { method: 'GET', path: '/v1/account/export' });
  expect(reply.status).toBe(200);
  expect(reply.headers['content-type']).toBe('application/x-ndjson');
  const lines = reply.body.toString().split('\n');
  expect(lines.pop()).toBe('');
  return lines.map((line) => JSON.parse(line) as JsonObject);
}

const ofKind = (lines: readonly JsonObject[], kind: string) => lines.filter((line) => line['kind'] === kind);

describe('the export of an account', () => {
  it('holds the log, every sealed record, the unlockers and what is published, byte for byte', async () => {
    const publisher = await Publisher.create(server);
    const { learner, handle } = publisher;
    const document = utf8('{"a":1}');
    const { hash } = await publisher.lay(document);
    const records = [newRecord(), newRecord(524_321), ...Array.from({ length: 8 }, () => newRecord(524_321))];
    expect((await learner.push(records.slice(0, 5))).status).toBe(201);
    expect((await learner.push(records.slice(5))).status).toBe(201);
    const changed = { id: newRecord().id, rev: 1, bytes: random(1057) };
    expect((await learner.push([changed])).status).toBe(201);
    const lines = await exportOf(learner);
    expect(lines[0]).toMatchObject({ kind: 'account', account: learner.id });
    expect(lines.at(-1)).toEqual({ kind: 'end', head: learner.head });
    expect(ofKind(lines, 'commit').map(({ n }) => n)).toEqual([0, 1, 2, 3]);
    expect(ofKind(lines, 'commit')[0]).toMatchObject({ token: learner.genesis });
    const sealed = new Map(ofKind(lines, 'record').map(({ id, rev, bytes }) => [id, [rev, bytes]]));
    expect(sealed).toEqual(
      new Map(
        [...records, changed].map(({ id, rev, bytes }) => [id, [rev, Buffer.from(bytes).toString('base64')]]),
      ),
    );
    expect(ofKind(lines, 'unlocker')).toEqual([{ kind: 'unlocker', unlocker: learner.unlockers[0] }]);
    expect(ofKind(lines, 'document')).toEqual([
      {
        kind: 'document',
        hash,
        mediaType: 'application/json',
        bytes: Buffer.from(document).toString('base64'),
      },
    ]);
    expect(ofKind(lines, 'handle')).toEqual([{ kind: 'handle', handle }]);
  });

  it('is for the account’s own keys alone, and not asked for all day', async () => {
    const learner = await Learner.create(server);
    const other = await Learner.create(server);
    expect(await exportOf(learner, learner.account)).toHaveLength(4);
    const call = { method: 'GET', path: '/v1/account/export', account: learner.id } as const;
    expect((await other.call(other.device, call)).status).toBe(401);
    for (let time = 1; time < exportsPerHourPerAccount; time += 1) await exportOf(learner);
    expect((await learner.call(learner.device, call)).status).toBe(429);
    expect(await exportOf(other)).toHaveLength(4);
  });

  it('comes in pieces, between which the account goes on being used', async () => {
    const learner = await Learner.create(server);
    for (let index = 0; index < 8; index += 1)
      expect((await learner.push(Array.from({ length: 7 }, () => newRecord(524_321)))).status).toBe(201);
    const path = '/v1/account/export';
    const authorization = await authorize(server, learner.device, {
      method: 'GET',
      path,
      account: learner.id,
    });
    const response = await fetch(server.address + path, { headers: { authorization } });
    const reader = response.body?.getReader();
    let read = 0;
    for (;;) {
      const part = await reader?.read();
      if (part?.done !== false) break;
      read += part.value.length;
      if (read < 1_000_000)
        expect(
          (await learner.call(learner.device, { method: 'GET', path: '/v1/log?after=0&limit=1' })).status,
        ).toBe(200);
    }
    expect(read).toBeGreaterThan(56 * 524_321 * 1.33);
  });
});
