import type { JSX } from 'preact';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { DeviceList } from './device-list.tsx';
import { ForgetPart } from './forget-part.tsx';
import { JoinForm } from './join-form.tsx';
import { KeepUnlocked } from './keep-unlocked.tsx';
import type { Say } from './notice.tsx';
import { RecoveryCode } from './recovery-code.tsx';
import { SaveAll } from './save-all.tsx';
import { ServerExport } from './server-export.tsx';
import { ServerForm } from './server-form.tsx';
import { SyncPart } from './sync-part.tsx';
import { UnlockerList } from './unlocker-list.tsx';
import { useLive } from './use-live.ts';

/** What is asked only once it is needed: a server, a recovery code, another device's backpack. */
export function SettingsPage(props: {
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { actions, words, say } = props;
  const said = words.own.settings;
  const live = useLive(() => actions.readState(), [actions]);
  if (live.state !== 'ready')
    return (
      <div class="page">
        <h1>{said.title}</h1>
      </div>
    );
  const state = live.value;
  // Then the same button stands beside the alarm.
  const isAlarmed = state.sync.distrust !== undefined || state.sync.failure?.code === 'revoked';
  return (
    <div class="page">
      <h1>{said.title}</h1>
      <ServerForm key={state.server ?? ''} state={state} actions={actions} words={words} say={say} />
      <section class="page-part">
        <h2>{said.recoveryTitle}</h2>
        <p class="page-lead">{said.recoveryHow}</p>
        {state.account === undefined ? (
          <RecoveryCode actions={actions} words={words} enabled={state.server !== undefined} />
        ) : (
          <>
            <p>{said.recoveryDone}</p>
            <UnlockerList unlockers={state.account.unlockers} actions={actions} words={words} say={say} />
            <KeepUnlocked kept={state.keptUnlocked} actions={actions} words={words} say={say} />
          </>
        )}
      </section>
      {state.account === undefined && (
        <JoinForm actions={actions} words={words} say={say} enabled={state.server !== undefined} />
      )}
      <SyncPart state={state} actions={actions} words={words} say={say} />
      {!isAlarmed && (
        <section class="page-part">
          <h2>{said.saveAllTitle}</h2>
          <p class="page-lead">{said.saveAllHow}</p>
          <SaveAll words={words} />
        </section>
      )}
      {state.account !== undefined && (
        <>
          <DeviceList devices={state.account.devices} actions={actions} words={words} say={say} />
          <ServerExport actions={actions} words={words} />
          <ForgetPart actions={actions} words={words} say={say} />
        </>
      )}
    </div>
  );
}
