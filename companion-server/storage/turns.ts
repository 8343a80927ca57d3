import { sql } from 'kysely';
import type { Turns } from './storage.ts';
import type { Db } from './tables.ts';

/** Hosts remembered at once: hostile ones by the thousand take no more room than this. */
export const maxHosts = 10_000;

export function turns(db: Db): Turns {
  return {
    take: async (host, now, pace) => {
      const row = (await takeTurn(db, host, now, pace)) ?? (await afterSweep(db, host, now, pace));
      return row?.free_at;
    },
    sweep: async (now) => {
      await db.deleteFrom('host_turns').where('free_at', '<=', now).execute();
    },
  };
}

/** Where there are too many hosts: those that nobody waits for any more make room. */
async function afterSweep(db: Db, host: string, now: number, pace: Parameters<Turns['take']>[2]) {
  await turns(db).sweep(now);
  return takeTurn(db, host, now, pace);
}

/**
 * One statement, so that two processes never take the same turn: whoever comes second waits for the row. A time further
 * ahead than anyone waits was written by a clock that was wrong, and holds up nobody.
 */
async function takeTurn(
  db: Db,
  host: string,
  now: number,
  { intervalMs, aheadMs }: Parameters<Turns['take']>[2],
): Promise<{ readonly free_at: number } | undefined> {
  const number = (value: number) => sql`cast(${value} as bigint)`;
  const isAhead = sql`host_turns.free_at between ${number(now)} and ${number(now + aheadMs + intervalMs)}`;
  const { rows } = await sql<{ free_at: number }>`
    insert into host_turns (host, free_at)
    select cast(${host} as text), ${number(now + intervalMs)}
    where (select count(*) from host_turns) < ${number(maxHosts)}
      or exists (select 1 from host_turns where host = ${host})
    on conflict (host) do update
    set free_at = ${number(intervalMs)} + case when ${isAhead} then host_turns.free_at else ${number(now)} end
    where not (host_turns.free_at between ${number(now + aheadMs + 1)} and ${number(now + aheadMs + intervalMs)})
    returning free_at`.execute(db);
  return rows[0];
}
