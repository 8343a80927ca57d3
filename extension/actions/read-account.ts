import { type Instant, type Kid, millisecondsOf, type Sha256, type Url } from '../../shared/model/brands.ts';
import type { Clock } from '../../shared/model/effects.ts';
import type { Theme } from '../../shared/model/themes.ts';
import type { DocId } from '../../shared/sync/doc.ts';
import { logNumberOf } from '../../shared/sync/log-number.ts';
import { type Progress, progressOf } from '../../shared/sync/progress.ts';
import type { DistrustReason, Link } from '../../shared/sync/storage.ts';
import type { KeptUnlocker } from '../../shared/sync/unlocker.ts';
import type { AccountRow, ProfileLookRow, ReadRows, SyncRow } from '../store/account-rows.ts';
import type { Tables } from '../store/database.ts';
import { deviceDocId, type KeptDevice, keptDeviceOf } from '../store/device-doc.ts';
import { keptProfileOf, profileDocId } from '../store/profile-doc.ts';
import type { ShownCollection } from '../store/shown-collections.ts';
import { unlockerMadeAt, unlockerNameOf, unlockersDocId } from '../store/unlocker-doc.ts';
import { readServer } from './choose-server.ts';
import { profileAddressOf } from './publish-profile.ts';

/** Where account, syncing and profile stand, for showing it. */
export type AccountStanding = {
  readonly server: Url | undefined;
  readonly account?: {
    readonly since: Instant;
    readonly devices: readonly KnownDevice[];
    readonly unlockers: readonly KnownUnlocker[];
  };
  readonly sync: {
    readonly unsent: number;
    readonly running: boolean;
    readonly last?: Instant;
    readonly failure?: NonNullable<SyncRow['failure']>;
    readonly distrust?: { readonly lost?: number; readonly page?: PageFault };
    readonly rejoinedBy?: 'here' | 'another';
    readonly logNumber?: string;
    readonly reading?: Progress;
  };
  readonly published?: {
    readonly address: Url;
    readonly handle: string;
    readonly missing?: Instant;
    /** since when it is known that the operator took it down */
    readonly takenDown?: Instant;
    readonly name?: string;
    readonly about?: string;
    readonly badges: readonly DocId[];
    readonly collections: readonly (ShownCollection & { readonly address: Url })[];
    readonly said: readonly DocId[];
    readonly search: boolean;
    readonly theme: Theme;
    readonly cover?: Sha256;
  };
};

/** What is wrong with the learner's page, where that is why syncing stopped. */
type PageFault = 'differs' | 'went-back' | 'not-signed';

/** One of the learner's browsers: what the log says of it, and what his devices know. */
export type KnownDevice = Partial<KeptDevice> & { readonly kid: Kid; readonly here: boolean };

/** One way to open the backpack that the server keeps; `made`: when, where somebody wrote it down. */
export type KnownUnlocker = Pick<KeptUnlocker, 'id' | 'kind'> & {
  readonly made?: Instant;
  readonly name?: string;
};

/** A page that was not found for less may be found again tomorrow. */
const missingAfterMs = 3 * 24 * 60 * 60 * 1000;

/** A round that began longer ago than this was stopped with its context. */
const longestRoundMs = 2 * 60 * 1000;

