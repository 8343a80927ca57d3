import type pg from 'pg';

/** Shorter values cost less to copy than to send apart. */
const longBytes = 1024;

/**
 * Lets a connection send long values from where they lie: nobody may change them afterwards. The client's own way copies
 * all values of a statement into a buffer that it makes larger and larger: 110 KB more outside of V8's heap for a commit
 * of 40, which is then collected whole every 70 to 140 commits instead of every 400, for a fifth of the server's time.
 */
export function bindUncopied({ connection }: pg.Client): void {
  const bind = connection.bind.bind(connection);
  connection.bind = (config, more) => {
    const { values = [], valueMapper, statement = '', portal, binary } = config ?? {};
    const isPlain = !portal && !binary && valueMapper !== undefined;
    if (!isPlain || !values.some(isLong)) return bind(config, more);
    for (const piece of messageOf(statement, values.map(valueMapper))) connection.stream.write(piece);
  };
}

function isLong(value: unknown): boolean {
  return value instanceof Uint8Array && value.length >= longBytes;
}

/** `Bind` of PostgreSQL's protocol, in pieces: texts as texts, bytes as they are, and every answer as text. */
function messageOf(statement: string, values: readonly (string | Buffer | null)[]): readonly Buffer[] {
  const lengths = values.map((value) => (value === null ? 0 : Buffer.byteLength(value)));
  const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0);
  // Its letter, its length, two names that end with a zero, three counts, and a format and a length for each value.
  const frame = 1 + 4 + 1 + statement.length + 1 + 6 + values.length * 6;
  const own = Buffer.allocUnsafe(frame + sum(lengths.filter((_, index) => !isLong(values[index]))));
  const pieces: Buffer[] = [];
  let [start, at] = [0, own.write('B')];
  at = own.writeInt32BE(frame - 1 + sum(lengths), at);
  at += own.write(`\0${statement}\0`, at, 'latin1');
  at = own.writeInt16BE(values.length, at);
  for (const value of values) at = own.writeInt16BE(value instanceof Buffer ? 1 : 0, at);
  at = own.writeInt16BE(values.length, at);
  for (const [index, value] of values.entries()) {
    at = own.writeInt32BE(value === null ? -1 : (lengths[index] ?? 0), at);
    if (value === null) continue;
    if (typeof value === 'string') at += own.write(value, at);
    else if (!isLong(value)) at += value.copy(own, at);
    else {
      pieces.push(own.subarray(start, at), value);
      start = at;
    }
  }
  own.writeInt16BE(0, at);
  return [...pieces, own.subarray(start)];
}
