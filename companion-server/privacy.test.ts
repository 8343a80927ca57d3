import { afterAll, describe, expect, it } from 'vitest';
import { utf8 } from '../shared/model/bytes.ts';
import { seeded } from '../shared/testing/seeded.ts';
import { joinLearner, openLearner } from '../shared/testing/sync-device.ts';
import { everyRow } from './testing/databases.ts';
import { ask, newRecord } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { SoftwarePasskey } from './testing/software-authenticator.ts';
import { overHttp } from './testing/sync-over-http.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

afterAll(endTestServers);

/** Everything the server has written: database, write-ahead log, secrets, its own log; and its rows as they are read. */
async function everythingWritten({ database, logText }: TestServer): Promise<Buffer> {
  const rows = (await everyRow(database)).join('\n');
  return Buffer.concat([await database.everythingWritten(), Buffer.from(rows), Buffer.from(logText())]);
}

function formsOf(text: string): readonly Buffer[] {
  const plain = Buffer.from(text);
  // base64 of a text inside a longer one begins at any of three places.
  const inBase64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), plain])
      .toString('base64')
      .slice(4, -4),
  );
  return [
    plain,
    Buffer.from(text, 'utf16le'),
    Buffer.from(plain.toString('hex')),
    ...inBase64.map((each) => Buffer.from(each)),
  ];
}

describe('what the server is told', () => {
  it('holds not a word of an unpublished badge, in database, logs or errors (T1, T68)', async () => {
    const server = await startTestServer({ RATE_SCALE: '1000' });
    const canaries = Array.from({ length: 30 }, (_, index) => `canary-${index}-in-the-coal-mine`);
    const { account, first } = await openLearner(overHttp(server), seeded(7));
    for (const [index, canary] of canaries.entries()) {
      const id = await first.claim(canary, utf8(`{"name":"${canary}","body":"${canary}"}`));
      if (index % 3 === 0) await first.edit(id, { note: `${canary} note`, fileName: `${canary}.png` });
      if (index % 5 === 0) await first.remove(id);
    }
    expect((await first.sync(overHttp(server))).kind).toBe('synced');
    const second = await joinLearner(overHttp(server), account, seeded(8));
    expect((await second.sync(overHttp(server))).kind).toBe('synced');
    expect((await second.docs()).length).toBe(30);
    // Refusals repeat nothing of what was sent.
    for (const canary of canaries.slice(0, 5)) {
      const body = utf8(`{"handle":"${canary}","${canary}":1}`);
      const replies = [
        await ask(server.address, 'POST', '/v1/accounts', { body }),
        await ask(server.address, 'PUT', `/v1/published/docs/${canary}?${canary}`, {
          body,
          headers: { authorization: canary },
        }),
        await ask(server.address, 'GET', `/@${canary}/badges/${canary}?q=${canary}`),
      ];
      for (const reply of replies) expect(reply.body.toString()).not.toContain(canary);
    }
    const written = await everythingWritten(server);
    expect(written.length).toBeGreaterThan(100_000);
    const found = canaries.filter((canary) => formsOf(canary).some((form) => written.includes(form)));
    expect(found).toEqual([]);
    // The search can find: the account's own public name is there.
    expect(written.includes(Buffer.from(account.acct))).toBe(true);
  });

  it('logs codes and durations, never addresses, queries, handles or keys', async () => {
    const server = await startTestServer({ RATE_SCALE: '1000' });
    const mia = await Publisher.create(server);
    await ask(server.address, 'GET', `/@${mia.handle}?secret=1`);
    const text = server.logText();
    for (const word of [mia.handle, mia.learner.id, mia.learner.device.kid, '127.0.0.1', 'secret'])
      expect(text).not.toContain(word);
    for (const line of text.trim().split('\n'))
      expect(Object.keys(JSON.parse(line))).toEqual(expect.arrayContaining(['at', 'event']));
  });

  it('is deleted without a trace but the reservation of the handle (T69)', async () => {
    const server = await startTestServer({ RATE_SCALE: '1000' });
    const mia = await Publisher.create(server);
    const { hash } = await mia.lay(utf8('{"a":"badge"}'));
    await mia.publish([
      { doc: hash, with: [], seenValidAt: '2026-01-01T00:00:00.000Z' as never, recipient: 'hidden' },
    ]);
    const { learner } = mia;
    const [unlocker] = learner.unlockers;
    const passkey = new SoftwarePasskey();
    expect((await learner.addUnlocker(passkey.kept())).status).toBe(204);
    const record = newRecord();
    expect((await learner.push([record])).status).toBe(201);
    // Everything that names it or is its own, in any table; and all of it can be found before.
    const names = [
      ...[learner.id, learner.identity.key, learner.head.h, hash, record.id, unlocker?.id ?? ''],
      ...[passkey.credential, passkey.key],
      ...[learner.account, learner.device, learner.recovery].flatMap(({ kid, key }) => [kid, key]),
    ];
    const before = await everyRow(server.database);
    for (const name of names) expect([name, before.some((row) => row.includes(name))]).toEqual([name, true]);
    expect((await learner.call(learner.account, { method: 'DELETE', path: '/v1/account' })).status).toBe(204);
    const rows = await everyRow(server.database);
    for (const name of names) expect([name, rows.filter((row) => row.includes(name))]).toEqual([name, []]);
    expect(rows.filter((row) => row.includes(mia.handle)).map((row) => JSON.parse(row))).toEqual([
      [
        'handles',
        {
          handle: mia.handle,
          owner: null,
          former_owner: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
          released_at: expect.any(String),
        },
      ],
    ]);
  });
});
