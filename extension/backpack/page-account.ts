import { asBackpackError } from '../../shared/model/errors.ts';
import { failed, type Result } from '../../shared/model/result.ts';
import { accountEffects } from '../account-effects.ts';
import { chooseServer } from '../actions/choose-server.ts';
import { createAccount } from '../actions/create-account.ts';
import { discloseBadges } from '../actions/disclose-badges.ts';
import { joinByRecoveryCode } from '../actions/join-by-recovery-code.ts';
import { writeChange } from '../actions/keep.ts';
import { isTypedBack, newRecoveryCode } from '../actions/new-recovery-code.ts';
import { type PublishDeps, publishProfile } from '../actions/publish-profile.ts';
import { readAccount } from '../actions/read-account.ts';
import { unlock } from '../actions/unlock.ts';
import { unpublishProfile } from '../actions/unpublish-profile.ts';
import { ask } from '../ask.ts';
import { database } from '../store/database.ts';
import { openRoot } from '../unlockers/open-root.ts';
import type { AccountActions } from './account-actions.ts';

/**
 * The account as this page deals with it. The opened root lives here, in memory, and nowhere else (design §2); syncing
 * itself runs in the background, which is told when there is something to send.
 */
export function pageAccount(): AccountActions {
  const effects = accountEffects(database);
  const deps: PublishDeps = {
    ...effects,
    root: openRoot(effects.clock),
    changeDoc: async (id, fields) => {
      await writeChange({ set: [{ id, fields }] }, { store: database, ...effects });
    },
  };
  return {
    readState: () => readAccount({ ...effects, store: database }),
    setServer: (server) => caught(() => chooseServer(server, effects)),
    newRecoveryCode: () => newRecoveryCode(effects.random),
    isTypedBack,
    createAccount: (code) => thenSync(() => createAccount(code, deps)),
    join: (code) => thenSync(() => joinByRecoveryCode(code, deps)),
    isUnlocked: () => deps.root.keys() !== undefined,
    unlock: (code) => caught(() => unlock(code, deps)),
    disclose: (badges) => discloseBadges(badges, deps),
    publish: (draft) =>
      thenSync(async () => {
        const published = await publishProfile(draft, deps);
        return published.ok ? { ok: true, value: { ...draft, ...published.value } } : published;
      }),
    unpublish: () => thenSync(() => unpublishProfile(deps)),
  };
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
