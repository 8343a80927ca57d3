import { type Instant, millisecondsOf } from '../../shared/model/brands.ts';
import { hexOf } from '../../shared/model/bytes.ts';
import type { Random } from '../../shared/model/effects.ts';
import { isStamp, laterStamp, nextStamp, type Stamp } from '../../shared/sync/stamp.ts';
import type { Tables } from './database.ts';

/**
 * A fresh stamp for what is about to be written, later than every one given or seen here (design §6). Must run inside
 * the transaction that writes. `now`: the local clock; what the server says of it stands in the row `clock-offset`.
 * Works without any account: the device's name in stamps is made at its first change.
 */
export async function takeStamp(store: Tables, now: Instant, random: Random): Promise<Stamp> {
  const [device, clock, offset] = await store.local.bulkGet(['device', 'clock', 'clock-offset']);
  const name = typeof device?.value === 'string' ? device.value : hexOf(random(8));
  if (device === undefined) await store.local.put({ key: 'device', value: name });
  const link = await store.link.get('link');
  const given = isStamp(clock?.value) ? clock.value : '';
  const ahead = typeof offset?.value === 'number' ? offset.value : 0;
  const stamp = nextStamp(laterStamp(given, link?.newestStamp ?? ''), millisecondsOf(now) + ahead, name);
  await store.local.put({ key: 'clock', value: stamp });
  return stamp;
}
