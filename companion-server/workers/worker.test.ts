import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { instantOf } from '../../shared/model/brands.ts';
import { openStorage } from '../storage/open-storage.ts';
import { newDatabase, removeDatabases } from '../testing/databases.ts';
import { witnessOf } from '../witness.ts';
import { startWorker } from './worker.ts';

afterEach(removeDatabases);

const minuteMs = 60_000;
const began = Date.parse('2026-03-01T12:00:00Z');

describe('the worker', () => {
  it('lets go of a document that nobody shows an hour after it came, and looks for such ones every ten minutes', async () => {
    const database = await newDatabase();
    const keep = (hash: string, minutesAgo: number) =>
      database.with((tables) =>
        tables
          .insertInto('documents')
          .values({
            account: 'mia',
            hash,
            media_type: '',
            length: 0,
            bytes: new Uint8Array(),
            arrived_at: instantOf(began - minutesAgo * minuteMs),
          })
          .execute(),
      );
    const kept = () =>
      database.with(async (tables) => {
        const rows = await tables.selectFrom('documents').select('hash').orderBy('hash').execute();
        return rows.map(({ hash }) => hash);
      });
    await keep('of an hour', 61);
    await keep('of today', 59);

    let now = began;
    let roundsSwept = 0;
    const failures: string[] = [];
    const storage = await openStorage(database.place);
    const worker = startWorker({
      storage,
      clock: () => instantOf(now),
      random: (bytes) => new Uint8Array(randomBytes(bytes)),
      // Badges are looked at last in a round: whoever asks for a fetcher has swept.
      fetchFor: () => {
        roundsSwept += 1;
        return () => Promise.reject(new TypeError('nobody is to be asked'));
      },
      witness: { origin: 'https://backpack.example', signer: await witnessOf(randomBytes(32)) },
      log: (event) => failures.push(event),
    });
    const roundAfter = async (minutes: number) => {
      now = began + minutes * minuteMs;
      const before = roundsSwept;
      worker.wake();
      await expect.poll(() => roundsSwept, { timeout: 60_000 }).toBeGreaterThan(before);
    };

    await expect.poll(kept, { timeout: 60_000 }).toEqual(['of today']);
    await roundAfter(2);
    await roundAfter(9);
    // Over an hour old by now, and not looked for.
    expect(await kept()).toEqual(['of today']);
    await roundAfter(10);
    expect(await kept()).toEqual([]);
    await worker.end();
    await storage.close();
    expect(failures).toEqual([]);
  });
});
