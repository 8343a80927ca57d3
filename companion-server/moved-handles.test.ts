import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Handle, type Instant, instantOf } from '../shared/model/brands.ts';
import { base64UrlOf, sha256Of, utf8 } from '../shared/model/bytes.ts';
import { handleRedirectDays, handleReservationDays } from '../shared/model/limits.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { runCommand } from './command.ts';
import { openStorage } from './storage/open-storage.ts';
import { ask, jsonBody, Learner, type Reply, random } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

const dayMs = 24 * 3600 * 1000;
let server: TestServer;
let now = Date.now();
beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' }, { clock: () => instantOf(now) });
});
afterAll(endTestServers);

const get = (path: string) => ask(server.address, 'GET', path);
const put = (learner: Learner, body: Record<string, string | boolean>): Promise<Reply> =>
  learner.call(learner.account, { method: 'PUT', path: '/v1/handle', body: jsonBody(body) });
const drop = (learner: Learner, path: string) => learner.call(learner.account, { method: 'DELETE', path });

/** A learner whose page stands under a handle, and can go on under another. */
async function shownAs(handle: string) {
  const publisher = await Publisher.create(server, handle);
  const { hash } = await publisher.lay((await buildBadge()).bytes);
  const seenValidAt = '2026-01-02T03:04:05.000Z' as Instant;
  const publish = (name: string) =>
    publisher.publish([{ doc: hash, with: [], seenValidAt, recipient: 'hidden' }], {
      handle: name as Handle,
    });
  expect((await publish(handle)).status).toBe(201);
  const { learner } = publisher;
  const moveTo = async (name: string) => {
    expect(
      await put(learner, { handle: name, move: true }).then(({ status, json }) => [status, json]),
    ).toEqual([201, { handle: name }]);
    expect((await publish(name)).status).toBe(200);
  };
  return { publisher, learner, moveTo, publish, badge: `/badges/${hash.slice(0, 22)}` };
}

/** Where an address leads, or the status of what it answers itself. */
async function leadsTo(path: string): Promise<unknown> {
  const { status, headers, body } = await get(path);
  if (status !== 308) return status;
  expect([headers['cache-control'], body.length]).toEqual(['public, max-age=60, must-revalidate', 0]);
  return headers['location'];
}

