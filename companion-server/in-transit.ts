import type { Socket } from 'node:net';

/** What is on its way in and out, in bytes that this process holds. */
export type InTransit = {
  readonly add: (connection: Socket, bytes: number) => void;
  readonly done: (connection: Socket, bytes: number) => void;
};

/** Enough for 50 of the largest uploads at once. */
export const maxBytesInTransit = 256 * 1024 * 1024;

/**
 * Bounds what bodies take that come slowly and answers that nobody reads: whoever is in no hurry costs nothing but
 * memory, and a thousand of them would cost more than there is. Past `maxBytes` the connection that has held any for
 * longest is cut, and its memory is the others'.
 */
export function inTransit(maxBytes: number): InTransit {
  /** a Map keeps the order in which they began */
  const held = new Map<Socket, number>();
  const watched = new WeakSet<Socket>();
  let total = 0;
  const done = (connection: Socket, bytes: number) => {
    const before = held.get(connection) ?? 0;
    const left = Math.max(0, before - bytes);
    total -= before - left;
    if (left === 0) held.delete(connection);
    else held.set(connection, left);
  };
  const forget = (connection: Socket) => done(connection, Number.POSITIVE_INFINITY);
  const watch = (connection: Socket) => {
    if (watched.has(connection)) return;
    watched.add(connection);
    connection.once('close', () => forget(connection));
  };
  return {
    done,
    add: (connection, bytes) => {
      if (connection.destroyed) return;
      watch(connection);
      held.set(connection, (held.get(connection) ?? 0) + bytes);
      total += bytes;
      for (const longest of held.keys()) {
        if (total <= maxBytes) break;
        forget(longest);
        longest.destroy();
      }
    },
  };
}
