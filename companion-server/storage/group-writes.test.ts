import { describe, expect, it } from 'vitest';
import { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok } from '../../shared/model/result.ts';
import { groupWrites, type Work } from './group-writes.ts';

/** Runners that keep what was done, as a database does; `breaks`: one that shares its transaction breaks it for all. */
function runners(breaks: (work: Work) => boolean = () => false) {
  const transactions: number[] = [];
  const session = {} as never;
  return {
    transactions,
    write: groupWrites({
      alone: async (work) => {
        transactions.push(1);
        return work(session);
      },
      together: async (works) => {
        transactions.push(works.length);
        if (works.some(breaks)) throw new Error('the database failed');
        return Promise.all(
          works.map((work) =>
            work(session).then(
              (result) => ({ result }),
              (thrown: unknown) => ({ thrown }),
            ),
          ),
        );
      },
    }),
  };
}

const done =
  (value: number): Work =>
  async () =>
    ok(value);

describe('writes that come together', () => {
  it('share a transaction, also where they come one by one within a turn of the event loop', async () => {
    const { write, transactions } = runners();
    const writeOnce = (promise: Promise<unknown>, value: number) => promise.then(() => write(done(value)));
    const first = Promise.resolve();
    const results = await Promise.all([write(done(1)), writeOnce(first, 2), writeOnce(first.then(), 3)]);
    expect(results).toEqual([ok(1), ok(2), ok(3)]);
    expect(await write(done(4))).toEqual(ok(4));
    expect(transactions).toEqual([3, 1]);
  });

  it('each get what they themselves gave, refusals and faults as well', async () => {
    const { write } = runners();
    const refused = failed(new BackpackError('quota'));
    const ended = await Promise.allSettled([
      write(done(1)),
      write(async () => refused),
      write(async () => {
        throw new Error('a fault of its own');
      }),
      write(done(4)),
    ]);
    expect(ended).toMatchObject([
      { value: ok(1) },
      { value: refused },
      { reason: { message: 'a fault of its own' } },
      { value: ok(4) },
    ]);
  });

  it('are each tried alone where the database fails under all of them', async () => {
    const broken = done(2);
    const { write, transactions } = runners((work) => work === broken);
    const results = await Promise.all([done(1), broken, done(3)].map((work) => write(work)));
    expect(results).toEqual([ok(1), ok(2), ok(3)]);
    expect(transactions).toEqual([3, 1, 1, 1]);
  });

  it('do not all come at once, however many there are', async () => {
    const { write, transactions } = runners();
    await Promise.all(Array.from({ length: 200 }, (_, value) => write(done(value))));
    expect(Math.max(...transactions)).toBe(64);
    expect(transactions.reduce((sum, each) => sum + each, 0)).toBe(200);
  });
});
