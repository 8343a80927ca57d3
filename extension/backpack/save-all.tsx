import { Zip, ZipPassThrough } from 'fflate';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readBadge, readBlob, readCards } from '../store/badges.ts';
import { fileKindOf, fileName, saveFile } from './save-file.ts';

/** Every badge as the issuer gave it, in one archive that any computer opens; nothing is asked of anybody. */
export function SaveAll({ words }: { readonly words: BackpackWords }): JSX.Element {
  const said = words.own.settings;
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState('');
  const save = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    const { bytes, missing } = await archiveOfBadges();
    saveFile(bytes, 'backpack-badges.zip', 'application/zip');
    setOutcome(missing === 0 ? '' : words.formats.plural(missing, said.saveAllMissing));
    setBusy(false);
  };
  return (
    <>
      <button type="button" class="button" aria-disabled={busy} onClick={() => void save()}>
        <Icon name="save" />
        {busy ? words.own.common.working : said.saveAll}
      </button>
      {outcome !== '' && (
        <p class="field-error" role="alert">
          {outcome}
        </p>
      )}
    </>
  );
}

/** `missing`: of how many the original has not arrived in this browser. */
async function archiveOfBadges(): Promise<{ readonly bytes: Blob; readonly missing: number }> {
  const chunks: BlobPart[] = [];
  const archive = new Zip((error, chunk) => {
    if (error !== null) throw error;
    chunks.push(new Uint8Array(chunk));
  });
  let missing = 0;
  for (const { id, kind, name } of await readCards()) {
    const kept = kind === 'waiting' ? undefined : await readBadge(id);
    if (kept === undefined) continue;
    const original = await readBlob(kept.original);
    if (original === undefined) {
      missing += 1;
      continue;
    }
    // Two badges may be called alike; their originals never are.
    const called = `${fileName(name)}-${kept.original.slice(0, 8)}${fileKindOf(kept.container).ending}`;
    const entry = new ZipPassThrough(called);
    archive.add(entry);
    entry.push(original, true);
  }
  archive.end();
  return { bytes: new Blob(chunks), missing };
}
