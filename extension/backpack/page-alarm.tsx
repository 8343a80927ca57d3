import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions, PageFault } from './account-actions.ts';
import type { Say } from './notice.tsx';

/** Why syncing has stopped over the learner's own page, what he can find out, and the way on. */
export function PageAlarm(props: {
  readonly fault: PageFault;
  readonly actions: AccountActions;
  readonly words: BackpackWords;
  readonly say: Say;
}): JSX.Element {
  const { actions, words, say } = props;
  const said = words.own.settings;
  const { happened, remedy } = said.pageFaults[props.fault];
  const [busy, setBusy] = useState(false);
  const goOn = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const done = await actions.trustAgain();
    setBusy(false);
    say({ text: done.ok ? said.pageGoneOn : sayErrorInFull(done.error, words) });
  };
  return (
    <div class="page-alert page-alert-danger">
      <p>{happened}</p>
      <p>{said.pageKept}</p>
      <p class="soft small">{remedy}</p>
      <button type="button" class="button" aria-disabled={busy} onClick={() => void goOn()}>
        {busy ? words.own.common.working : said.pageGoOn}
      </button>
    </div>
  );
}
