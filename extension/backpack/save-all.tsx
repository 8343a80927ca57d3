import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import { sayErrorInFull } from '../../shared/messages/catalogue.ts';
import { asBackpackError } from '../../shared/model/errors.ts';
import { exportArchive } from '../actions/export-archive.ts';
import { clock } from '../effects.ts';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { accountRows } from '../store/account-rows.ts';
import { database } from '../store/database.ts';
import { archiveList, archiveScript } from './archive-list.ts';
import { saveFile } from './save-file.ts';

/** The whole backpack as one file that any computer opens and any backpack takes back in; nothing is asked of anybody. */
export function SaveAll({ words }: { readonly words: BackpackWords }): JSX.Element {
  const said = words.own.settings;
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState('');
  const save = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setOutcome('');
    try {
      setOutcome(await saveArchive());
    } catch (thrown) {
      console.error(thrown);
      setOutcome(sayErrorInFull(asBackpackError(thrown), words));
    }
    setBusy(false);
  };
  const saveArchive = async (): Promise<string> => {
    const script = await archiveScript();
    const { archive, badges, missing } = await exportArchive(accountRows(), database, clock, (listed) =>
      archiveList(listed, words, script),
    );
    saveFile(archive, `backpack-${clock().slice(0, 10)}.zip`, 'application/zip');
    const saved = words.formats.plural(badges, said.saveAllDone);
    return missing === 0 ? saved : `${saved} ${words.formats.plural(missing, said.saveAllMissing)}`;
  };
  return (
    <>
      <button type="button" class="button" aria-disabled={busy} onClick={() => void save()}>
        <Icon name="save" />
        {busy ? words.own.common.working : said.saveAll}
      </button>
      <p class="soft small" role="status">
        {outcome}
      </p>
    </>
  );
}
