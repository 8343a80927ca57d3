import { type Instant, millisecondsOf } from '../../shared/model/brands.ts';
import { hexOf } from '../../shared/model/bytes.ts';
import type { Random } from '../../shared/model/effects.ts';
import { isStamp, laterStamp, nextStamp, type Stamp } from '../../shared/sync/stamp.ts';
import type { TransactionTables } from './database.ts';

/**
 * A fresh stamp for what is about to be written, later than every one given or seen here (design §6), taken
 * inside the transaction that writes. `now`: the local clock; what the server says of it stands in the row `clock-offset`.
 * Works without any account: the device's name in stamps is made at its first change.
 */
export async function takeStamp(inside: TransactionTables, now: Instant, random: Random): Promise<Stamp> {
  const [device, clock, offset] = await inside.local.bulkGet(['device', 'clock', 'clock-offset']);
  const name = typeof device?.value === 'string' ? device.value : hexOf(random(8));
  if (device === undefined) await inside.local.put({ key: 'device', value: name });
  const link = await inside.link.get('link');
  const given = isStamp(clock?.value) ? clock.value : '';
  const ahead = typeof offset?.value === 'number' ? offset.value : 0;
  const stamp = nextStamp(laterStamp(given, link?.newestStamp ?? ''), millisecondsOf(now) + ahead, name);
  await inside.local.put({ key: 'clock', value: stamp });
  return stamp;
}
