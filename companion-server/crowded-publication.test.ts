import { afterEach, describe, expect, it } from 'vitest';
import type { Sha256 } from '../shared/model/brands.ts';
import { utf8 } from '../shared/model/bytes.ts';
import type { JsonObject } from '../shared/model/json.ts';
import { publishedSnapshotOf } from '../shared/publish/published-snapshot.ts';
import { buildBadge } from '../shared/testing/build-badge.ts';
import { fetcherOver } from '../shared/testing/documents.ts';
import { verifyBadge } from '../shared/verify/verify-badge.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Session, Storage } from './storage/storage.ts';
import { ask, clock } from './testing/learner.ts';
import { Publisher } from './testing/publisher.ts';
import { endTestServers, startTestServer } from './testing/test-server.ts';

afterEach(endTestServers);

/** A server that notes how many bytes of published documents it reads, and how often. */
async function startWeighed() {
  const read: number[] = [];
  const weighed = (session: Session): Session => ({
    ...session,
    published: {
      ...session.published,
      document: async (...asked) => {
        const found = await session.published.document(...asked);
        read.push(found?.bytes.length ?? 0);
        return found;
      },
    },
  });
  const weigh = (storage: Storage): Storage => ({
    ...storage,
    read: (work) => storage.read((session) => work(weighed(session))),
    write: (account, work) => storage.write(account, (session) => work(weighed(session))),
  });
  const server = await startTestServer(
    { RATE_SCALE: '1000' },
    { openStorage: async (place) => weigh(await openStorage(place)) },
  );
  return { server, bytesRead: () => read.reduce((all, one) => all + one, 0), timesRead: () => read.length };
}

type Shown = { readonly collections: readonly { readonly badges: readonly JsonObject[] }[] };

async function badgesShown(address: string, handle: string): Promise<readonly JsonObject[]> {
  const { json } = await ask(address, 'GET', `/@${handle}.json`);
  return (json as unknown as Shown).collections.flatMap(({ badges }) => badges);
}

describe('a publication that names much, many times over', () => {
  it('costs what its badges ask for, however many large documents lie beside each', async () => {
    const { server, bytesRead } = await startWeighed();
    const publisher = await Publisher.create(server);
    const large: Sha256[] = [];
    for (const letter of ['a', 'b', 'c'])
      large.push((await publisher.lay(utf8(JSON.stringify({ type: letter.repeat(1024 * 1024) })))).hash);
    const items = [];
    for (let index = 0; index < 20; index += 1) {
      const { hash } = await publisher.lay(utf8(JSON.stringify({ index })));
      items.push({ doc: hash, with: large, seenValidAt: clock(), recipient: 'hidden' as const });
    }
    const before = bytesRead();
    expect((await publisher.publish(items)).status).toBe(201);
    expect(await badgesShown(server.address, publisher.handle)).toHaveLength(20);
    expect(bytesRead() - before).toBeGreaterThan(0);
    expect(bytesRead() - before).toBeLessThan(1024 * 1024);
  });

  it('shows a badge by its own documents as before, and looks at it once wherever it stands', async () => {
    const { server, timesRead } = await startWeighed();
    const publisher = await Publisher.create(server);
    const badge = await buildBadge({ proof: 'hosted', name: 'Weaving' });
    const { snapshot } = await verifyBadge(
      { kind: 'bytes', bytes: badge.bytes },
      {},
      { fetch: fetcherOver(badge.documents), clock },
    );
    const beside: Sha256[] = [];
    for (const bytes of [publishedSnapshotOf(snapshot), ...snapshot.documents.map(({ bytes }) => bytes)])
      beside.push((await publisher.lay(bytes)).hash);
    const { hash } = await publisher.lay(badge.bytes);
    const item = { doc: hash, with: beside, seenValidAt: clock(), recipient: 'hidden' as const };
    const before = timesRead();
    expect((await publisher.publish(Array.from({ length: 100 }, () => item))).status).toBe(201);
    // The badge, each document beside it when the index is looked for, and each that is asked for.
    expect(timesRead() - before).toBeLessThanOrEqual(2 * (1 + beside.length));
    const shown = await badgesShown(server.address, publisher.handle);
    expect(shown).toHaveLength(100);
    for (const { badge } of shown) expect(badge).toMatchObject({ achievement: { name: 'Weaving' } });
  });

  it('reads one description for all the badges that are shown by it', async () => {
    const { server, timesRead } = await startWeighed();
    const publisher = await Publisher.create(server);
    const said = { type: 'backpack-said', name: 'Weaving', outcome: 'valid', checked: clock() };
    const { hash } = await publisher.lay(utf8(JSON.stringify(said)));
    const long = await publisher.lay(utf8(`${JSON.stringify(said)}${' '.repeat(1024 * 1024)}`));
    const item = { seenValidAt: clock(), recipient: 'hidden' as const };
    await publisher.publish([
      ...Array.from({ length: 50 }, () => ({ said: hash, ...item })),
      { said: long.hash, ...item },
    ]);
    const before = timesRead();
    const shown = await badgesShown(server.address, publisher.handle);
    expect(timesRead() - before).toBe(2);
    expect(shown.slice(0, 50).every(({ badge }) => badge !== undefined)).toBe(true);
    // Nothing that Backpack writes is as long.
    expect(shown[50]?.['badge']).toBeUndefined();
  });

  it('names the rest where what is shown together says too much', async () => {
    const { server } = await startWeighed();
    const publisher = await Publisher.create(server);
    const said = { type: 'backpack-said', name: 'Weaving', outcome: 'valid', checked: clock() };
    const text = 'w'.repeat(10_000);
    const { hash } = await publisher.lay(
      utf8(JSON.stringify({ ...said, description: text, criteria: text })),
    );
    const item = { said: hash, seenValidAt: clock(), recipient: 'hidden' as const };
    await publisher.publish(Array.from({ length: 1_800 }, () => item));
    const shown = await badgesShown(server.address, publisher.handle);
    expect(shown).toHaveLength(1_800);
    expect(shown[0]?.['badge']).toMatchObject({ achievement: { name: 'Weaving', description: text } });
    const last = shown.at(-1)?.['badge'] as JsonObject;
    expect(last['achievement']).toEqual({ name: 'Weaving', tags: [], alignments: [] });
  });
});