/** Reads it all from this browser alone; may stand inside a live query. */
export async function readAccount(deps: {
  readonly rows: ReadRows;
  readonly store: Tables;
  readonly clock: Clock;
}): Promise<AccountStanding> {
  const { rows, store } = deps;
  const row = await rows.get('account');
  const sync = await rows.get('sync');
  const link = await store.link.get('link');
  const reading = link === undefined ? undefined : progressOf(link);
  const unsent = await store.dirty.count();
  const profile = keptProfileOf(await store.docs.get(profileDocId));
  const server = row?.enrolled === true ? row.server : await readServer(rows);
  const look = await rows.get('profile-look');
  const takenDown = look?.takenDown === true ? look.goneSince : undefined;
  const missing = takenDown === undefined ? missingSince(look, deps.clock()) : undefined;
  const isPublished = server !== undefined && profile !== undefined && profile.state !== 'ended';
  return {
    server,
    ...(row?.enrolled === true
      ? {
          account: {
            since: row.since,
            devices: await readDevices(row, link, store),
            unlockers: await readKnownUnlockers(row, store),
          },
        }
      : {}),
    sync: {
      unsent,
      running: isRunning(sync, deps.clock()),
      ...(sync?.last === undefined ? {} : { last: sync.last }),
      ...(sync?.failure === undefined ? {} : { failure: sync.failure }),
      ...(reading === undefined ? {} : { reading }),
      ...(row?.enrolled === true && link !== undefined ? standingOf(link, row.device.kid) : {}),
    },
    ...(isPublished
      ? {
          published: {
            address: profileAddressOf(server, profile.handle),
            handle: profile.handle,
            ...(missing === undefined ? {} : { missing }),
            ...(takenDown === undefined ? {} : { takenDown }),
            ...(profile.name === '' ? {} : { name: profile.name }),
            ...(profile.about === '' ? {} : { about: profile.about }),
            badges: profile.badges,
            collections: profile.collections.map((one) => ({
              ...one,
              address: profileAddressOf(server, profile.handle, one.name),
            })),
            said: profile.said,
            search: profile.search,
            theme: profile.theme,
            ...(profile.cover === undefined ? {} : { cover: profile.cover }),
          },
        }
      : {}),
  };
}

async function readKnownUnlockers(
  { unlocker, unlockers = [unlocker] }: AccountRow,
  store: Tables,
): Promise<readonly KnownUnlocker[]> {
  const doc = await store.docs.get(unlockersDocId);
  const known = unlockers.map(({ id, kind }) => {
    const made = unlockerMadeAt(doc, id);
    const name = unlockerNameOf(doc, id);
    return {
      id,
      kind,
      ...(made === undefined ? {} : { made }),
      ...(name === undefined ? {} : { name }),
    };
  });
  return known.sort((a, b) => (a.made ?? '').localeCompare(b.made ?? ''));
}

async function readDevices(
  { device }: AccountRow,
  link: Link | undefined,
  store: Tables,
): Promise<readonly KnownDevice[]> {
  const kids = ((link?.remembered ?? link?.chain)?.devices ?? [device]).map(({ kid }) => kid);
  const docs = await store.docs.bulkGet(kids.map(deviceDocId));
  const known = kids.map((kid, index) => ({ ...keptDeviceOf(docs[index]), kid, here: kid === device.kid }));
  return known.sort((a, b) => Number(b.here) - Number(a.here) || (b.seen ?? '').localeCompare(a.seen ?? ''));
}

function standingOf(
  link: Link,
  kid: string,
): Pick<AccountStanding['sync'], 'distrust' | 'rejoinedBy' | 'logNumber'> {
  const { distrust, shown, rejoined } = link;
  const chain = link.remembered ?? link.chain;
  const lost = chain === undefined || shown === undefined ? 0 : chain.head.n - shown;
  return {
    ...(distrust === undefined ? {} : { distrust: { ...(lost > 0 ? { lost } : {}), ...pageIn(distrust) } }),
    ...(rejoined === undefined ? {} : { rejoinedBy: rejoined.by === kid ? 'here' : 'another' }),
    ...(chain === undefined ? {} : { logNumber: logNumberOf(chain.head) }),
  };
}

function pageIn(distrust: DistrustReason): { readonly page?: PageFault } {
  switch (distrust) {
    case 'profile-differs':
      return { page: 'differs' };
    case 'profile-went-back':
      return { page: 'went-back' };
    case 'profile-not-signed':
      return { page: 'not-signed' };
    default:
      return {};
  }
}

function missingSince(look: ProfileLookRow | undefined, now: Instant): Instant | undefined {
  const since = look?.goneSince;
  if (since === undefined) return undefined;
  return millisecondsOf(now) - millisecondsOf(since) < missingAfterMs ? undefined : since;
}

function isRunning(sync: SyncRow | undefined, now: Instant): boolean {
  if (sync?.started === undefined || (sync.ended !== undefined && sync.ended >= sync.started)) return false;
  return millisecondsOf(now) - millisecondsOf(sync.started) < longestRoundMs;
}
