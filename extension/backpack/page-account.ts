import { asBackpackError, BackpackError } from '../../shared/model/errors.ts';
import { failed, ok, type Result } from '../../shared/model/result.ts';
import { accountEffects } from '../account-effects.ts';
import { admitByLink, numberOfAdmitted } from '../actions/admit-by-link.ts';
import { addRecoveryCode, removeUnlocker } from '../actions/change-unlockers.ts';
import { chooseServer } from '../actions/choose-server.ts';
import { createAccount } from '../actions/create-account.ts';
import { deleteAccount } from '../actions/delete-account.ts';
import { discloseBadges } from '../actions/disclose-badges.ts';
import { disconnect } from '../actions/disconnect.ts';
import { exportFromServer } from '../actions/export-from-server.ts';
import { forgetBrowser, sendBeforeForgetting } from '../actions/forget-browser.ts';
import {
  acceptAnswer,
  answerToOffer,
  declineAnswer,
  offerToJoin,
  shownOffer,
} from '../actions/join-by-link.ts';
import { joinByRecoveryCode } from '../actions/join-by-recovery-code.ts';
import { writeChange } from '../actions/keep.ts';
import { nameDevice } from '../actions/name-device.ts';
import { isTypedBack, newRecoveryCode } from '../actions/new-recovery-code.ts';
import { type PublishDeps, publishProfile } from '../actions/publish-profile.ts';
import { readAccount } from '../actions/read-account.ts';
import { rejoinServer } from '../actions/rejoin-server.ts';
import { type RemoveDeviceDeps, removeDevice } from '../actions/remove-device.ts';
import { replaceRoot } from '../actions/replace-root.ts';
import { signProfileAnew } from '../actions/sign-profile-anew.ts';
import { trustAgain } from '../actions/trust-again.ts';
import { unlock } from '../actions/unlock.ts';
import { unpublishProfile } from '../actions/unpublish-profile.ts';
import { addPasskey, joinByPasskey, unlockByPasskey } from '../actions/use-passkey.ts';
import { ask } from '../ask.ts';
import { browserName } from '../browser-name.ts';
import { canUsePasskeys, passkeys } from '../passkeys.ts';
import { readRows } from '../store/account-rows.ts';
import { database } from '../store/database.ts';
import { forgetUnlocked, keepUnlocked } from '../unlockers/device.ts';
import { openRoot } from '../unlockers/open-root.ts';
import type { AccountActions } from './account-actions.ts';

/**
 * The account as this page deals with it. The opened root lives here, in memory, and nowhere else (design §2); syncing
 * itself runs in the background, which is told when there is something to send.
 */
export function pageAccount(): AccountActions {
  const effects = accountEffects(database);
  const writing = { store: database, ...effects };
  const deps: PublishDeps & RemoveDeviceDeps = {
    ...effects,
    root: openRoot(effects.clock),
    changeDoc: async (id, fields, parts) => {
      const bytes = parts === undefined ? {} : { parts, replacing: true };
      await writeChange({ set: [{ id, fields }], ...bytes }, writing);
    },
    wipeDoc: async (id) => {
      await writeChange({ wipe: [id] }, writing);
    },
  };
  const holding = { ...deps, passkeys };
  return {
    readState: async (store = database) => {
      const rows = readRows(store);
      const standing = await readAccount({ rows, clock: effects.clock, store });
      const keptUnlocked = (await rows.get('device-unlocker')) !== undefined;
      return { ...standing, keptUnlocked, passkeys: canUsePasskeys(standing.server) };
    },
    setServer: (server) => caught(() => chooseServer(server, effects)),
    newRecoveryCode: () => newRecoveryCode(effects.random),
    isTypedBack,
    createAccount: (code) => thenSync(() => createAccount(code, deps)),
    join: (code) => thenSync(() => joinByRecoveryCode(code, deps)),
    joinByPasskey: () => thenSync(() => joinByPasskey(holding)),
    offerToJoin: () => caught(() => offerToJoin(effects)),
    shownOffer: () => shownOffer(effects),
    answerToOffer: () => caught(() => answerToOffer(effects)),
    acceptAnswer: () => thenSync(() => acceptAnswer(effects)),
    declineAnswer: () => caught(() => done(declineAnswer(effects))),
    admit: (text) => thenSync(() => admitByLink(text, deps)),
    numberOfAdmitted: (admitted) => caught(() => numberOfAdmitted(admitted, effects)),
    open: async () => deps.root.keys() !== undefined || (await caught(() => unlock(undefined, deps))).ok,
    keepUnlocked: () => caught(() => keepBrowserUnlocked(deps)),
    lockAgain: async () => {
      deps.root.forget();
      await forgetUnlocked(effects.rows);
    },
    unlock: (code) => caught(() => unlock(code, deps)),
    unlockByPasskey: () => caught(() => unlockByPasskey(holding)),
    addPasskey: () => thenSync(() => addPasskey(browserName(navigator.userAgent), holding)),
    addRecoveryCode: (code) => thenSync(() => addRecoveryCode(code, deps)),
    removeUnlocker: (id) => thenSync(() => removeUnlocker(id, deps)),
    replaceRoot: (code) =>
      thenSync(async () => {
        const replaced = await replaceRoot(code, deps);
        // The page shows what it showed, also where this fails; the next publication says it then.
        if (replaced.ok) await signProfileAnew(deps);
        return replaced;
      }),
    nameDevice: (kid, name) => thenSync(() => done(nameDevice(kid, name, writing))),
    removeDevice: (kid) => thenSync(() => removeDevice(kid, deps)),
    sendBeforeForgetting: () => caught(async () => ok(await sendBeforeForgetting(writing))),
    forgetBrowser: () => {
      deps.root.forget();
      return caught(() => done(forgetBrowser(writing)));
    },
    exportFromServer: () => caught(() => exportFromServer(effects)),
    deleteAccount: () => caught(() => deleteAccount(deps)),
    disconnect: () => {
      deps.root.forget();
      return caught(() => done(disconnect(effects)));
    },
    rejoin: () => thenSync(() => rejoinServer(deps)),
    trustAgain: () => thenSync(() => done(trustAgain(effects))),
    disclose: (badges, said) => discloseBadges(badges, deps, said),
    publish: (draft, shown) =>
      thenSync(async () => {
        const listed = shown.flatMap((one) => one.documents.map(({ hash }) => hash));
        const documents = draft.cover === undefined ? listed : [...listed, draft.cover.hash];
        return publishProfile(draft, { documents }, deps);
      }),
    unpublish: () => thenSync(() => unpublishProfile(deps)),
  };
}

/** The root under a key of this browser, from now on: the learner's own wish. Errors: `locked`. */
async function keepBrowserUnlocked({ root, rows, random }: PublishDeps): Promise<Result<null>> {
  const bytes = root.bytes();
  const row = await rows.get('account');
  if (bytes === undefined || row === undefined) return failed(new BackpackError('locked'));
  await keepUnlocked(bytes, row, rows, random);
  return ok(null);
}

async function done(work: Promise<void>): Promise<Result<null>> {
  await work;
  return ok(null);
}

async function thenSync<Value>(act: () => Promise<Result<Value>>): Promise<Result<Value>> {
  const result = await caught(act);
  if (result.ok) void ask<'sync-now'>({ kind: 'sync-now' });
  return result;
}

/** The one catch of this edge: what cannot happen becomes `unexpected`, and the console keeps the cause. */
async function caught<Value>(act: () => Promise<Result<Value>>): Promise<Result<Value>> {
  try {
    return await act();
  } catch (thrown) {
    console.error(thrown);
    return failed(asBackpackError(thrown));
  }
}
