import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Instant, Sha256 } from '../shared/model/brands.ts';
import { utf8 } from '../shared/model/bytes.ts';
import type { ManifestItem } from '../shared/publish/manifest.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { newDatabase, removeDatabases, type TestDatabase } from './testing/databases.ts';
import { ask, jsonBody, newRecord, type Reply, type Target } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { buildServerProgram, type ServerProcess, type ServerProgram } from './testing/server-process.ts';

// The server as it is shipped, told what to do from outside while it runs: on PostgreSQL two processes of it.
let program: ServerProgram;
let database: TestDatabase;
let servers: readonly ServerProcess[];
beforeAll(async () => {
  program = await buildServerProgram();
  database = await newDatabase();
  // One after the other: the first makes the secrets that both use.
  const first = await start();
  servers = database.place.engine === 'postgresql' ? [first, await start(first.origin)] : [first];
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.end('SIGTERM')));
  program.remove();
  await removeDatabases();
});

function start(publicOrigin?: string): Promise<ServerProcess> {
  return program.start({
    PORT: '0',
    RATE_SCALE: '1000',
    ...(publicOrigin === undefined ? {} : { PUBLIC_ORIGIN: publicOrigin }),
    ...database.environment,
  });
}

const server = (): Target => {
  const [first] = servers;
  if (first === undefined) throw new Error('no server');
  return first;
};

async function tell(...words: readonly string[]): Promise<readonly [code: number | null, said: string]> {
  const { code, stdout, stderr } = await program.run(database.environment, words);
  return [code, stdout + stderr];
}

/** The one status that every process answers. */
async function statusOf(path: string): Promise<number> {
  const replies = await Promise.all(servers.map(({ address }) => ask(address, 'GET', path)));
  const statuses = new Set(replies.map(({ status }) => status));
  expect([path, ...statuses]).toHaveLength(2);
  return [...statuses][0] ?? 0;
}

async function errorAt(path: string): Promise<unknown> {
  const reply = await ask(server().address, 'GET', path);
  expect([path, reply.headers['cache-control']]).toEqual([path, 'public, max-age=60, must-revalidate']);
  return reply.json['error'];
}

const seenValidAt = '2026-01-02T03:04:05.000Z' as Instant;
const item = (doc: Sha256): ManifestItem => ({ doc, with: [], seenValidAt, recipient: 'hidden' });

async function publisherOf(handle: string, name: string, more: readonly Sha256[] = []) {
  const publisher = await Publisher.create(server(), handle);
  const { hash } = await publisher.lay((await buildBadge({ name })).bytes);
  const items = [item(hash), ...more.map(item)];
  expect((await publisher.publish(items, { search: true })).status).toBe(201);
  const page = `/@${handle}`;
  const paths = [page, `${page}.json`, `${page}.jws`, `${page}/badges/${hash.slice(0, 22)}`];
  for (const path of [...paths, `/d/${hash}`]) expect(await statusOf(path)).toBe(200);
  const { learner } = publisher;
  const isListed = async () =>
    (await ask(server().address, 'GET', '/sitemap.xml')).body.includes(`/@${handle}<`);
  expect(await isListed()).toBe(true);
  return { publisher, learner, hash, items, paths, isListed };
}

type Published = Awaited<ReturnType<typeof publisherOf>>;

/** What every attempt to show something answers. */
async function attempts({ publisher, learner, items }: Published): Promise<readonly unknown[]> {
  const handle = (name: string): Promise<Reply> =>
    learner.call(learner.account, { method: 'PUT', path: '/v1/handle', body: jsonBody({ handle: name }) });
  const replies = [
    (await publisher.lay(utf8('{"another":"document"}'))).reply,
    await publisher.publish(items),
    await handle(publisher.handle),
    await handle(`${publisher.handle}-2`),
    await learner.call(learner.account, { method: 'DELETE', path: '/v1/handle' }),
  ];
  return [...new Set(replies.map(({ status, json }) => `${status} ${String(json['error'])}`))];
}

