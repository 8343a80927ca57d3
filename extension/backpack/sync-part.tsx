import type { JSX } from 'preact';
import { sayError, sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { ask } from '../ask.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { syncWord } from '../sync-word.ts';
import { useOnline } from '../use-online.ts';
import type { AccountActions, AccountState } from './account-actions.ts';
import type { Say } from './notice.tsx';
import { PageAlarm } from './page-alarm.tsx';
import { RejoinServer } from './rejoin-server.tsx';
import { SaveAll } from './save-all.tsx';

/** Where syncing stands, in words, and a way to do it now. */
export function SyncPart(props: {
  readonly state: AccountState;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { state, actions, words, say } = props;
  const said = words.own.settings;
  const { sync } = state;
  const online = useOnline();
  const account = state.account !== undefined;
  const { failure, distrust, ...facts } = sync;
  const why = failure === undefined ? {} : { failure: failure.code };
  const word = syncWord(
    { ...facts, ...why, account, distrust: distrust !== undefined },
    online,
    words.own.sync,
  );
  const removed = failure?.code === 'revoked';
  // Whoever is not known there at all is told what that may mean.
  const forgotten = failure?.code === 'unauthorized';
  const syncNow = async (): Promise<void> => {
    const asked = await ask<'sync-now'>({ kind: 'sync-now' });
    if (asked.ok) return;
    say({ text: sayErrorInFull(asked.error, words) });
  };
  return (
    <section class="page-part">
      <h2>{said.syncTitle}</h2>
      <p role="status">{word}</p>
      {!account && <p class="soft">{said.syncNotYet}</p>}
      {account && !removed && !forgotten && distrust === undefined && (
        <p class="soft">
          {sync.unsent === 0 ? said.syncNothing : words.formats.plural(sync.unsent, said.syncWaiting)}
        </p>
      )}
      {sync.reading !== undefined && distrust === undefined && (
        <p>
          <label for="sync-reading">{said.syncReading}</label>{' '}
          <progress id="sync-reading" value={sync.reading.read} max={sync.reading.of} />
        </p>
      )}
      {sync.last !== undefined && (
        <p class="soft">{fill(said.syncLast, { date: words.formats.exactTime(sync.last) }, words.formats)}</p>
      )}
      {sync.failure !== undefined && !forgotten && <FailureWords failure={sync.failure} words={words} />}
      {forgotten && (
        <div class="page-alert page-alert-danger">
          <p>{said.serverForgot}</p>
          <p class="soft small">{said.serverForgotHow}</p>
        </div>
      )}
      {distrust?.page !== undefined && (
        <PageAlarm fault={distrust.page} actions={actions} words={words} say={say} />
      )}
      {distrust !== undefined && distrust.page === undefined && (
        <RejoinServer distrust={distrust} actions={actions} words={words} say={say} />
      )}
      {sync.rejoinedBy !== undefined && distrust === undefined && (
        <p class="soft">{sync.rejoinedBy === 'here' ? said.rejoinedHere : said.rejoinedElsewhere}</p>
      )}
      {account && !removed && !forgotten && sync.logNumber !== undefined && (
        <p class="soft small">{fill(said.logNumber, { number: sync.logNumber }, words.formats)}</p>
      )}
      {(removed || forgotten || distrust !== undefined) && <SaveAll words={words} />}
      {(removed || forgotten) && <Disconnect actions={actions} words={words} say={say} />}
      {account && !removed && distrust === undefined && (
        <button type="button" class="button" onClick={() => void syncNow()}>
          {said.syncNow}
        </button>
      )}
    </section>
  );
}

/** For a browser that was removed: it keeps its badges and can begin anew. */
function Disconnect(props: {
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { actions, words, say } = props;
  const said = words.own.settings;
  const disconnect = async (): Promise<void> => {
    const done = await actions.disconnect();
    say({ text: done.ok ? said.disconnected : sayErrorInFull(done.error, words) });
  };
  return (
    <>
      <p class="soft">{said.disconnectHow}</p>
      <button type="button" class="button" onClick={() => void disconnect()}>
        {said.disconnect}
      </button>
    </>
  );
}

function FailureWords(props: {
  readonly failure: NonNullable<AccountState['sync']['failure']>;
  readonly words: BackpackWords;
}): JSX.Element {
  const { happened, remedy } = sayError(props.failure, props.words);
  return (
    <div class="page-alert">
      <p>{happened}</p>
      <p class="soft small">{remedy}</p>
    </div>
  );
}
