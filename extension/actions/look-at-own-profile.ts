import { millisecondsOf, parseHandle } from '../../shared/model/brands.ts';
import type { BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import {
  type ManifestHead,
  type ParsedManifest,
  parseManifest,
  secretNameOf,
} from '../../shared/publish/manifest.ts';
import { judgeOwnProfile, type OwnKnowledge } from '../../shared/publish/own-profile.ts';
import type { Chain } from '../../shared/sync/chain.ts';
import { readPassed } from '../../shared/sync/passed-commits.ts';
import { distrust } from '../../shared/sync/round.ts';
import type { Link, ProfileFault } from '../../shared/sync/storage.ts';
import type { AccountRow, LookedAt, ProfileLookRow } from '../store/account-rows.ts';
import { type KeptProfile, keptProfileOf, profileDocId, unlistedIn } from '../store/profile-doc.ts';
import type { AccountDeps } from './account-deps.ts';
import { newVersion } from './own-manifest.ts';
import { syncNow } from './sync-now.ts';

const lookEveryMs = 24 * 60 * 60 * 1000;

/**
 * Once a day each browser looks at its learner's page, and at the unlisted collections, as everybody does, without
 * saying who asks, and holds it against its own log (design §7, threats T5). What fits no commit of its chain is of
 * another history than the one this browser is shown: syncing stops as with every lie of a server. A page that does not
 * come is no alarm.
 * The first look is a day after there is something to look at, so that no publication is under way since before.
 */
export async function lookAtOwnProfile(deps: AccountDeps): Promise<void> {
  const { rows, clock } = deps;
  const version = newVersion(deps);
  const row = await rows.get('account');
  if (row?.enrolled !== true) return;
  const before = await rows.get('profile-look');
  // What is ended begins anew, with its numbers, once it is published again.
  if (publishedIn(await standing(deps)) === undefined) return rows.remove('profile-look');
  if (before === undefined) return rows.change('profile-look', (now) => now ?? { at: clock(), version });
  // A clock that was set back must not keep it from looking.
  if (Math.abs(millisecondsOf(clock()) - millisecondsOf(before.at)) < lookEveryMs) return;
  // Twice, because what was fetched may have been published, or signed anew, while this browser caught up.
  const once = await look(row, before, deps);
  const found = once?.fault !== undefined ? await look(row, before, deps) : once;
  if (found === undefined) return;
  // Nothing is written for an account that was left meanwhile.
  await deps.alone(async () => {
    if ((await rows.get('account'))?.acct !== row.acct) return;
    // What another page has published, and noted, while this one looked is newer than what it saw.
    await rows.change('profile-look', (now) =>
      now !== undefined && now.version === before.version
        ? { ...found.row, at: clock(), version }
        : undefined,
    );
    if (found.fault !== undefined) await distrust(found.fault, deps, found.head);
  });
}

/** `undefined`: nothing can be said now. */
type Found =
  | { readonly row: ProfileLookRow; readonly fault?: never }
  | { readonly row: ProfileLookRow; readonly fault: ProfileFault; readonly head: number };

/** Fetches first and syncs then, so that whatever a mark is made of has been passed when it is judged. */
async function look(row: AccountRow, before: ProfileLookRow, deps: AccountDeps): Promise<Found | undefined> {
  const handle = parseHandle(publishedIn(await standing(deps))?.handle ?? '');
  if (!handle.ok) return undefined;
  const companion = deps.companion(row.server);
  const shown = await shownAt(companion.readManifest(handle.value));
  const apart = new Map<string, ParsedManifest>();
  for (const name of (await standing(deps)).unlisted.keys()) {
    const one = await shownAt(companion.readManifest(handle.value, name));
    // One that does not come, or another in its place, is no alarm, as with the page.
    if (!one.ok || typeof one.value === 'string') continue;
    if (secretNameOf(one.value.manifest) === name) apart.set(name, one.value);
  }
  const outcome = await syncNow(deps, { asked: false });
  if (outcome?.kind !== 'synced' || outcome.head === undefined) return undefined;
  const { profile, unlisted, link, passed } = await standing(deps);
  const isSame = profile?.handle === handle.value && link?.chain?.head.h === outcome.head.head.h;
  if (!shown.ok || !isSame || link === undefined) return undefined;
  if (shown.value === 'none' || shown.value === 'taken-down') {
    if (profile.state !== 'published') return undefined;
    const { takenDown: _, ...rest } = before;
    const why = shown.value === 'taken-down' ? { takenDown: true as const } : {};
    return { row: { ...rest, ...why, goneSince: before.goneSince ?? deps.clock() } };
  }
  const { goneSince: _, takenDown: __, unlisted: looked = {}, ...kept } = sinceReturn(before, link);
  const { identity, head }: Chain = outcome.head;
  const own = { identity, head, passed, blind: row.held.blind };
  const page = await judge(shown.value, kept, profile.manifest, own);
  const faults = page.fault === undefined ? [] : [page.fault];
  const after: Record<string, LookedAt> = {};
  // Those that were ended meanwhile are not looked at, and forgotten.
  for (const [name, manifest] of unlisted) {
    const one = apart.get(name);
    const judged = one === undefined ? undefined : await judge(one, looked[name] ?? {}, manifest, own);
    if (judged?.fault !== undefined) faults.push(judged.fault);
    after[name] = judged?.at ?? looked[name] ?? {};
  }
  const found = { row: { ...kept, ...page.at, unlisted: after } };
  const [fault] = faults;
  return fault === undefined ? found : { ...found, fault, head: head.n };
}

/** Holds one manifest against what is known, and says what to hold the next one against. */
async function judge(
  shown: ParsedManifest,
  before: LookedAt,
  listed: ManifestHead | undefined,
  own: Pick<OwnKnowledge, 'identity' | 'blind' | 'passed' | 'head'>,
): Promise<{ readonly at: LookedAt; readonly fault?: ProfileFault }> {
  const known = [listed?.h, before.alarmed].filter((hash) => hash !== undefined);
  const judged = await judgeOwnProfile(shown, { ...own, seen: before.seen, known });
  return judged.fault === undefined
    ? { at: { ...before, seen: judged.seen } }
    : { at: { ...before, alarmed: shown.hash }, fault: judged.fault };
}

async function standing({ storage }: AccountDeps) {
  return storage.read(async (tables) => {
    const [doc] = await tables.docs.get([profileDocId]);
    const [link] = await tables.link.get(['link']);
    const unlisted = unlistedIn(doc);
    return { profile: keptProfileOf(doc), unlisted, link, passed: await readPassed(tables) };
  });
}

function publishedIn({ profile }: { readonly profile: KeptProfile | undefined }): KeptProfile | undefined {
  return profile?.state === 'ended' ? undefined : profile;
}

/** Not there, or nothing that this version can read: `none`; the operator may say that it is his doing. Not reached: an error. */
async function shownAt(
  asked: Promise<Result<string>>,
): Promise<Result<ParsedManifest | 'none' | 'taken-down', BackpackError>> {
  const answer = await asked;
  if (!answer.ok && answer.error.code === 'profile-taken-down') return ok('taken-down');
  if (!answer.ok) return answer.error.code === 'not-found' ? ok('none') : failed(answer.error);
  const parsed = await parseManifest(answer.value);
  return ok(parsed.ok ? parsed.value : 'none');
}

/** A server that was restored since, with the learner's yes, may well show an older page: what was seen counts no more. */
function sinceReturn(before: ProfileLookRow, { rejoined }: Link): ProfileLookRow {
  if (before.rejoined === rejoined?.n) return before;
  const { seen: _, rejoined: __, unlisted: ___, ...rest } = before;
  return rejoined === undefined ? rest : { ...rest, rejoined: rejoined.n };
}
