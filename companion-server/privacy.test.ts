import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { instantOf } from '../shared/model/brands.ts';
import { utf8 } from '../shared/model/bytes.ts';
import { seeded } from '../shared/testing/seeded.ts';
import { joinLearner, openLearner } from '../shared/testing/sync-device.ts';
import { canaries, foundIn } from './testing/canaries.ts';
import { everyRow } from './testing/databases.ts';
import { ask, newRecord } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { recordTraffic } from './testing/recorded-traffic.ts';
import { SoftwarePasskey } from './testing/software-authenticator.ts';
import { overHttp } from './testing/sync-over-http.ts';
import { endTestServers, startTestServer } from './testing/test-server.ts';

afterAll(endTestServers);

describe('the search for canaries', () => {
  it('finds each in each form, wherever it lies', () => {
    const noise = Buffer.alloc(100_000, 0xa5);
    for (const [index, canary] of canaries.entries()) {
      const around = `${'x'.repeat(index)}${canary}${'y'.repeat(index)}`;
      const plain = Buffer.from(around);
      const forms = [
        plain,
        ...(['base64', 'base64url', 'hex'] as const).map((form) => Buffer.from(plain.toString(form))),
        Buffer.from(around, 'utf16le'),
        gzipSync(plain),
      ];
      for (const form of forms)
        expect(foundIn(Buffer.concat([noise, form, noise]), canaries)).toEqual([canary]);
    }
    expect(foundIn(noise, canaries)).toEqual([]);
  });
});

describe('what the server is told', () => {
  it('holds not a word of an unpublished badge, in traffic, database, logs or errors (T1, T68)', async () => {
    const server = await startTestServer({ RATE_SCALE: '1000' });
    const traffic = await recordTraffic(server);
    const { account, first } = await openLearner(overHttp(traffic.target), seeded(7));
    for (const [index, canary] of canaries.entries()) {
      const id = await first.claim(canary, utf8(JSON.stringify({ name: canary, body: canary })));
      if (index % 3 === 0) await first.edit(id, { note: `${canary} note`, fileName: `${canary}.png` });
      if (index % 3 === 1) await first.edit(id, { address: `${canary}@example.org`, title: canary });
      if (index % 5 === 0) await first.remove(id);
    }
    expect((await first.sync(overHttp(traffic.target))).kind).toBe('synced');
    const second = await joinLearner(overHttp(traffic.target), account, seeded(8));
    expect((await second.sync(overHttp(traffic.target))).kind).toBe('synced');
    expect((await second.docs()).length).toBe(30);
    const published = 'what is published may be read by everybody';
    const mia = await Publisher.create(traffic.target);
    const { hash } = await mia.lay(utf8(JSON.stringify({ name: published })));
    await mia.publish([{ doc: hash, with: [], seenValidAt: instantOf(0), recipient: 'hidden' }]);
    await traffic.close();
    // Refusals repeat nothing of what was sent.
    for (const canary of canaries.slice(0, 5)) {
      const body = utf8(JSON.stringify({ handle: canary, [canary]: 1 }));
      const name = encodeURIComponent(canary);
      const replies = [
        await ask(server.address, 'POST', '/v1/accounts', { body }),
        await ask(server.address, 'PUT', `/v1/published/docs/${name}?${name}`, {
          body,
          headers: { authorization: canary },
        }),
        await ask(server.address, 'GET', `/@${name}/badges/${name}?q=${name}`),
      ];
      for (const reply of replies) expect(foundIn(reply.body, [canary, name])).toEqual([]);
    }
    const places = {
      // database, write-ahead log, secrets
      files: await server.database.everythingWritten(),
      rows: Buffer.from((await everyRow(server.database)).join('\n')),
      traffic: traffic.recorded(),
    };
    for (const [name, place] of Object.entries(places)) {
      expect([name, place.length > 20_000]).toEqual([name, true]);
      expect([name, foundIn(place, canaries)]).toEqual([name, []]);
      // The search can find: what was published, and the account's own public name.
      expect([name, foundIn(place, [published, account.acct])]).toEqual([name, [published, account.acct]]);
    }
    expect(foundIn(Buffer.from(server.logText()), [...canaries, published, account.acct])).toEqual([]);
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
    await mia.publish(
      [{ doc: hash, with: [], seenValidAt: '2026-01-01T00:00:00.000Z' as never, recipient: 'hidden' }],
      { search: true },
    );
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
          moved_at: null,
        },
      ],
    ]);
  });
});
