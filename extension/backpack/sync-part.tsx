import type { JSX } from 'preact';
import { sayError } from '../../shared/messages/catalogue.ts';
import { fill } from '../../shared/messages/formats.ts';
import { ask } from '../ask.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { syncWord } from '../sync-word.ts';
import { useOnline } from '../use-online.ts';
import type { AccountState } from './account-actions.ts';
import type { Say } from './notice.tsx';

/** Where syncing stands, in words, and a way to do it now. */
export function SyncPart(props: {
  readonly state: AccountState;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { state, words, say } = props;
  const said = words.own.settings;
  const { sync } = state;
  const online = useOnline();
  const account = state.account !== undefined;
  const word = syncWord({ ...sync, account, failed: sync.failure !== undefined }, online, words.own.sync);
  const syncNow = async (): Promise<void> => {
    const asked = await ask<'sync-now'>({ kind: 'sync-now' });
    if (!asked.ok) say({ text: sayError(asked.error, words).happened });
  };
  return (
    <section class="page-part">
      <h2>{said.syncTitle}</h2>
      <p role="status">{word}</p>
      {!account && <p class="soft">{said.syncNotYet}</p>}
      {account && (
        <p class="soft">
          {sync.unsent === 0 ? said.syncNothing : words.formats.plural(sync.unsent, said.syncWaiting)}
        </p>
      )}
      {sync.last !== undefined && (
        <p class="soft">{fill(said.syncLast, { date: words.formats.exactTime(sync.last) }, words.formats)}</p>
      )}
      {sync.failure !== undefined && <FailureWords failure={sync.failure} words={words} />}
      {sync.distrust && (
        <div class="page-alert page-alert-danger">
          <p>{said.syncDistrust}</p>
        </div>
      )}
      {account && (
        <button type="button" class="button" onClick={() => void syncNow()}>
          {said.syncNow}
        </button>
      )}
    </section>
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
