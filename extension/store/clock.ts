import { type Instant, millisecondsOf } from '../../shared/model/brands.ts';
import { hexOf } from '../../shared/model/bytes.ts';
import type { Clock, Random } from '../../shared/model/effects.ts';
import { correctStamps, toleratedClockErrorMs } from '../../shared/sync/correct-stamps.ts';
import { isStamp, laterStamp, nextStamp, type Stamp } from '../../shared/sync/stamp.ts';
import type { BackpackDatabase, TransactionTables } from './database.ts';
import { docTables, putChangedDocs } from './write-docs.ts';

/*
 * Stamps are made of the local clock until this browser first comes into an account; from then on, for good, of the
 * server's time, which is the local clock and the row `clock-offset`. The row `server-time` says that it is so.
 */
const serverTimeKey = 'server-time';

/**
 * A fresh stamp for what is about to be written, later than every one given or seen here (design §6), taken
 * inside the transaction that writes. `now`: the local clock.
 * Works without any account: the device's name in stamps is made at its first change.
 */
export async function takeStamp(inside: TransactionTables, now: Instant, random: Random): Promise<Stamp> {
  const [device, clock] = await inside.local.bulkGet(['device', 'clock']);
  const name = typeof device?.value === 'string' ? device.value : hexOf(random(8));
  if (device === undefined) await inside.local.put({ key: 'device', value: name });
  const link = await inside.link.get('link');
  const given = isStamp(clock?.value) ? clock.value : '';
  const ahead = (await isServerTime(inside)) ? await offsetIn(inside) : 0;
  const stamp = nextStamp(laterStamp(given, link?.newestStamp ?? ''), millisecondsOf(now) + ahead, name);
  await inside.local.put({ key: 'clock', value: stamp });
  return stamp;
}

/**
 * At the first contact with an account, before anything was sent: what was kept under a clock more than five minutes off
 * gets the stamps it would have had (design §6). Once for a browser: stamps that were sent are never changed.
 */
export async function correctClock(store: BackpackDatabase, clock: Clock): Promise<void> {
  await store.write(docTables, async (inside) => {
    const isDone = await isServerTime(inside);
    await inside.local.put({ key: serverTimeKey, value: true });
    const device = await inside.local.get('device');
    const offset = await offsetIn(inside);
    if (isDone || typeof device?.value !== 'string' || Math.abs(offset) <= toleratedClockErrorMs) return;
    const { docs, newest } = correctStamps(await inside.docs.rows(), device.value, offset);
    await putChangedDocs(inside, docs, newest, clock());
    await inside.local.put({ key: 'clock', value: newest });
  });
}

/** Earlier versions did not write it down: a browser in an account had its stamps corrected when it came in. */
async function isServerTime({ local, link }: TransactionTables): Promise<boolean> {
  return (await local.get(serverTimeKey)) !== undefined || (await link.get('link')) !== undefined;
}

async function offsetIn({ local }: TransactionTables): Promise<number> {
  const row = await local.get('clock-offset');
  return typeof row?.value === 'number' ? row.value : 0;
}
