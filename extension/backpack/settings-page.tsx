import type { JSX } from 'preact';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { DeletePart } from './delete-part.tsx';
import { DeviceList } from './device-list.tsx';
import { ForgetPart } from './forget-part.tsx';
import { JoinForm } from './join-form.tsx';
import { KeepUnlocked } from './keep-unlocked.tsx';
import { isLeftOut } from './left-out.ts';
import type { Say } from './notice.tsx';
import { type PagePart, PageParts } from './page-parts.tsx';
import { RecoveryCode } from './recovery-code.tsx';
import { addressOf } from './route.ts';
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
  const live = useLive(actions.readState, [actions]);
  if (live.state !== 'ready')
    return (
      <div class="page">
        <h1>{said.title}</h1>
      </div>
    );
  const state = live.value;
  // What would be refused is not offered.
  const isOut = isLeftOut(state.sync);
  // Then the same button stands beside the alarm.
  const isAlarmed = state.sync.distrust !== undefined || isOut;
  const { account, server, passkeys } = state;
  const isConnected = account !== undefined && server !== undefined;
  const shared = { actions, words, say };
  const syncing = { id: 'syncing', title: said.syncTitle, body: <SyncPart state={state} {...shared} /> };
  // What has stopped comes before what goes on as ever.
  const parts: readonly PagePart[] = [
    ...whenTrue(isAlarmed, syncing),
    {
      id: 'server',
      title: said.serverTitle,
      body: <ServerForm key={server ?? ''} state={state} {...shared} />,
    },
    ...whenTrue(!isOut, {
      id: 'ways-in',
      title: account === undefined ? said.recoveryTitle : said.waysTitle,
      body:
        account === undefined ? (
          <section class="page-part">
            <h2>{said.recoveryTitle}</h2>
            <p class="page-lead">{said.recoveryHow}</p>
            <RecoveryCode actions={actions} words={words} enabled={server !== undefined} />
          </section>
        ) : (
          <section class="page-part">
            <h2>{said.waysTitle}</h2>
            <p class="page-lead">{said.recoveryDone}</p>
            <UnlockerList unlockers={account.unlockers} passkeys={passkeys} {...shared} />
            <KeepUnlocked kept={state.keptUnlocked} {...shared} />
          </section>
        ),
    }),
    ...whenTrue(account === undefined, {
      id: 'join',
      title: said.joinTitle,
      body: <JoinForm {...shared} enabled={server !== undefined} passkeys={passkeys} />,
    }),
    ...whenTrue(!isAlarmed, syncing),
    ...whenTrue(!isAlarmed, {
      id: 'take-along',
      title: said.saveAllTitle,
      body: (
        <section class="page-part">
          <h2>{said.saveAllTitle}</h2>
          <p class="page-lead">{said.saveAllHow}</p>
          <SaveAll key={account === undefined ? 'alone' : 'connected'} words={words} />
        </section>
      ),
    }),
    ...whenTrue(isConnected && !isOut, {
      id: 'devices',
      title: said.devicesTitle,
      body: <DeviceList devices={account?.devices ?? []} {...shared} />,
    }),
    ...whenTrue(isConnected && !isOut, {
      id: 'server-export',
      title: said.serverExportTitle,
      body: <ServerExport actions={actions} words={words} />,
    }),
    ...whenTrue(isConnected, { id: 'forget', title: said.forgetTitle, body: <ForgetPart {...shared} /> }),
    ...(isConnected && !isOut
      ? [{ id: 'delete', title: said.deleteTitle, body: <DeletePart server={server} {...shared} /> }]
      : []),
  ];
  return (
    <div class="page">
      <h1>{said.title}</h1>
      <PageParts address={addressOf({ place: 'settings' })} parts={parts} label={said.indexTitle} />
    </div>
  );
}

function whenTrue(condition: boolean, part: PagePart): readonly PagePart[] {
  return condition ? [part] : [];
}
