import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '../shared/model/brands.ts';
import { ask, askSigned, jsonBody, Learner, type Reply } from './testing/learner.ts';
import { endTestServers, startTestServer, type TestServer } from './testing/test-server.ts';

let server: TestServer;
let now = Date.now();
beforeAll(async () => {
  server = await startTestServer({ RATE_SCALE: '1000' }, { clock: () => instantOf(now) });
});
afterAll(endTestServers);

const claim = (learner: Learner, handle: string): Promise<Reply> =>
  learner.call(learner.account, { method: 'PUT', path: '/v1/handle', body: jsonBody({ handle }) });
const release = (learner: Learner): Promise<Reply> =>
  learner.call(learner.account, { method: 'DELETE', path: '/v1/handle' });

// Paths and names that somebody might hope to get out of the store with, or to be mistaken by.
const hostile = [
  '..',
  '.',
  '../..',
  '..%2f..',
  '%2e%2e',
  '%2e%2e%2f',
  '..\\..',
  '\\',
  '/',
  '//',
  '/etc/passwd',
  'a/b',
  'a\\b',
  'con',
  'nul',
  'aux',
  'prn',
  'com1',
  'lpt1',
  'CON',
  'a\u0000b',
  '%00',
  'mia%00',
  'mia\u0000',
  ' mia',
  'mia ',
  'Mia',
  'MIA',
  'mIa',
  'mia.',
  '.mia',
  'mia.json',
  'mia.jws',
  'mia_',
  '_mia',
  '-mia',
  'mia-',
  'mi--a',
  'mi',
  'm',
  '',
  'a'.repeat(31),
  'a'.repeat(1000),
  'міа',
  'mıa',
  'ｍｉａ',
  'mia\u200b',
  'mia\u202e',
  '\u202emia',
  'mi\u0301a',
  'mía',
  '@mia',
  'mia@',
  'mia#',
  'mia?',
  'mia;',
  'mia:',
  "mia'",
  'mia"',
  '<mia>',
  '$' + '{mia}',
  '{{mia}}',
  'mia\r\n',
  'mia\nx: y',
  'mia\t',
  '~mia',
  '~',
  'mia~',
  '*',
  'mia*',
  '%',
  '%25',
  '%6d%69%61',
  '&#109;ia',
  'mia|id',
  '`id`',
  '$(id)',
  "' or 1=1 --",
  'mia; drop table handles',
  'constructor.',
  '__proto__',
  'toString()',
  'null\u0000',
];
const reservedWords = [
  'admin',
  'root',
  'support',
  'security',
  'api',
  'login',
  'www',
  'mail',
  'undefined',
  'healthz',
  'official',
  'ad-min',
  'well-known',
  'o-auth',
];

describe('handles', () => {
  it('go to exactly one of fifty who claim one at once (T18)', async () => {
    const learners = await Promise.all(Array.from({ length: 50 }, () => Learner.create(server)));
    const replies = await Promise.all(learners.map((learner) => claim(learner, 'mia-wanted')));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(49).fill(409)]);
    expect(
      replies
        .filter(({ status }) => status === 409)
        .every(({ body }) => body.toString() === '{"error":"handle-taken"}'),
    ).toBe(true);
    const winner = learners[replies.findIndex(({ status }) => status === 201)];
    if (winner === undefined) throw new Error('no winner');
    // The same claim again has the effect of the first; a second handle does not come beside it.
    expect((await claim(winner, 'mia-wanted')).status).toBe(201);
    expect((await claim(winner, 'mia-other')).status).toBe(409);
  });

  it('are refused when they are none, and nothing outside the store is read (T18)', async () => {
    const learner = await Learner.create(server);
    for (const handle of hostile) {
      const reply = await claim(learner, handle);
      expect([handle, reply.status, reply.json['error']]).toEqual([
        handle,
        expect.any(Number),
        expect.stringMatching(/^handle-/),
      ]);
      expect([400, 409]).toContain(reply.status);
    }
    for (const word of reservedWords)
      expect([word, (await claim(learner, word)).status]).toEqual([word, 409]);
    expect((await claim(learner, 'a1b')).status).toBe(201);
  });

  it('are never a way to a file: every strange path ends in the same page (T18)', async () => {
    const places = (word: string) => [
      `/@${word}`,
      `/@${word}/badges/x`,
      `/d/${word}`,
      `/assets/${word}`,
      `/@mia/badges/${word}`,
      `/${word}`,
    ];
    const printable = hostile
      .map((word) => encodeURI(word).replace(/[#?]/g, encodeURIComponent))
      .filter((word) => word !== '');
    const raw = [
      '/../../etc/passwd',
      '/..%2f..%2fetc%2fpasswd',
      '/@../secrets.json',
      '/d/../secrets.json',
      '//etc/passwd',
      '/%2e%2e/secrets.json',
      '/assets/..%5c..%5csecrets.json',
      '/@mia%',
      '/%',
      '/@%ff%fe',
      '/d/%C0%AE%C0%AE/',
    ];
    const paths = [...printable.flatMap(places), ...raw];
    expect(paths.length).toBeGreaterThanOrEqual(200);
    for (const path of paths) {
      const reply = await ask(server.address, 'GET', path);
      // Browsers resolve dots before they ask; here they are a name like any other, and nobody's.
      expect([path, reply.status]).toEqual([path, 404]);
      expect(reply.body.toString()).not.toMatch(/"nonce":|root:x:|SQLITE|Error:|node_modules/);
    }
  });

  it('stay unusable for a year after they were given back, except to their former owner', async () => {
    const [mia, eve] = await Promise.all([Learner.create(server), Learner.create(server)]);
    const day = 24 * 3600 * 1000;
    expect((await claim(mia, 'given-back')).status).toBe(201);
    expect((await release(mia)).status).toBe(204);
    expect((await release(mia)).status).toBe(204);
    expect((await claim(eve, 'given-back')).status).toBe(409);
    expect((await claim(mia, 'given-back')).status).toBe(201);
    expect((await release(mia)).status).toBe(204);
    now += 365 * day;
    expect((await claim(eve, 'given-back')).status).toBe(409);
    now += 1000;
    expect((await claim(eve, 'given-back')).status).toBe(201);
    expect((await claim(mia, 'given-back')).status).toBe(409);
  });

  it('are refused where the operator blocks them, exactly those, and kept by whoever has one', async () => {
    const before = await startTestServer();
    const [mia, eve] = await Promise.all([Learner.create(before), Learner.create(before)]);
    expect((await claim(mia, 'the-mayor')).status).toBe(201);
    await before.end();
    const blocking = await startTestServer(
      { BLOCKED_HANDLES: 'the-mayor, school-board', PUBLIC_ORIGIN: before.origin },
      {},
      before.database,
    );
    const claimThere = (learner: Learner, handle: string) =>
      askSigned(blocking, learner.account, {
        method: 'PUT',
        path: '/v1/handle',
        body: jsonBody({ handle }),
        account: learner.id,
      });
    expect((await claimThere(mia, 'the-mayor')).status).toBe(201);
    const refused = await claimThere(eve, 'school-board');
    expect([refused.status, refused.body.toString()]).toEqual([409, '{"error":"handle-taken"}']);
    expect((await claimThere(eve, 'school-boards')).status).toBe(201);
  });

  it('are the account key’s to take, not a device’s', async () => {
    const mia = await Learner.create(server);
    const reply = await mia.call(mia.device, {
      method: 'PUT',
      path: '/v1/handle',
      body: jsonBody({ handle: 'by-device' }),
    });
    expect(reply.status).toBe(401);
  });
});
