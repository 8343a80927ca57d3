import { afterEach, describe, expect, it } from 'vitest';
import { instantOf } from '../shared/model/brands.ts';
import { base64UrlOf } from '../shared/model/bytes.ts';
import { lettersPerHourPerAccount, mailboxLifetimeSeconds, maxMailboxBytes } from '../shared/model/limits.ts';
import type { ServerEffects } from './server.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';
import { ask, jsonBody, Learner, type Reply, random } from './testing/learner.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

afterEach(endTestServers);

/** In the middle of an hour, so that no window of a rate ends by itself. */
const start = Date.parse('2026-05-05T12:30:30.000Z');
let now = start;

async function world(
  environment: Record<string, string> = { RATE_SCALE: '100' },
  effects: Omit<ServerEffects, 'log'> = {},
) {
  now = start;
  const server = await startTestServer(environment, { clock: () => instantOf(now), ...effects });
  return { server, learner: await Learner.create(server) };
}

const newMailbox = () => base64UrlOf(random(16));
const fill = (learner: Learner, id: string, box: string, signer = learner.device): Promise<Reply> =>
  learner.call(signer, { method: 'POST', path: `/v1/mailbox/${id}`, body: jsonBody({ box }) });
const fetchFrom = ({ address }: TestServer, id: string): Promise<Reply> =>
  ask(address, 'GET', `/v1/mailbox/${id}`);
const said = ({ status, json }: Reply) => [status, json['error'] ?? json['box']];

describe('a mailbox (T17)', () => {
  it('hands its letter out once, and tells a second reader that it is closed', async () => {
    const { server, learner } = await world();
    const id = newMailbox();
    expect(said(await fetchFrom(server, id))).toEqual([404, 'not-found']);
    expect((await fill(learner, id, 'sealed')).status).toBe(201);
    expect(said(await fetchFrom(server, id))).toEqual([200, 'sealed']);
    expect(said(await fetchFrom(server, id))).toEqual([410, 'mailbox-closed']);
    expect(said(await fill(learner, id, 'another'))).toEqual([410, 'mailbox-closed']);
    expect(said(await fetchFrom(server, id))).toEqual([410, 'mailbox-closed']);
  });

  it('gives one letter to one of many readers at once', async () => {
    const { server, learner } = await world();
    const id = newMailbox();
    await fill(learner, id, 'sealed');
    const replies = await Promise.all(Array.from({ length: 20 }, () => fetchFrom(server, id)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 410)).toHaveLength(19);
  });

  it('takes one letter; the same again changes nothing, another is refused', async () => {
    const { server, learner } = await world();
    const id = newMailbox();
    expect((await fill(learner, id, 'sealed')).status).toBe(201);
    expect((await fill(learner, id, 'sealed')).status).toBe(200);
    expect(said(await fill(learner, id, 'another'))).toEqual([409, 'mailbox-filled']);
    const other = await Learner.create(server);
    expect(said(await fill(other, id, 'sealed'))).toEqual([409, 'mailbox-filled']);
    expect(said(await fetchFrom(server, id))).toEqual([200, 'sealed']);
  });

  it('closes after ten minutes, and not before', async () => {
    const { server, learner } = await world();
    const [early, late] = [newMailbox(), newMailbox()];
    await fill(learner, early, 'sealed');
    await fill(learner, late, 'sealed');
    now = start + mailboxLifetimeSeconds * 1000 - 1;
    expect(said(await fetchFrom(server, early))).toEqual([200, 'sealed']);
    now = start + mailboxLifetimeSeconds * 1000;
    expect(said(await fetchFrom(server, late))).toEqual([410, 'mailbox-closed']);
    expect(said(await fill(learner, late, 'sealed'))).toEqual([410, 'mailbox-closed']);
  });

  it('is filled by a device of an account alone, under a name of its own form', async () => {
    const { server, learner } = await world();
    const id = newMailbox();
    expect(said(await fill(learner, id, 'sealed', learner.account))).toEqual([401, 'unauthorized']);
    expect(said(await fill(learner, `${id}A`, 'sealed'))).toEqual([400, 'malformed-request']);
    expect(said(await fill(learner, id, ''))).toEqual([400, 'malformed-request']);
    // What one database keeps and another refuses is kept by neither.
    for (const box of ['a\0b', 'a b', 'ä', '\ud800'])
      expect(said(await fill(learner, id, box))).toEqual([400, 'malformed-request']);
    for (const name of ['x', '..%2f', `${id}A`, '%00', 'a%2500'])
      expect((await fetchFrom(server, name)).status).toBe(404);
    expect(said(await fetchFrom(server, id))).toEqual([404, 'not-found']);
  });

  it('holds 16 KiB, and not one byte more (T33)', async () => {
    const { server, learner } = await world();
    const [id, other] = [newMailbox(), newMailbox()];
    const whole = 'A'.repeat(maxMailboxBytes - jsonBody({ box: '' }).length);
    expect((await fill(learner, id, whole)).status).toBe(201);
    expect(said(await fetchFrom(server, id))).toEqual([200, whole]);
    expect(said(await fill(learner, other, `${whole}A`))).toEqual([413, 'too-large']);
    expect((await fetchFrom(server, other)).status).toBe(404);
  });

  it(`takes ${lettersPerHourPerAccount} letters of an account within an hour, and not one more (T33)`, async () => {
    const { learner } = await world({});
    for (let count = 0; count < lettersPerHourPerAccount; count += 1) {
      expect((await fill(learner, newMailbox(), 'sealed')).status).toBe(201);
      // Within the hour, past the minute that unsigned calls are counted by.
      now += 20_000;
    }
    expect(said(await fill(learner, newMailbox(), 'sealed'))).toEqual([429, 'too-many-requests']);
  });

  it('leaves nothing of a letter that was fetched, and nothing at all once the account is deleted (T69)', async () => {
    const { server, learner } = await world();
    const rows = () =>
      server.database.with((tables) => tables.selectFrom('mailboxes').select(['id', 'box']).execute());
    const [read, unread] = [newMailbox(), newMailbox()];
    await fill(learner, read, 'sealed');
    await fill(learner, unread, 'sealed');
    await fetchFrom(server, read);
    const left = new Map((await rows()).map(({ id, box }) => [id, box]));
    expect([left.get(read), left.get(unread)]).toEqual(['', 'sealed']);
    expect((await learner.call(learner.account, { method: 'DELETE', path: '/v1/account' })).status).toBe(204);
    expect(await rows()).toEqual([]);
  });

  it('takes no letter of an account that is deleted while it is being left (T69)', async () => {
    const isLeft = Promise.withResolvers<void>();
    let mayLeave: Promise<void> | undefined;
    const held = (storage: Storage): Storage => ({
      ...storage,
      write: async (account, work) => {
        const waiting = account === undefined ? undefined : mayLeave;
        if (waiting !== undefined) {
          mayLeave = undefined;
          isLeft.resolve();
          await waiting;
        }
        return storage.write(account, work);
      },
    });
    const { server, learner } = await world(undefined, {
      openStorage: async (place) => held(await openStorage(place)),
    });
    const isDeleted = Promise.withResolvers<void>();
    mayLeave = isDeleted.promise;
    const leaving = fill(learner, newMailbox(), 'sealed');
    await isLeft.promise;
    expect((await learner.call(learner.account, { method: 'DELETE', path: '/v1/account' })).status).toBe(204);
    isDeleted.resolve();
    expect(said(await leaving)).toEqual([401, 'unauthorized']);
    const rows = await server.database.with((tables) => tables.selectFrom('mailboxes').selectAll().execute());
    expect(rows).toEqual([]);
  });
});
