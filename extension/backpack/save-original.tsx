import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Icon } from '../../shared/components/icon.tsx';
import type { BackpackWords } from '../messages/backpack-words.ts';
import { readBlob } from '../store/badges.ts';
import { fileKindOf, fileName } from '../store/file-names.ts';
import type { KeptBadge } from '../store/kept-badge.ts';
import { saveFile } from './save-file.ts';

/** The badge exactly as the issuer gave it, byte for byte, as a file. */
export function SaveOriginal(props: {
  readonly kept: KeptBadge;
  readonly name: string;
  readonly words: BackpackWords;
}): JSX.Element {
  const [missing, setMissing] = useState(false);
  const save = async (): Promise<void> => {
    const bytes = await readBlob(props.kept.original);
    setMissing(bytes === undefined);
    if (bytes === undefined) return;
    const { ending, mediaType } = fileKindOf(props.kept.container);
    saveFile(bytes, `${fileName(props.name)}${ending}`, mediaType);
  };
  return (
    <>
      <button type="button" class="button" onClick={() => void save()}>
        <Icon name="save" />
        {props.words.own.detail.download}
      </button>
      {missing && (
        <p class="field-error" role="alert">
          {props.words.own.detail.notHereYet}
        </p>
      )}
    </>
  );
}
