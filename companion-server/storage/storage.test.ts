import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Instant, instantOf, type Kid, type Sha256 } from '../../shared/model/brands.ts';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok } from '../../shared/model/result.ts';
import { newDatabase, removeDatabases, type TestDatabase } from '../testing/databases.ts';
import { Learner } from '../testing/learner.ts';
import { openAccount } from '../use-cases/open-account.ts';
import { migrate, NewerDatabase } from './migrate.ts';
import type { Migration } from './migrations/migration.ts';
import { migrations } from './migrations/registry.ts';
import { openStorage } from './open-storage.ts';
import type { Storage } from './storage.ts';

let kept: TestDatabase;
beforeEach(async () => {
  kept = await newDatabase();
});
afterEach(removeDatabases);

async function withStorage(work: (storage: Storage) => Promise<void>): Promise<void> {
  const storage = await openStorage(kept.place);
  try {
    await work(storage);
  } finally {
    await storage.close();
  }
}

const kid = 'k'.repeat(43) as Kid;
const at = (seconds: number): Instant => instantOf(seconds * 1000);
const remember = (storage: Storage, jti: string) =>
  storage.write(undefined, async ({ admission }) => ok(await admission.rememberRequest(kid, jti, at(600))));

describe('a write', () => {
  it('leaves no trace when its work fails or throws', async () => {
    await withStorage(async (storage) => {
      const refused = await storage.write(undefined, async ({ admission }) => {
        await admission.rememberRequest(kid, 'a', at(600));
        return failed(new BackpackError('quota'));
      });
      expect(refused.ok).toBe(false);
      await expect(
        storage.write(undefined, async ({ admission }) => {
          await admission.rememberRequest(kid, 'b', at(600));
          throw new Error('fault');
        }),
      ).rejects.toThrow('fault');
      expect(await remember(storage, 'a')).toEqual(ok(true));
      expect(await remember(storage, 'b')).toEqual(ok(true));
      expect(await remember(storage, 'b')).toEqual(ok(false));
    });
  });

  it('leaves what others write at the same time alone when it fails', async () => {
    await withStorage(async (storage) => {
      const jtis = Array.from({ length: 30 }, (_, index) => `j${index}`);
      const ended = await Promise.allSettled(
        jtis.map((jti, index) =>
          storage.write(undefined, async ({ admission }) => {
            const isNew = await admission.rememberRequest(kid, jti, at(600));
            if (index % 3 === 1) return failed(new BackpackError('quota'));
            if (index % 3 === 2) throw new Error('fault');
            return ok(isNew);
          }),
        ),
      );
      expect(ended.map(({ status }) => status)).toEqual(
        jtis.map((_, index) => (index % 3 === 2 ? 'rejected' : 'fulfilled')),
      );
      const again = await Promise.all(jtis.map((jti) => remember(storage, jti)));
      expect(again).toEqual(jtis.map((_, index) => ok(index % 3 !== 0)));
    });
  });

  it('shows a question that comes meanwhile nothing of what it has not kept yet', async () => {
    await withStorage(async (storage) => {
      const window = { name: 'c', windowEnds: at(60) };
      const ask = () => storage.ask(({ admission }) => admission.counted('c'));
      const count = async (how: 'kept' | 'undone') => {
        const asked: Promise<number>[] = [];
        await storage.write(undefined, async ({ admission }) => {
          await admission.count([window]);
          await turnOfLoop();
          asked.push(ask());
          await turnOfLoop();
          return how === 'kept' ? ok(undefined) : failed(new BackpackError('quota'));
        });
        return Promise.all(asked);
      };
      expect(await count('undone')).toEqual([0]);
      // One engine answers at once, the other once it is kept.
      expect([[0], [1]]).toContainEqual(await count('kept'));
      expect(await ask()).toBe(1);
    });
  });

  it('is there for the next one who opens the storage', async () => {
    await withStorage(async (storage) => void (await remember(storage, 'a')));
    await withStorage(async (storage) => expect(await remember(storage, 'a')).toEqual(ok(false)));
  });

  it('waits for another process’s, and sees what it wrote', async () => {
    const [one, two] = await Promise.all([openStorage(kept.place), openStorage(kept.place)]);
    const counts = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? one : two).write(undefined, async ({ admission }) =>
          ok(await admission.count([{ name: 'c', windowEnds: at(60) }])),
        ),
      ),
    );
    const numbers = counts.map((count) => (count.ok ? (count.value[0] ?? 0) : 0)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    await Promise.all([one.close(), two.close()]);
  });

  it('of an account reads it as it stands, also after it was moved or erased in the same transaction', async () => {
    const learner = await Learner.prepare({ address: '', origin: '' });
    const { genesis, unlockers, id } = learner;
    await withStorage(async (storage) => {
      expect((await openAccount({ genesis, unlockers }, { storage, clock: () => at(0) })).ok).toBe(true);
      const heads = await storage.write<readonly unknown[]>(id, async ({ accounts }) => {
        const before = await accounts.find(id);
        if (before === undefined) throw new Error('no account');
        const head = { n: 1, h: 'h'.repeat(43) as Sha256 };
        await accounts.advance(before.chain.head, { ...before, chain: { ...before.chain, head } });
        const after = await accounts.find(id);
        await accounts.erase(id);
        return ok([before.chain.head.n, after?.chain.head, await accounts.find(id)]);
      });
      expect(heads).toEqual(ok([0, { n: 1, h: 'h'.repeat(43) }, undefined]));
    });
  });

  it('forgets what is over when it is swept, and nothing else', async () => {
    await withStorage(async (storage) => {
      await remember(storage, 'a');
      await storage.write(undefined, async ({ admission }) =>
        ok(await admission.count([{ name: 'c', windowEnds: at(60) }])),
      );
      const sweep = (now: Instant) =>
        storage.write(undefined, async ({ admission }) => ok(await admission.sweep(now)));
      await sweep(at(599));
      expect(await remember(storage, 'a')).toEqual(ok(false));
      expect(await storage.read(({ admission }) => admission.counted('c'))).toBe(0);
      await sweep(at(600));
      expect(await remember(storage, 'a')).toEqual(ok(true));
    });
  });
});