describe('a handle that its owner changes', () => {
  it('leads to the new one, with all below it, for 90 days and not a second longer', async () => {
    const { moveTo, badge } = await shownAs('ada-first');
    await moveTo('ada-second');
    const below = ['', '.json', '.jws', '/all', badge, `${badge}/statements`];
    for (const rest of below) {
      expect(await leadsTo(`/@ada-first${rest}`)).toBe(`/@ada-second${rest}`);
      expect(await leadsTo(`/@ada-second${rest}`)).toBe(200);
    }
    // Nothing that a stranger made up comes back in a header.
    for (const strange of ['a%0d%0aSet-Cookie:a=b', '%2f%2fevil.example', '..%2fx', '<b>', ''])
      expect(await leadsTo(`/@ada-first/badges/${strange}`)).toBe(404);
    now += 30 * dayMs;
    await moveTo('ada-third');
    for (const old of ['ada-first', 'ada-second'])
      for (const rest of below) expect(await leadsTo(`/@${old}${rest}`)).toBe(`/@ada-third${rest}`);
    now += (handleRedirectDays - 30) * dayMs - 1;
    expect(await leadsTo('/@ada-first')).toBe('/@ada-third');
    now += 1;
    for (const rest of below) expect(await leadsTo(`/@ada-first${rest}`)).toBe(404);
    expect(await leadsTo('/@ada-second')).toBe('/@ada-third');
    now += 30 * dayMs;
    expect(await leadsTo('/@ada-second')).toBe(404);
    expect(await leadsTo('/@ada-third')).toBe(200);
  });

  it('leads on to an unlisted collection too, for whoever has its secret address', async () => {
    const { publisher, learner, moveTo } = await shownAs('hal-first');
    const secret = base64UrlOf(random(32));
    const token = await publisher.unlisted(secret, []);
    expect((await publisher.put(token, '"0"', secret)).status).toBe(201);
    expect(await leadsTo(`/@hal-first/${secret}`)).toBe(200);
    await moveTo('hal-second');
    const next = { seq: 2, prev: await sha256Of(utf8(token)), handle: 'hal-second' as Handle };
    const moved = await publisher.put(await publisher.unlisted(secret, [], next), '"1"', secret);
    expect(moved.status).toBe(200);
    for (const rest of [`/${secret}`, `/${secret}.jws`])
      expect([await leadsTo(`/@hal-first${rest}`), await leadsTo(`/@hal-second${rest}`)]).toEqual([
        `/@hal-second${rest}`,
        200,
      ]);
    // Ended with the rest, its address leads nowhere.
    expect((await drop(learner, '/v1/handle')).status).toBe(204);
    expect(await leadsTo(`/@hal-first/${secret}`)).toBe(404);
  });

  it('stays his for a year, and leads nowhere once he has it again', async () => {
    const { moveTo } = await shownAs('bob-first');
    const eve = await Learner.create(server);
    await moveTo('bob-second');
    now += handleReservationDays * dayMs;
    expect((await put(eve, { handle: 'bob-first' })).status).toBe(409);
    await moveTo('bob-first');
    expect([await leadsTo('/@bob-first'), await leadsTo('/@bob-second')]).toEqual([200, '/@bob-first']);
    await moveTo('bob-second');
    now += handleReservationDays * dayMs + 1;
    expect((await put(eve, { handle: 'bob-first' })).status).toBe(201);
    expect(await leadsTo('/@bob-first')).toBe(404);
  });

  it('leads nowhere from the moment that its owner ends the page, also when he shows one again', async () => {
    const ends: Readonly<Record<string, (shown: Awaited<ReturnType<typeof shownAs>>) => Promise<unknown>>> = {
      unpublish: ({ publisher }) => publisher.unpublish(),
      release: ({ learner }) => drop(learner, '/v1/handle'),
      remove: ({ learner }) => drop(learner, '/v1/account'),
    };
    for (const [name, end] of Object.entries(ends)) {
      const shown = await shownAs(`cem-${name}`);
      await shown.moveTo(`cem-${name}-2`);
      expect(await leadsTo(`/@cem-${name}`)).toBe(`/@cem-${name}-2`);
      expect(await end(shown)).toMatchObject({ status: 204 });
      expect([name, await leadsTo(`/@cem-${name}`)]).toEqual([name, 404]);
      if (name === 'remove') continue;
      shown.publisher.standing = undefined;
      await shown.publisher.lay((await buildBadge()).bytes);
      expect((await put(shown.learner, { handle: `cem-${name}-2` })).status).toBe(201);
      expect((await shown.publisher.publish([], { handle: `cem-${name}-2` as Handle })).status).toBe(201);
      expect([await leadsTo(`/@cem-${name}-2`), await leadsTo(`/@cem-${name}`)]).toEqual([200, 404]);
    }
  });

  it('does not give away a page under a new name that began after the old one was ended', async () => {
    const { publisher, learner } = await shownAs('dee-known');
    expect((await publisher.unpublish()).status).toBe(204);
    publisher.standing = undefined;
    expect((await put(learner, { handle: 'dee-unknown', move: true })).status).toBe(201);
    expect((await publisher.publish([], { handle: 'dee-unknown' as Handle })).status).toBe(201);
    expect([await leadsTo('/@dee-unknown'), await leadsTo('/@dee-known')]).toEqual([200, 404]);
  });

  it('does not lead to a page that the operator has closed', async () => {
    const { moveTo } = await shownAs('fay-first');
    await moveTo('fay-second');
    const storage = await openStorage(server.database.place);
    const tell = (word: string) => runCommand([word, 'fay-second'], { storage, clock: () => instantOf(now) });
    expect(await tell('suspend')).toMatchObject({ isDone: true });
    expect([await leadsTo('/@fay-first'), await leadsTo('/@fay-second')]).toEqual([404, 404]);
    await tell('restore');
    expect([await leadsTo('/@fay-first'), await leadsTo('/@fay-second')]).toEqual(['/@fay-second', 200]);
    await tell('takedown');
    expect([await leadsTo('/@fay-first'), await leadsTo('/@fay-second')]).toEqual([404, 410]);
    await storage.close();
  });

  it('is kept, with its page, where the new one cannot be had', async () => {
    const { learner, badge } = await shownAs('gil-first');
    await shownAs('gil-taken');
    for (const handle of ['gil-taken', 'admin'])
      expect((await put(learner, { handle, move: true })).status).toBe(409);
    expect((await put(learner, { handle: 'gil-second' })).status).toBe(409);
    expect((await put(learner, { handle: 'gil-second', move: false })).status).toBe(400);
    for (const path of ['/@gil-first', `/@gil-first${badge}`]) expect(await leadsTo(path)).toBe(200);
    // The same change again has the effect of the first.
    expect((await put(learner, { handle: 'gil-second', move: true })).status).toBe(201);
    expect((await put(learner, { handle: 'gil-second', move: true })).status).toBe(201);
    expect(await leadsTo('/@gil-first')).toBe('/@gil-second');
  });
});