describe('a profile that the operator takes down', () => {
  it('is gone with its documents, its learner is told so and loses nothing, until it is restored', async () => {
    const badge = await buildBadge({ name: 'Shared' });
    const eve = await Publisher.create(server(), 'eve-stays');
    const { hash: shared } = await eve.lay(badge.bytes);
    expect((await eve.publish([item(shared)])).status).toBe(201);
    const mia = await publisherOf('mia-down', 'Taken down');
    await mia.publisher.lay(badge.bytes);
    expect((await mia.publisher.publish([...mia.items, item(shared)], { search: true })).status).toBe(200);
    expect(await tell('takedown', '@mia-down')).toEqual([
      0,
      '@mia-down is taken down: what it published is deleted, and its owner can publish nothing until you restore it.\n',
    ]);
    for (const path of mia.paths) expect([path, await statusOf(path)]).toEqual([path, 410]);
    expect(await statusOf('/@mia-down/badges/never-was')).toBe(410);
    const page = await ask(server().address, 'GET', '/@mia-down');
    expect(page.body.toString()).toContain('This page was taken down by the operator');
    expect(page.headers['cache-control']).toBe('public, max-age=60, must-revalidate');
    expect(page.body.toString()).toContain('content="noindex"');
    expect(await errorAt('/@mia-down.jws')).toBe('profile-taken-down');
    expect(await statusOf(`/d/${mia.hash}`)).toBe(404);
    // What somebody else publishes too stays his.
    expect(await statusOf(`/d/${shared}`)).toBe(200);
    expect(await statusOf('/@eve-stays')).toBe(200);
    expect(await mia.isListed()).toBe(false);
    const kept = await database.with((tables) =>
      tables.selectFrom('documents').select('hash').where('account', '=', mia.learner.id).execute(),
    );
    expect(kept).toEqual([]);
    expect(await attempts(mia)).toEqual(['410 profile-taken-down']);
    // Private badges sync as before, and the learner may still end what he began.
    expect((await mia.learner.push([newRecord()])).status).toBe(201);
    expect((await mia.publisher.unpublish()).status).toBe(204);
    expect(await statusOf('/@mia-down')).toBe(410);
    expect(await tell('closed')).toEqual([
      0,
      expect.stringMatching(/^@mia-down {2}taken-down {2}since \d{4}-\S+Z\n$/),
    ]);
    expect((await tell('restore', 'mia-down'))[0]).toBe(0);
    expect(await statusOf('/@mia-down')).toBe(404);
    expect(await errorAt('/@mia-down.jws')).toBe('not-found');
    mia.publisher.standing = undefined;
    await mia.publisher.lay((await buildBadge({ name: 'Another' })).bytes);
    expect((await mia.publisher.publish([])).status).toBe(201);
    expect(await statusOf('/@mia-down')).toBe(200);
    expect(await tell('closed')).toEqual([0, 'No profile is taken down or suspended.\n']);
  });
});

describe('a profile that the operator suspends', () => {
  it('is hidden as if it were not there, and shown again as it was once it is restored', async () => {
    const mia = await publisherOf('mia-held', 'Hidden for now');
    const secret = 'Unlisted'.padEnd(43, '_');
    const unlisted = await mia.publisher.unlisted(secret, mia.items);
    expect((await mia.publisher.put(unlisted, '"0"', secret)).status).toBe(201);
    expect((await tell('suspend', 'mia-held'))[0]).toBe(0);
    const own = `/@mia-held/${secret}`;
    const below = `${own}/badges/${mia.hash.slice(0, 22)}`;
    const all = [...mia.paths, `/d/${mia.hash}`, own, `${own}.jws`, below, `${below}/statements`];
    for (const path of all) expect([path, await statusOf(path)]).toEqual([path, 404]);
    const page = await ask(server().address, 'GET', '/@mia-held');
    expect(page.body.equals((await ask(server().address, 'GET', '/@never-was')).body)).toBe(true);
    expect(await errorAt('/@mia-held.jws')).toBe('not-found');
    expect(await mia.isListed()).toBe(false);
    expect(await attempts(mia)).toEqual(['403 profile-suspended']);
    expect((await mia.learner.push([newRecord()])).status).toBe(201);
    const exported = await mia.learner.call(mia.learner.device, {
      method: 'GET',
      path: '/v1/account/export',
    });
    expect(exported.body.toString()).toMatch(/\n\{"kind":"closure","closure":"suspended","at":"[^"]+"\}\n/);
    expect((await tell('restore', 'mia-held'))[0]).toBe(0);
    for (const path of all) expect([path, await statusOf(path)]).toEqual([path, 200]);
    expect(await mia.isListed()).toBe(true);
    expect((await mia.publisher.publish(mia.items)).status).toBe(200);
  });

  it('can be taken down after all, and leaves no trace when the account is deleted (T69)', async () => {
    const mia = await publisherOf('mia-leaves', 'Leaves');
    expect((await tell('suspend', 'mia-leaves'))[0]).toBe(0);
    expect((await tell('takedown', 'mia-leaves'))[0]).toBe(0);
    expect(await statusOf('/@mia-leaves')).toBe(410);
    const { learner } = mia;
    const rows = () =>
      database.with((tables) =>
        tables.selectFrom('closed_profiles').selectAll().where('account', '=', learner.id).execute(),
      );
    expect(await rows()).toHaveLength(1);
    expect((await learner.call(learner.account, { method: 'DELETE', path: '/v1/account' })).status).toBe(204);
    expect(await rows()).toEqual([]);
    expect(await statusOf('/@mia-leaves')).toBe(404);
  });
});

describe('the command line', () => {
  it('says in one sentence what it could not do, and exits with 1', async () => {
    expect(await tell('takedown', 'nobody-here')).toEqual([1, 'Nobody has the handle @nobody-here here.\n']);
    expect(await tell('suspend', 'Not A Handle')).toEqual([
      1,
      '"Not A Handle" is no handle: it has 3 to 30 small letters, numbers and single hyphens.\n',
    ]);
    await Publisher.create(server(), 'mia-open');
    expect(await tell('restore', 'mia-open')).toEqual([
      0,
      '@mia-open was neither taken down nor suspended.\n',
    ]);
    for (const words of [
      ['takedown'],
      ['erase', 'mia-open'],
      ['constructor', 'mia-open'],
      ['suspend', 'mia-open', 'x'],
    ]) {
      const [code, said] = await tell(...words);
      expect([words, code]).toEqual([words, 1]);
      expect(said).toContain('takedown HANDLE');
    }
    const wrong = await program.run({ DATABASE_URL: 'postgres://u:swordfish@127.0.0.1:1/x' }, ['closed']);
    expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([
      1,
      '',
      'The database that DATABASE_URL names cannot be opened (ECONNREFUSED).\n',
    ]);
  });
});
