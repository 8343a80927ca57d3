import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { clock } from '../effects.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import type { AccountActions } from './account-actions.ts';
import { saveFile } from './save-file.ts';

/** What the server keeps, as it keeps it: sealed. */
export function ServerExport(props: {
  readonly actions: AccountActions;
  readonly words: BackpackWords;
}): JSX.Element {
  const { actions, words } = props;
  const said = words.own.settings;
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState('');
  const save = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setOutcome('');
    const file = await actions.exportFromServer();
    if (file.ok)
      saveFile(file.value, `backpack-server-${clock().slice(0, 10)}.ndjson`, 'application/x-ndjson');
    setOutcome(file.ok ? said.serverExportDone : sayErrorInFull(file.error, words));
    setBusy(false);
  };
  return (
    <section class="page-part">
      <h2>{said.serverExportTitle}</h2>
      <p class="page-lead">{said.serverExportHow}</p>
      <button type="button" class="button" aria-disabled={busy} onClick={() => void save()}>
        {busy ? words.own.common.working : said.serverExport}
      </button>
      <p class="soft small" role="status">
        {outcome}
      </p>
    </section>
  );
}
