import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newDatabase, removeDatabases } from '../testing/databases.ts';
import { random } from '../testing/learner.ts';
import { bindUncopied } from './bind-uncopied.ts';

let client: pg.Client;
beforeEach(async () => {
  client = new pg.Client({ connectionString: (await newDatabase()).place.location });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await removeDatabases();
});

/** How many pieces are sent that lie where `value` does. */
async function piecesOf(value: Uint8Array): Promise<number> {
  const write = vi.spyOn(client.connection.stream, 'write');
  await client.query('select $1::bytea', [value]);
  const sent = write.mock.calls.map(([chunk]) => chunk as Uint8Array);
  write.mockRestore();
  return sent.filter(({ buffer, length }) => buffer === value.buffer && length === value.length).length;
}

describe('long values of a statement', () => {
  it('are sent from where they lie, and are copied without it', async () => {
    const value = random(4129);
    expect(await piecesOf(value)).toBe(0);
    bindUncopied(client);
    expect(await piecesOf(value)).toBe(1);
  });

  it('arrive as they were given, beside texts, numbers, nothing and short ones, in any order', async () => {
    bindUncopied(client);
    const whole = random(600_000);
    const bytes = [0, 1, 1023, 1024, 1025, 4129, 524_321].map((length) => whole.subarray(7, 7 + length));
    const others = ['', 'Ω → 🏅', 'ü'.repeat(3000), 42, null];
    for (const name of [undefined, 'kept', 'kept'])
      for (const values of [
        [...bytes, ...others],
        [...others, ...bytes],
      ]) {
        const columns = values.map(
          (value, index) => `$${index + 1}::${value instanceof Uint8Array ? 'bytea' : 'text'}`,
        );
        const text = `select array[${columns.map((column) => `(${column})::text`).join()}] as list`;
        const called = name === undefined ? {} : { name: `${name} ${values[0] === '' ? 1 : 2}` };
        const { rows } = await client.query<{ list: readonly (string | null)[] }>({
          ...called,
          text,
          values,
        });
        expect(rows[0]?.list).toEqual(
          values.map((value) =>
            value instanceof Uint8Array
              ? `\\x${Buffer.from(value).toString('hex')}`
              : value === null
                ? null
                : String(value),
          ),
        );
      }
  });

  it('leave a connection that goes on after a statement that was refused', async () => {
    bindUncopied(client);
    await expect(client.query('select $1::bytea, 1 / $2::integer', [random(5000), 0])).rejects.toThrow(
      'division by zero',
    );
    const { rows } = await client.query('select length($1::bytea)', [random(5000)]);
    expect(rows).toEqual([{ length: 5000 }]);
  });
});