describe('checks of published badges', () => {
  it('are leased to one worker at a time, and again when the lease runs out', async () => {
    await withStorage(async (storage) => {
      const account = 'a'.repeat(43) as Sha256;
      const [one, two] = ['1'.repeat(43) as Sha256, '2'.repeat(43) as Sha256];
      await storage.write(account, async ({ checks }) =>
        ok(await checks.schedule(account, [one, two], at(10))),
      );
      const lease = async (now: number) => {
        const leased = await storage.write(account, async ({ checks }) =>
          ok(await checks.lease(at(now), { until: at(now + 60), latest: at(now + 5000), limit: 1 })),
        );
        return leased.ok ? leased.value.map(({ document }) => document) : [];
      };
      expect(await lease(9)).toEqual([]);
      const taken = [...(await lease(10)), ...(await lease(11))];
      expect(taken.sort()).toEqual([one, two]);
      expect(await lease(12)).toEqual([]);
      expect(await lease(70)).toHaveLength(1);
      const done = { account, document: one, checkedAt: at(71), result: '{}' };
      await storage.write(account, async ({ checks }) => ok(await checks.finish(done, at(1000))));
      await storage.write(account, async ({ checks }) =>
        ok(await checks.finish({ ...done, document: two }, at(2000))),
      );
      expect(await lease(999)).toEqual([]);
      expect(await lease(1000)).toEqual([one]);
      // Further ahead than any check is put off: a clock was wrong, with the check or with its lease.
      await storage.write(account, async ({ checks }) =>
        ok(await checks.finish({ ...done, document: two }, at(9000))),
      );
      expect(await lease(4000)).toEqual([one]);
      expect(await lease(3999)).toEqual([two]);
      expect(await lease(3999)).toEqual([]);
      await storage.write(account, async ({ checks }) =>
        ok(await checks.lease(at(9000), { until: at(9060), latest: at(14_000), limit: 2 })),
      );
      expect([...(await lease(3990)), ...(await lease(3991))].sort()).toEqual([one, two]);
    });
  });
});

describe('migrations', () => {
  const broken: Migration = {
    name: '9999-broken',
    up: async (schema) => {
      await schema.createTable('half').addColumn('id', 'text').execute();
      throw new Error('killed midway');
    },
  };

  it('are numbered in order, each once', () => {
    const names = migrations.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)].sort());
    for (const [index, name] of names.entries())
      expect(name).toMatch(new RegExp(`^${String(index + 1).padStart(4, '0')}-[a-z-]+$`));
  });

  it('run once, whoever comes first, and leave nothing of one that failed', async () => {
    kept = await newDatabase('none');
    const opened = await Promise.all([
      openStorage(kept.place),
      openStorage(kept.place),
      openStorage(kept.place),
    ]);
    await Promise.all(opened.map((storage) => storage.close()));
    await kept.with(async (database) => {
      expect(await migrate(database, kept.engine, migrations)).toEqual([]);
      await expect(migrate(database, kept.engine, [...migrations, broken])).rejects.toThrow('killed midway');
      expect((await database.introspection.getTables()).map(({ name }) => name)).not.toContain('half');
      const mended = {
        ...broken,
        up: async (schema: Parameters<Migration['up']>[0]) =>
          schema.createTable('half').addColumn('id', 'text').execute(),
      };
      expect(await migrate(database, kept.engine, [...migrations, mended])).toEqual(['9999-broken']);
      // An older server does not touch what a newer one has written.
      await expect(migrate(database, kept.engine, migrations)).rejects.toThrow(NewerDatabase);
    });
  });
});
