import type { Link } from './storage.ts';

/** How far a device has come with reading what the server has: of so many commits, or records of a snapshot. */
export type Progress = { readonly read: number; readonly of: number };

/** `undefined` where it has read all that it knows of. What was read stays so: an interrupted reading goes on there. */
export function progressOf({ chain, starting, logEnd = 0 }: Link): Progress | undefined {
  if (starting !== undefined) return { read: starting.count, of: starting.snap.count };
  if (chain === undefined || chain.head.n >= logEnd) return undefined;
  return { read: chain.head.n, of: logEnd };
}
