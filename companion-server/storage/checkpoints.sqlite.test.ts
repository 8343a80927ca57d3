import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { instantOf, type Sha256 } from '../../shared/model/brands.ts';
import { ok } from '../../shared/model/result.ts';
import { newDatabase, removeDatabases } from '../testing/databases.ts';
import { Learner, newRecord } from '../testing/learner.ts';
import { buildServerProgram } from '../testing/server-process.ts';
import { openStorage } from './open-storage.ts';

afterAll(removeDatabases);

const mebibyte = 1024 * 1024;
const account = 'a' as Sha256;

const sizeIn = (folder: string) => statSync(join(folder, 'backpack.sqlite')).size;

/** Waits until more has arrived in the database itself: of all that was written less than 16 MiB stay in the log. */
function untilMoved(folder: string, before: number): Promise<void> {
  return vi.waitFor(() => expect(sizeIn(folder) - before).toBeGreaterThan(3 * mebibyte), { timeout: 60_000 });
}

describe('what was written to the embedded database', () => {
  it('is moved from its log while it is open, however much comes, and nobody is left holding it', async () => {
    const { place } = await newDatabase();
    const storage = await openStorage(place);
    const write = async (count: number, name: string) => {
      for (let index = 0; index < count; index += 1) {
        const document = {
          hash: `${name} ${index}` as Sha256,
          mediaType: '',
          bytes: new Uint8Array(mebibyte),
        };
        const written = await storage.write(undefined, async ({ published }) =>
          ok(await published.putDocument(account, document, instantOf(1))),
        );
        expect(written).toEqual(ok(true));
      }
    };
    const before = sizeIn(place.location);
    await write(20, 'first');
    await untilMoved(place.location, before);
    const between = sizeIn(place.location);
    await write(40, 'second');
    await untilMoved(place.location, between);
    await storage.close();
    expect(readdirSync(place.location)).toEqual(['backpack.sqlite']);
    const again = await openStorage(place);
    expect(await again.ask(({ published }) => published.usage(account))).toMatchObject({ documents: 60 });
    await again.close();
  });

  it('is moved by the server as it is shipped, too', async () => {
    const { environment, place } = await newDatabase();
    const program = await buildServerProgram();
    const server = await program.start({ PORT: '0', RATE_SCALE: '1000', ...environment });
    try {
      const learner = await Learner.create(server);
      const before = sizeIn(place.location);
      for (let index = 0; index < 20; index += 1)
        expect((await learner.push([newRecord(mebibyte / 2), newRecord(mebibyte / 2)])).status).toBe(201);
      await untilMoved(place.location, before);
      expect(await server.end('SIGTERM')).toBe(0);
    } finally {
      await server.end('SIGKILL');
      program.remove();
    }
    expect(readdirSync(place.location)).not.toContain('backpack.sqlite-wal');
  });
});
